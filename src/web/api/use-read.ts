import { useQuery } from "@tanstack/react-query";
import { read } from "./client.js";
import { apiPath } from "./path.js";

type Search = Readonly<Record<string, string | number | boolean | undefined>>;

/** `/cases/R-1/cut` becomes `["cases", "R-1", "cut", {…}]`: forgetting `["cases"]` forgets all that lies under it. */
export const keyOf = (path: string, search: Search = {}): readonly unknown[] => [
  ...path.split("/").filter((part) => part !== ""),
  search,
];

interface Reading<Value> {
  /** False: not asked yet. */
  readonly when?: boolean;
  /** Milliseconds for which an answer is good without asking again. */
  readonly fresh?: number;
  /** Milliseconds until it is read again, for answers that are not whole yet; false: they are. */
  readonly again?: (value: Value) => number | false;
}

/** `path` under /api/v1. What was read before stays visible while it is read again. */
export function useRead<Value>(path: string, search: Search = {}, reading: Reading<Value> = {}) {
  return useQuery({
    queryKey: keyOf(path, search),
    queryFn: ({ signal }) => read<Value>(apiPath(path, search), signal),
    enabled: reading.when ?? true,
    ...(reading.fresh === undefined ? {} : { staleTime: reading.fresh }),
    refetchInterval: ({ state }) =>
      state.data === undefined ? false : (reading.again?.(state.data.value) ?? false),
  });
}
