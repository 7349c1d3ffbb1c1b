import { sql } from "kysely";
import type { StoreContext } from "../context.js";
import { filteredCases, type CaseFilter } from "./case-listing.js";

/** Columns that are counted per value. */
export const facetColumns = [
  "back",
  "state",
  "lead",
  "contain",
  "plane",
  "account",
  "weakness",
  "tier",
  "kind",
] as const;
export type FacetColumn = (typeof facetColumns)[number];

/** Of a column, how many cases have each value, the most frequent first. */
export type FacetCounts = Readonly<
  Record<FacetColumn, readonly { readonly value: string; readonly count: number }[]>
>;

/** How many values of a column are told. */
const mostValues = 200;

export async function facetCounts(db: StoreContext["db"], filter: CaseFilter): Promise<FacetCounts> {
  const own = facetColumns.filter((column) => filter[column] !== undefined);
  const rest = facetColumns.filter((column) => !own.includes(column));
  const asked: readonly (readonly [readonly FacetColumn[], CaseFilter])[] = [
    ...(rest.length === 0 ? [] : [[rest, filter] as const]),
    ...own.map((column) => [[column], without(filter, column)] as const),
  ];
  const counted = new Map<FacetColumn, { value: string; count: number }[]>();
  for (const [columns, given] of asked)
    for (const [column, values] of await countsOf(db, columns, given)) counted.set(column, values);
  return Object.fromEntries(
    facetColumns.map((column) => [column, counted.get(column) ?? []]),
  ) as unknown as FacetCounts;
}

function without(filter: CaseFilter, column: FacetColumn): CaseFilter {
  const { [column]: _own, ...rest } = filter;
  return rest;
}

/** In one pass over the cases that pass, whatever the number of columns. */
async function countsOf(
  db: StoreContext["db"],
  columns: readonly FacetColumn[],
  filter: CaseFilter,
): Promise<ReadonlyMap<FacetColumn, { value: string; count: number }[]>> {
  const refs = columns.map((column) => sql.ref(column));
  const sets = sql.join(refs.map((ref) => sql`(${ref})`));
  const rows = await filteredCases(db.selectFrom("cases"), filter)
    .select([
      sql<number>`grouping(${sql.join(refs)})`.as("mask"),
      sql<string | null>`coalesce(${sql.join(refs.map((ref) => sql`${ref}::text`))})`.as("value"),
      sql<number>`count(*)`.as("count"),
    ])
    .groupBy(sql`grouping sets (${sets})` as never)
    .execute();
  const found = new Map<FacetColumn, { value: string; count: number }[]>();
  columns.forEach((column, at) => {
    // A column that is grouped by has its bit off; the first stands for the highest bit.
    const bit = 1 << (columns.length - 1 - at);
    const own = rows
      .filter(({ mask, value }) => (mask & bit) === 0 && value !== null)
      .map(({ value, count }) => ({ value: value ?? "", count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    found.set(column, own.slice(0, mostValues));
  });
  return found;
}
