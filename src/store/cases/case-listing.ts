import { sql, type ExpressionBuilder, type SelectQueryBuilder } from "kysely";
import { storeFault } from "../fault.js";
import { readCursor, type Cursor } from "../page.js";
import type { Tables } from "../tables.js";
import { prefixesOf } from "../terms.js";
import { visibilitySql, type CaseVisibility } from "./visibility.js";

/** What lists of cases show, filter and count by; worked out with the row, and again at will. */
export interface CaseListing {
  /** JSON of the line that lists show. */
  readonly line: string;
  /** 7: comes back by itself … 0: cannot. */
  readonly back: number;
  /** Role token. */
  readonly contain: string;
  readonly plane: string;
  readonly weakness: string;
  readonly incident: boolean;
  /** Nobody was found for its lead or its containment. */
  readonly nobody: boolean;
  /** Pseudonyms and `team:ID` of who has open work. */
  readonly holders: readonly string[];
  /** The same of whose answer is awaited. */
  readonly asked: readonly string[];
  /** Lower-case words that it is found by. */
  readonly terms: readonly string[];
  /** Keys of everybody whom it concerns, as far as it says so itself. */
  readonly audience: readonly string[];
}

type Several<Value> = Value | readonly Value[];

export interface CaseFilter {
  readonly open?: boolean;
  readonly state?: Several<string>;
  readonly kind?: Several<string>;
  readonly owner?: string;
  readonly team?: string;
  readonly account?: Several<string>;
  readonly lead?: Several<string>;
  readonly contain?: Several<string>;
  readonly plane?: Several<string>;
  readonly weakness?: Several<string>;
  readonly tier?: Several<number>;
  readonly back?: Several<number>;
  readonly verdict?: Several<string>;
  /** At least so severe. */
  readonly severity?: number;
  /** A clock runs out before this instant. */
  readonly dueBefore?: string;
  readonly incident?: boolean;
  readonly nobody?: boolean;
  /** Any of them has open work; of an open case. */
  readonly holders?: readonly string[];
  /** The answer of any of them is awaited; of an open case. */
  readonly asked?: readonly string[];
  /** Beginnings of words, in lower case, letters and digits only; all of them are in the case. */
  readonly terms?: readonly string[];
  /** Who asks: nothing else is found, counted or told. */
  readonly visible?: CaseVisibility;
}

export type CaseSort = "severity" | "back" | "due" | "tier" | "updated";

const sameAs = [
  "open",
  "state",
  "kind",
  "owner",
  "team",
  "account",
  "lead",
  "contain",
  "plane",
  "weakness",
  "tier",
  "back",
  "verdict",
  "incident",
  "nobody",
] as const;

/** The same query over the cases that pass. */
export function filteredCases<Row>(
  query: SelectQueryBuilder<Tables, "cases", Row>,
  filter: CaseFilter,
): SelectQueryBuilder<Tables, "cases", Row> {
  let found = query;
  for (const name of sameAs) {
    const value = filter[name];
    if (value === undefined) continue;
    found = Array.isArray(value)
      ? found.where(name, "in", value as never)
      : found.where(name, "=", value as never);
  }
  if (filter.severity !== undefined) found = found.where("severity", ">=", filter.severity);
  if (filter.dueBefore !== undefined) found = found.where("due_at", "<", filter.dueBefore);
  for (const name of ["holders", "asked"] as const) {
    const any = filter[name];
    // `open`, so that the partial index serves it.
    if (any !== undefined)
      found = found.where("open", "=", true).where(sql<boolean>`${sql.ref(name)} && ${textArray(any)}`);
  }
  if (filter.visible !== undefined && filter.visible.kind !== "all")
    found = found.where(visibilitySql(filter.visible));
  if (filter.terms !== undefined && filter.terms.length > 0)
    found = found.where(sql<boolean>`array_to_tsvector(terms) @@ ${prefixesOf(filter.terms)}::tsquery`);
  return found;
}

const textArray = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

interface Order {
  readonly columns: readonly ("severity" | "back" | "tier" | "updated_at" | "id")[];
  readonly shape: readonly ("string" | "number")[];
}

/** All downwards, so that a page begins with one comparison of rows and the index is entered there. */
const orders: Readonly<Record<Exclude<CaseSort, "due">, Order>> = {
  severity: { columns: ["severity", "updated_at", "id"], shape: ["number", "string", "string"] },
  back: {
    columns: ["back", "severity", "updated_at", "id"],
    shape: ["number", "number", "string", "string"],
  },
  tier: {
    columns: ["tier", "severity", "updated_at", "id"],
    shape: ["number", "number", "string", "string"],
  },
  updated: { columns: ["updated_at", "id"], shape: ["string", "string"] },
};

/** Values that order a case, and where a page begins after. */
export interface SortedRow {
  readonly id: string;
  readonly severity: number;
  readonly back: number;
  readonly tier: number;
  readonly updated_at: string;
  readonly due_at: string | null;
}

const due = sql<string>`coalesce(due_at, 'infinity'::timestamptz)`;

export function sortedCases<Row>(
  query: SelectQueryBuilder<Tables, "cases", Row>,
  sort: CaseSort,
  after: string | undefined,
): SelectQueryBuilder<Tables, "cases", Row> {
  if (sort === "due") {
    const sorted = query.orderBy(due).orderBy("id");
    if (after === undefined) return sorted;
    const [at, id] = readCursor(after, ["string", "string"]) as [string, string];
    return sorted.where(sql<boolean>`(${due}, id) > (${instant(at)}::timestamptz, ${id})`);
  }
  const { columns, shape } = orders[sort];
  let sorted = query;
  for (const column of columns) sorted = sorted.orderBy(column, "desc");
  if (after === undefined) return sorted;
  const values = readCursor(after, shape);
  columns.forEach((column, at) => {
    if (column === "updated_at") instant(String(values[at]));
  });
  return sorted.where((eb: ExpressionBuilder<Tables, "cases">) => {
    const refs = eb.refTuple(...(columns as unknown as ["severity", "updated_at"]));
    return eb(refs, "<", eb.tuple(...(values as [number, string])));
  });
}

/** A cursor comes from outside: what is no instant is told as a bad cursor, not as a fault of the database. */
function instant(text: string): string {
  if (text === "infinity" || !Number.isNaN(Date.parse(text))) return text;
  throw storeFault("bad-cursor", `\`${text.slice(0, 80)}\` is no cursor of this list`);
}

export function cursorOf(sort: CaseSort, row: SortedRow): Cursor {
  if (sort === "due") return [row.due_at ?? "infinity", row.id];
  return orders[sort].columns.map((column) => row[column]);
}
