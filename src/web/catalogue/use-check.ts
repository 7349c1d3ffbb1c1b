import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import type { CatalogueCheck } from "../../api/index.js";
import { send } from "../api/client.js";
import { apiPath } from "../api/path.js";

/** What is wrong with a text, found while it is written. Stores nothing. */
export function useCheck(text: string) {
  const [settled] = useDebouncedValue(text, 400);
  return useQuery({
    queryKey: ["catalogue", "check", settled],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await checked(settled, false, signal)).value,
  });
}

export const checked = (text: string, effect: boolean, signal?: AbortSignal) =>
  send<CatalogueCheck>(apiPath("/catalogue/check", effect ? {} : { effect: "false" }), {
    method: "POST",
    body: text,
    type: "application/yaml",
    ...(signal === undefined ? {} : { signal }),
  });
