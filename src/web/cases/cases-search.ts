import { oneOf, wholeNumber, word, type Raw } from "../api/search-params.js";

export const views = ["open", "mine", "waiting", "nobody", "unknown", "late", "incidents", "all"] as const;
export const sorts = ["severity", "back", "due", "tier", "updated"] as const;
/** What may be filtered by, as the address calls it; the API's name beside it. */
export const filters = {
  back: "words",
  lead: "lead",
  contain: "contain",
  plane: "plane",
  account: "account",
  weakness: "weakness",
  tier: "tier",
  kind: "kind",
} as const;
export type FilterName = keyof typeof filters;

export type CasesSearch = {
  readonly [name in FilterName]?: string;
} & {
  readonly q?: string;
  readonly view?: (typeof views)[number];
  readonly sort?: (typeof sorts)[number];
  readonly due?: number;
  readonly peek?: string;
};

/** What the address says, as far as it means something; defaults stay away. */
export function casesSearch(raw: Raw): CasesSearch {
  const names = Object.keys(filters) as FilterName[];
  const view = oneOf(raw.view, views);
  const sort = oneOf(raw.sort, sorts);
  return kept({
    ...Object.fromEntries(names.map((name) => [name, word(raw[name])])),
    q: word(raw.q),
    view: view === "open" ? undefined : view,
    sort: sort === "back" ? undefined : sort,
    due: wholeNumber(raw.due),
    peek: word(raw.peek),
  });
}

const kept = (search: Readonly<Record<string, unknown>>): CasesSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
