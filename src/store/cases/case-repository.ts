import { type Selectable, type SelectQueryBuilder } from "kysely";
import { inTransaction, type StoreContext } from "../context.js";
import type { StoredEvent } from "../ledger/ledger-event.js";
import { pageLimit, pageOf, type Page, type PageRequest } from "../page.js";
import type { CasesTable, Tables } from "../tables.js";
import type { FacetCounts } from "./case-columns.js";
import { createCaseCounter } from "./case-counter.js";
import type { CaseRow } from "./case-row.js";
import { caseRows, updatedColumns } from "./case-rows.js";
import {
  cursorOf,
  filteredCases,
  sortedCases,
  type CaseFilter,
  type CaseListing,
  type CaseSort,
  type SortedRow,
} from "./case-listing.js";

/** A case as far as policies ask about it. */
export interface CaseAccess extends Pick<
  CaseRow,
  "id" | "kind" | "state" | "verdict" | "lead" | "tier" | "level" | "severity" | "open"
> {
  /** Keys of everybody whom it concerns. */
  readonly audience: readonly string[];
}

/** Works out the row of a case from all its events, oldest first. */
export type ProjectCase = (events: readonly StoredEvent[]) => CaseRow;

export interface CaseRepository {
  /** Keeps the row with the higher sequence, and of two with the same one the later: rows that come late change nothing. */
  save(row: CaseRow): Promise<void>;
  find(id: string): Promise<CaseRow | undefined>;
  /** Most severe first, then the last changed, where `sort` does not say otherwise. */
  list(filter: CaseFilter, page: PageRequest, sort?: CaseSort): Promise<Page<CaseRow>>;
  /** The same as JSON of the lines that are shown, without the states. */
  lines(filter: CaseFilter, sort: CaseSort, page: PageRequest): Promise<Page<string>>;
  count(filter: CaseFilter): Promise<number>;
  /** Per column how many cases each value would show, the filter on the column itself left aside. */
  facets(filter: CaseFilter): Promise<FacetCounts>;
  /** Of these ids, those of cases that pass. */
  among(filter: CaseFilter, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Works out what lists show of rows that have none; gives how many. */
  restate(work: (row: CaseRow) => CaseListing): Promise<number>;
  /** What policies ask of a case: who it concerns and what it is. */
  access(id: string): Promise<CaseAccess | undefined>;
  /** What only a catalogue tells about who a case concerns, by rules of `version`; gives how many cases it changed. */
  cover(work: (row: Pick<CaseRow, "id" | "document">) => readonly string[], version: number): Promise<number>;
  /** The version that did so last; 0 where none did. */
  coveredBy(): Promise<number>;
  /** At most `limit` open cases whose clock has run out at `instant`, the longest overdue first. */
  due(instant: string, limit: number): Promise<readonly CaseRow[]>;
  /** At most `limit` cases, closed ones too, for which time has brought something about by `instant`; the longest waiting first. */
  toWake(instant: string, limit: number): Promise<readonly CaseRow[]>;
  /** Nothing was due: it is looked at again at `wakeAt`, unless it has moved on from `sequence`. */
  sleep(id: string, sequence: number, wakeAt: string | undefined): Promise<void>;
  /** By pseudonym, ids of all cases whose state names it. Reads every row, once: for what happens seldom. */
  held(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Seals again what another key than the one in use sealed; gives how many that were. */
  reseal(): Promise<number>;
  /** R10: cases on one access path, whatever their state. */
  onAccessPath(key: string): Promise<readonly CaseRow[]>;
  /** Throws all rows away and works them out from the ledger; gives how many there are. */
  rebuild(project: ProjectCase): Promise<number>;
}

type CaseQuery = SelectQueryBuilder<Tables, "cases", Selectable<CasesTable>>;

export function caseRepository(context: StoreContext): CaseRepository {
  const { db } = context;
  const counter = createCaseCounter(db);
  const { columnsOf, rowOf, documentOf, lineOf, listingOf, resealed } = caseRows(context);
  const select = (): CaseQuery => db.selectFrom("cases").selectAll();
  const save = async (target: StoreContext["db"], rows: readonly CaseRow[]): Promise<void> => {
    if (rows.length === 0) return;
    await target
      .insertInto("cases")
      .values(await Promise.all(rows.map(columnsOf)))
      .onConflict((conflict) =>
        conflict
          .column("id")
          .doUpdateSet((eb) =>
            Object.fromEntries(updatedColumns.map((name) => [name, eb.ref(`excluded.${name}`)])),
          )
          .whereRef("excluded.sequence", ">=", "cases.sequence"),
      )
      .execute();
  };
  return {
    save: (row) => save(db, [row]),
    async find(id) {
      const row = await select().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : rowOf(row);
    },
    list: (filter, page, sort = "severity") => pageOfCases(select(), filter, sort, page, rowOf),
    lines: (filter, sort, page) =>
      pageOfCases(
        db.selectFrom("cases").select(["id", "severity", "back", "tier", "updated_at", "due_at", "line"]),
        filter,
        sort,
        page,
        lineOf,
      ),
    count: counter.count,
    facets: counter.facets,
    among: counter.among,
    async restate(work) {
      for (let [done, after] = [0, ""]; ;) {
        const rows = await select()
          .where("line", "=", "")
          .where("id", ">", after)
          .orderBy("id")
          .limit(200)
          .execute();
        const last = rows.at(-1);
        if (last === undefined) return done;
        for (const row of rows)
          await db
            .updateTable("cases")
            .set(await listingOf(row.id, work(await rowOf(row))))
            .where("id", "=", row.id)
            // Whoever wrote it meanwhile has worked it out.
            .where("line", "=", "")
            .execute();
        done += rows.length;
        after = last.id;
      }
    },
    async access(id) {
      const row = await db
        .selectFrom("cases")
        .select(["id", "kind", "state", "verdict", "lead", "tier", "level", "severity", "open"])
        .select(["audience", "covered"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { audience, covered, ...rest } = row;
      return { ...rest, audience: [...audience, ...covered] };
    },
    async coveredBy() {
      const { covered_by } = await db
        .selectFrom("installation")
        .select("covered_by")
        .executeTakeFirstOrThrow();
      return covered_by;
    },
    async cover(work, version) {
      for (let [changed, after] = [0, ""]; ;) {
        const rows = await db
          .selectFrom("cases")
          .select(["id", "document", "sealed", "key_id", "covered"])
          .where("id", ">", after)
          .orderBy("id")
          .limit(500)
          .execute();
        const last = rows.at(-1);
        if (last === undefined) {
          await db.updateTable("installation").set({ covered_by: version }).execute();
          return changed;
        }
        for (const row of rows) {
          const covered = [...work({ id: row.id, document: await documentOf(row) })];
          if (JSON.stringify(covered) === JSON.stringify(row.covered)) continue;
          await db.updateTable("cases").set({ covered }).where("id", "=", row.id).execute();
          changed += 1;
        }
        after = last.id;
      }
    },
    async due(instant, limit) {
      const rows = await select()
        .where("open", "=", true)
        .where("due_at", "<=", instant)
        .orderBy("due_at")
        .orderBy("id")
        .limit(Math.min(limit, 1000))
        .execute();
      return Promise.all(rows.map(rowOf));
    },
    async toWake(instant, limit) {
      const rows = await select()
        .where("wake_at", "<=", instant)
        .orderBy("wake_at")
        .orderBy("id")
        .limit(Math.min(limit, 1000))
        .execute();
      return Promise.all(rows.map(rowOf));
    },
    async sleep(id, sequence, wakeAt) {
      await db
        .updateTable("cases")
        .set({ wake_at: wakeAt ?? null })
        .where("id", "=", id)
        .where("sequence", "=", sequence)
        .execute();
    },
    async held(pseudonyms) {
      const found = new Map<string, string[]>(pseudonyms.map((pseudonym) => [pseudonym, []]));
      if (found.size === 0) return found;
      for (let after = ""; ;) {
        const rows = await sealedCases(db, after).limit(500).execute();
        const last = rows.at(-1);
        if (last === undefined) return found;
        for (const row of rows) {
          const document = await documentOf(row);
          for (const [pseudonym, cases] of found) if (document.includes(pseudonym)) cases.push(row.id);
        }
        after = last.id;
      }
    },
    async reseal() {
      for (let [done, after] = [0, ""]; ;) {
        const rows = await sealedCases(db, after).limit(200).execute();
        const last = rows.at(-1);
        if (last === undefined) return done;
        for (const row of rows) {
          const next = await resealed(row);
          if (next === undefined) continue;
          await db
            .updateTable("cases")
            .set(next)
            .where("id", "=", row.id)
            // Whoever wrote it meanwhile has sealed it with the new key, or seals it next time.
            .where((eb) => eb(eb.ref("key_id"), "is not distinct from", row.key_id))
            .where("sequence", "=", row.sequence)
            .execute();
          done += 1;
        }
        after = last.id;
      }
    },
    async onAccessPath(key) {
      const rows = await select().where("access_path_key", "=", key).orderBy("id").limit(1000).execute();
      return Promise.all(rows.map(rowOf));
    },
    rebuild: (project) =>
      inTransaction(context, async (tx) => {
        await tx.deleteFrom("cases").execute();
        await tx.updateTable("installation").set({ covered_by: 0 }).execute();
        let [count, after] = [0, ""];
        for (;;) {
          const streams = await tx
            .selectFrom("events")
            .select("stream")
            .where("sequence", "=", 1)
            .where("stream", ">", after)
            .orderBy("stream")
            .limit(500)
            .execute();
          const last = streams.at(-1);
          if (last === undefined) return count;
          const events = await tx
            .selectFrom("events")
            .selectAll()
            .where(
              "stream",
              "in",
              streams.map(({ stream }) => stream),
            )
            .orderBy("stream")
            .orderBy("sequence")
            .execute();
          const byStream = groupByStream(events);
          await save(tx, [...byStream.values()].map(project));
          count += byStream.size;
          after = last.stream;
        }
      }),
  };
}

async function pageOfCases<Row extends SortedRow, Item>(
  query: SelectQueryBuilder<Tables, "cases", Row>,
  filter: CaseFilter,
  sort: CaseSort,
  page: PageRequest,
  itemOf: (row: Row) => Promise<Item>,
): Promise<Page<Item>> {
  const limit = pageLimit(page);
  const rows = await sortedCases(filteredCases(query, filter), sort, page.after)
    .limit(limit + 1)
    .execute();
  const { items, ...rest } = pageOf(
    rows as Row[],
    limit,
    (row) => row,
    (row) => cursorOf(sort, row),
  );
  return { ...rest, items: await Promise.all(items.map(itemOf)) };
}

const sealedCases = (db: StoreContext["db"], after: string) =>
  db
    .selectFrom("cases")
    .select(["id", "sequence", "document", "sealed", "key_id", "line"])
    .where("id", ">", after)
    .orderBy("id");

function groupByStream(events: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(event.stream);
    if (group === undefined) groups.set(event.stream, [event]);
    else group.push(event);
  }
  return groups;
}
