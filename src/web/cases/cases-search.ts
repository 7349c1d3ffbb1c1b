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
  /** Columns that are not shown, joined by `|`. */
  readonly cols?: string;
  readonly group?: GroupName;
  /** Folded words that are shown all the same, joined by `|`. */
  readonly unfold?: string;
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
    unfold: word(raw.unfold),
    cols: columnsOf(word(raw.cols)),
    group: oneOf(raw.group, groups),
  });
}

/** Columns that may leave; the first four never do. */
export const columns = { contain: "Contain", lead: "Fix lead", tier: "Tier", due: "Due" } as const;
export type ColumnName = keyof typeof columns;
export const groups = ["back", "lead", "contain", "account", "tier", "weakness", "plane", "owner"] as const;
export type GroupName = (typeof groups)[number];

const columnsOf = (text: string | undefined): string | undefined => {
  const named = (Object.keys(columns) as ColumnName[]).filter(
    (name) => text?.split("|").includes(name) === true,
  );
  return named.length === 0 ? undefined : named.join("|");
};

const kept = (search: Readonly<Record<string, unknown>>): CasesSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

/** Rows that nobody ungoverned brings back are folded into the line that adds up. */
export const folded = ["only admins", "governed", "cannot"] as const;
const open = ["yes, by itself", "yes, from outside", "yes", "shared cause", "unknown"] as const;

/** The query of the API, and which words it leaves folded. */
export function askedOf(search: CasesSearch): {
  readonly query: Readonly<Record<string, string>>;
  readonly folds: boolean;
} {
  const names = Object.keys(filters) as FilterName[];
  const set = names.flatMap((name): [string, string][] => {
    const value = search[name];
    return value === undefined ? [] : [[filters[name], value]];
  });
  const folds = search.back === undefined && search.sort === undefined && search.q === undefined;
  return {
    query: {
      view: search.view ?? "open",
      sort: search.sort ?? "back",
      ...(search.q === undefined ? {} : { q: search.q }),
      ...Object.fromEntries(set),
      ...(folds ? { words: [...open, ...unfoldedOf(search)].join("|") } : {}),
    },
    folds,
  };
}

export const unfoldedOf = ({ unfold }: CasesSearch): readonly string[] =>
  folded.filter((name) => unfold?.split("|").includes(name) === true);

/** `lead:IDGOV back:yes public` as filters and words. A name that is no filter stays a word. */
export function typedOf(text: string): {
  readonly q: string;
  readonly set: Readonly<Record<string, string>>;
} {
  const set: Record<string, string> = {};
  const words: string[] = [];
  for (const part of text.match(/[a-z]+:"[^"]*"|\S+/g) ?? []) {
    const [, name = "", value = ""] = /^([a-z]+):"?([^"]*)"?$/.exec(part) ?? [];
    const days = name === "due" ? /^<?(\d+)d?$/.exec(value)?.[1] : undefined;
    if (days !== undefined) set.due = days;
    else if (name in filters && value !== "") set[name] = value;
    else words.push(part);
  }
  return { q: words.join(" "), set };
}
