import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { CaseFacets, CaseLine } from "../../api/index.js";
import { read } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useRead } from "../api/use-read.js";
import { useNow } from "../parts/now.js";
import { askedOf, type CasesSearch } from "./cases-search.js";

interface CasePage {
  readonly items: readonly CaseLine[];
  readonly next?: string;
  readonly total: number;
}

const pageSize = 200;
const day = 86_400_000;

/** Pages of the list as far as they were scrolled to, and the counts of all filters. */
export function useCases(search: CasesSearch) {
  const { query, folds } = askedOf(search);
  // To the day, so that the list is not read again with every tick of the clock.
  const today = Date.parse(useNow().slice(0, 10));
  const due = search.due === undefined ? {} : { due: new Date(today + (search.due + 1) * day).toISOString() };
  const asked = { ...query, ...due };
  const pages = useInfiniteQuery({
    queryKey: ["cases", asked],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: async ({ signal, pageParam }) =>
      (await read<CasePage>(apiPath("/cases", { ...asked, limit: pageSize, after: pageParam }), signal))
        .value,
    getNextPageParam: ({ next }) => next,
  });
  const counted = Object.fromEntries(
    Object.entries(asked).filter(([name]) => name !== "sort" && !(folds && name === "words")),
  );
  const facets = useRead<CaseFacets>("/cases/facets", counted);
  return { pages, facets, folds };
}

export const linesOf = (pages: readonly CasePage[] | undefined): readonly CaseLine[] =>
  pages?.flatMap(({ items }) => items) ?? [];
