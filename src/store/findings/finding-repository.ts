import { sql } from "kysely";
import {
  acceptFinding,
  lapseAcceptances,
  type Acceptance,
  type FindingEvent,
} from "../../core/findings/index.js";
import { inTransaction, type StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";
import { bringIn, type GivenImport } from "./bring-in.js";
import { refreshExposures } from "./exposure-rows.js";
import { filtered, type FindingFilter, type FindingQuery } from "./finding-filter.js";
import { parseHeld, writeChanges, type HeldFinding } from "./finding-rows.js";

/** What an import did. */
export interface ImportRecord {
  readonly id: string;
  /** The time of rows that name none. */
  readonly at: string;
  /** Those that were new; bytes that were imported before change nothing. */
  readonly documents: number;
  readonly rows: number;
  readonly passing: number;
  readonly events: number;
  readonly storedAt: string;
}

export interface FindingRepository {
  /** All of it or nothing. The same documents again change nothing, and say so by `documents: 0`. */
  import(given: GivenImport): Promise<ImportRecord>;
  /** Of these digests those that were imported to the end. */
  imported(digests: readonly string[]): Promise<readonly string[]>;
  imports(page: PageRequest): Promise<Page<ImportRecord>>;
  /** Digests of what came with an import, sorted. */
  documentsOf(of: string): Promise<readonly string[]>;
  /** What an import, or all of them, changed: in the order in which it was written. */
  events(
    filter: { readonly import?: string; readonly fingerprint?: string },
    page: PageRequest,
  ): Promise<Page<FindingEvent>>;
  find(fingerprint: string): Promise<HeldFinding | undefined>;
  /** Most severe first, then the last seen. */
  list(filter: FindingFilter, page: PageRequest): Promise<Page<HeldFinding>>;
  count(filter: FindingFilter): Promise<number>;
  /** How many findings have each value, the most frequent first. */
  values(
    column: "tool" | "state" | "weakness",
    filter?: FindingFilter,
  ): Promise<readonly { readonly value: string; readonly count: number }[]>;
  /** Of the last event: what was counted holds until there is another. */
  position(): Promise<number>;
  /** Of an import, how many events of each kind there were. */
  eventCounts(of: string): Promise<ReadonlyMap<string, number>>;
  /** How many findings an import was the first to tell of. */
  newIn(of: string): Promise<number>;
  /** Accepts until a date; gives why not where the rules forbid it. */
  accept(fingerprint: string, acceptance: Acceptance): Promise<{ readonly reason: string } | undefined>;
  /** Ends acceptances whose time has come, at most 1,000; gives how many. */
  lapse(): Promise<number>;
}

/** Of the advisory lock: imports come in one after the other, as each rests on what is known. */
const importLock = 7_373_005;

export function findingRepository(context: StoreContext): FindingRepository {
  const { db, now, newId } = context;
  const select = (): FindingQuery => db.selectFrom("findings").selectAll();
  return {
    import: (given) =>
      inTransaction(context, async (tx) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(importLock)})`.execute(tx);
        const fresh = await freshOf({ ...context, db: tx }, given);
        const id = newId();
        let passing = 0;
        const record = { id, at: given.at, documents: fresh.documents.length, rows: fresh.rows.length };
        await tx
          .insertInto("imports")
          .values({ ...record, passing: 0, events: 0, stored_at: now() })
          .execute();
        const counted = counting(fresh.passing, () => {
          passing += 1;
        });
        const { written, first, events } = await bringIn(tx, id, { ...fresh, passing: counted });
        await refreshExposures(tx, written.values(), first);
        for (let from = 0; from < fresh.documents.length; from += 1000)
          await tx
            .insertInto("import_documents")
            .values(
              fresh.documents
                .slice(from, from + 1000)
                .map(({ digest, path }) => ({ digest, path, import: id })),
            )
            .onConflict((conflict) => conflict.column("digest").doNothing())
            .execute();
        const storedAt = now();
        await tx
          .updateTable("imports")
          .set({ passing, events, stored_at: storedAt })
          .where("id", "=", id)
          .execute();
        return { ...record, passing, events, storedAt };
      }),
    async imported(digests) {
      const known: string[] = [];
      for (let from = 0; from < digests.length; from += 1000) {
        const rows = await db
          .selectFrom("import_documents")
          .select("digest")
          .where("digest", "in", digests.slice(from, from + 1000))
          .execute();
        known.push(...rows.map(({ digest }) => digest));
      }
      return known;
    },
    async imports(page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("imports")
        .selectAll()
        .orderBy("stored_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1);
      if (page.after !== undefined) {
        const cursor = readCursor(page.after, ["string", "string"]) as [string, string];
        query = query.where((eb) => eb(eb.refTuple("stored_at", "id"), "<", eb.tuple(...cursor)));
      }
      return pageOf(
        await query.execute(),
        limit,
        ({ stored_at: storedAt, ...rest }) => ({ ...rest, storedAt }),
        (row) => [row.stored_at, row.id],
      );
    },
    async documentsOf(of) {
      const query = db.selectFrom("import_documents").select("digest").where("import", "=", of);
      return (await query.orderBy("digest").execute()).map(({ digest }) => digest);
    },
    async events({ import: of, fingerprint }, page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("finding_events")
        .select(["position", "event"])
        .orderBy("position")
        .limit(limit + 1);
      if (of !== undefined) query = query.where("import", "=", of);
      if (fingerprint !== undefined) query = query.where("fingerprint", "=", fingerprint);
      if (page.after !== undefined)
        query = query.where("position", ">", readCursor(page.after, ["number"])[0] as number);
      return pageOf(
        await query.execute(),
        limit,
        ({ event }) => JSON.parse(event) as FindingEvent,
        ({ position }) => [position],
      );
    },
    async find(fingerprint) {
      const row = await select().where("fingerprint", "=", fingerprint).executeTakeFirst();
      return row === undefined ? undefined : parseHeld(row);
    },
    async list(filter, page) {
      const limit = pageLimit(page);
      let query = filtered(select(), filter)
        .orderBy("severity", "desc")
        .orderBy("last_seen", "desc")
        .orderBy("fingerprint", "desc")
        .limit(limit + 1);
      if (page.after !== undefined) {
        const cursor = readCursor(page.after, ["number", "string", "string"]) as [number, string, string];
        query = query.where((eb) =>
          eb(eb.refTuple("severity", "last_seen", "fingerprint"), "<", eb.tuple(...cursor)),
        );
      }
      return pageOf(await query.execute(), limit, parseHeld, (row) => [
        row.severity,
        row.last_seen,
        row.fingerprint,
      ]);
    },
    async count(filter) {
      const row = await filtered(db.selectFrom("findings") as never, filter)
        .clearSelect()
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async values(column, filter = {}) {
      return await filtered(db.selectFrom("findings") as FindingQuery, filter)
        .clearSelect()
        .select((eb) => [eb.ref(column).as("value"), eb.fn.countAll<number>().as("count")])
        .groupBy(column)
        .orderBy("count", "desc")
        .orderBy(column)
        .execute();
    },
    async position() {
      const row = await db
        .selectFrom("finding_events")
        .select("position")
        .orderBy("position", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.position ?? 0;
    },
    async eventCounts(of) {
      const rows = await db
        .selectFrom("finding_events")
        .select((eb) => ["kind", eb.fn.countAll<number>().as("count")])
        .where("import", "=", of)
        .groupBy("kind")
        .execute();
      return new Map(rows.map(({ kind, count }) => [kind, count]));
    },
    async newIn(of) {
      const { rows } = await sql<{ count: number }>`
        select count(distinct told.fingerprint) as count from finding_events as told
        where told.import = ${of} and not exists (
          select 1 from finding_events as before
          where before.fingerprint = told.fingerprint and before.position < told.position
            and before.import is distinct from told.import)`.execute(db);
      return rows[0]?.count ?? 0;
    },
    accept: (fingerprint, acceptance) =>
      inTransaction(context, async (tx) => {
        const row = await tx
          .selectFrom("findings")
          .selectAll()
          .where("fingerprint", "=", fingerprint)
          .forUpdate()
          .executeTakeFirst();
        const held = row === undefined ? [] : [parseHeld(row)];
        const state = { records: held.map(({ record }) => record), passes: [], documents: [] };
        const accepted = acceptFinding(state, fingerprint, acceptance);
        if ("reason" in accepted) return { reason: accepted.reason };
        await writeChanged(tx, held, accepted.state.records, []);
        return undefined;
      }),
    lapse: () =>
      inTransaction(context, async (tx) => {
        const at = now();
        const rows = await tx
          .selectFrom("findings")
          .select(["record", "latest"])
          .where("accepted_until", "<=", at)
          .orderBy("accepted_until")
          .orderBy("fingerprint")
          .limit(1000)
          .forUpdate()
          .execute();
        const held = rows.map(parseHeld);
        const { state, events } = lapseAcceptances(
          { records: held.map(({ record }) => record), passes: [], documents: [] },
          at,
        );
        await writeChanged(tx, held, state.records, events);
        return events.length;
      }),
  };
}

/** The import without documents that were imported before, and without what comes from them. */
async function freshOf({ db }: StoreContext, given: GivenImport): Promise<GivenImport> {
  const known = new Set<string>();
  const digests = given.documents.map(({ digest }) => digest);
  for (let from = 0; from < digests.length; from += 1000)
    for (const { digest } of await db
      .selectFrom("import_documents")
      .select("digest")
      .where("digest", "in", digests.slice(from, from + 1000))
      .execute())
      known.add(digest);
  if (known.size === 0) return given;
  const paths = new Map(given.documents.map(({ path, digest }) => [path, digest]));
  return {
    ...given,
    documents: given.documents.filter(({ digest }) => !known.has(digest)),
    rows: given.rows.filter((row) => !known.has(row.origin.source.digest)),
    passing: filtering(given.passing, (pass) => !known.has(pass.origin.source.digest)),
    scopes: given.scopes.filter((scope) => !known.has(paths.get(scope.document) ?? "")),
  };
}

function* filtering<Item>(items: Iterable<Item>, keep: (item: Item) => boolean): Generator<Item> {
  for (const item of items) if (keep(item)) yield item;
}

function* counting<Item>(items: Iterable<Item>, count: () => void): Generator<Item> {
  for (const item of items) {
    count();
    yield item;
  }
}

async function writeChanged(
  db: StoreContext["db"],
  held: readonly HeldFinding[],
  records: readonly HeldFinding["record"][],
  events: readonly FindingEvent[],
): Promise<void> {
  const latest = new Map(held.map((finding) => [finding.record.fingerprint, finding.latest]));
  const findings = records.flatMap((record) => {
    const row = latest.get(record.fingerprint);
    return row === undefined ? [] : [{ record, latest: row }];
  });
  await writeChanges(db, { import: null, findings, passes: [], events });
  await refreshExposures(db, findings);
}
