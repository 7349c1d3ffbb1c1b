import { sql, type RawBuilder } from "kysely";
import type { StoreContext } from "../context.js";
import {
  countedColumns,
  createCaseColumns,
  type CaseColumns,
  type CountedColumn,
  type CountedRow,
  type FacetCounts,
} from "./case-columns.js";
import type { CaseFilter } from "./case-listing.js";

/** Counts cases in this process, over columns that are brought up to date before each count. */
export interface CaseCounter {
  readonly count: (filter: CaseFilter) => Promise<number>;
  readonly facets: (filter: CaseFilter) => Promise<FacetCounts>;
  /** Of these ids, those of cases that pass. */
  readonly among: (filter: CaseFilter, ids: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Pages of the table that are read at once, so that other questions come in between. */
const pagesAtOnce = 4000;

/**
 * What is held was true at `seen`, the lowest transaction that was still running then: what has changed since carries
 * a number that is not lower, whichever order they ended in.
 */
interface Held {
  readonly columns: CaseColumns;
  readonly seen: string;
  /** Where the table lies; another one after it was emptied as a whole, of which no change tells. */
  readonly file: string;
}

export function createCaseCounter(db: StoreContext["db"]): CaseCounter {
  let held: Held | undefined;
  let running: Promise<CaseColumns> | undefined;
  let next: Promise<CaseColumns> | undefined;

  async function fresh(): Promise<CaseColumns> {
    if (held?.columns.isStale() === true) held = undefined;
    for (;;) {
      const before = (held ??= await load(db));
      held = await follow(db, before);
      if (held.file === before.file) return held.columns;
      held = undefined;
    }
  }

  /** Whoever asks sees all that was written before they asked: one that runs already may have looked too early. */
  function current(): Promise<CaseColumns> {
    if (running === undefined) {
      running = fresh().finally(() => (running = undefined));
      return running;
    }
    const before = running;
    next ??= before
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return current();
      });
    return next;
  }
  return {
    count: async (filter) => (await current()).count(filter),
    facets: async (filter) => (await current()).facets(filter),
    among: async (filter, ids) => (await current()).among(filter, ids),
  };
}

/** Of a case as it is now, in the order of `countedColumns`. */
const shown: Readonly<Partial<Record<CountedColumn, RawBuilder<unknown>>>> = {
  due: sql`(extract(epoch from due_at) * 1000)::bigint`,
  ...Object.fromEntries(
    (["holders", "asked", "audience", "covered"] as const).map((name) => [
      name,
      sql`array_to_json(${sql.ref(name)})`,
    ]),
  ),
  // Words hold letters and digits only.
  terms: sql`E'\\n' || array_to_string(terms, E'\\n')`,
};
const rowJson = sql`array[${sql.join(
  countedColumns.map((name) => sql`(${shown[name] ?? sql.ref(name)})::text`),
)}]`;

async function load(db: StoreContext["db"]): Promise<Held> {
  const columns = createCaseColumns();
  // Of another database that these tables came from: there, more transactions had been counted.
  await sql`update case_changes set changed_in = pg_current_xact_id() where changed_in > pg_current_xact_id()`.execute(
    db,
  );
  const { rows } = await sql<{ seen: string; file: string; pages: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as seen, pg_relation_filenode('cases')::text as file,
      pg_relation_size('cases') / current_setting('block_size')::integer as pages`.execute(db);
  const { seen = "0", file = "", pages = 0 } = rows[0] ?? {};
  // What moves between two pages meanwhile was changed meanwhile, and is followed afterwards.
  for (let from = 0; from <= pages; from += pagesAtOnce) {
    const range = sql`ctid >= ${`(${String(from)},0)`}::tid and ctid < ${`(${String(from + pagesAtOnce)},0)`}::tid`;
    const part = await sql<{ rows: string }>`
      select coalesce(json_agg(json_build_array(id, ${rowJson})), '[]')::text as rows
      from cases where ${range}`.execute(db);
    for (const [id, row] of JSON.parse(part.rows[0]?.rows ?? "[]") as [string, CountedRow][])
      columns.put(id, row);
  }
  return { columns, seen, file };
}

/** In one statement, so that what it saw and what it says of itself belong together. */
async function follow(db: StoreContext["db"], { columns, seen, file }: Held): Promise<Held> {
  const { rows } = await sql<{ seen: string; file: string; rows: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as seen, pg_relation_filenode('cases')::text as file, coalesce(
      (select json_agg(json_build_array(case_changes.id, case when cases.id is null then null else ${rowJson} end))
       from case_changes left join cases on cases.id = case_changes.id
       where changed_in >= ${seen}::xid8), '[]')::text as rows`.execute(db);
  for (const [id, row] of JSON.parse(rows[0]?.rows ?? "[]") as [string, CountedRow | null][])
    if (row === null) columns.remove(id);
    else columns.put(id, row);
  return { columns, seen: rows[0]?.seen ?? seen, file: rows[0]?.file ?? file };
}
