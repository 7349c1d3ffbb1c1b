import { createHash } from "node:crypto";
import { inTransaction, type StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";

/** What was uploaded together: the documents of an estate, a catalogue, or findings, at one time. */
export interface Snapshot {
  /** sha256 over kind, scope, time and documents: the same upload is the same snapshot. */
  readonly id: string;
  readonly kind: "estate" | "findings" | "analysis";
  /** Which part of the world it shows: `aws:111111111111`, `*`. */
  readonly scope: string;
  /** When it was seen, not when it came. */
  readonly takenAt: string;
  readonly storedAt: string;
}

export interface SnapshotDocument {
  readonly path: string;
  readonly digest: string;
}

export interface NewSnapshot extends Pick<Snapshot, "kind" | "scope" | "takenAt"> {
  /** Stored before, with `documents.put`. */
  readonly documents: readonly SnapshotDocument[];
}

export interface SnapshotRepository {
  /** The same again gives the one that is held. */
  add(snapshot: NewSnapshot): Promise<Snapshot>;
  find(id: string): Promise<Snapshot | undefined>;
  /** Sorted by path. */
  documents(id: string): Promise<readonly SnapshotDocument[]>;
  /** What a document was called when it was imported last; analyses are no imports. */
  naming(digest: string): Promise<{ readonly path: string; readonly takenAt: string } | undefined>;
  /** Newest first. */
  list(
    filter: { readonly kind?: Snapshot["kind"]; readonly scope?: string },
    page: PageRequest,
  ): Promise<Page<Snapshot>>;
  latest(kind: Snapshot["kind"], scope: string): Promise<Snapshot | undefined>;
  /** How many of its kind and scope are as old as this one, itself included: 1 is the first. */
  number(of: Pick<Snapshot, "kind" | "scope" | "id" | "takenAt">): Promise<number>;
  /** Retention. Its documents go with the next `documents.sweep`. */
  remove(id: string): Promise<boolean>;
}

const columns = ["id", "kind", "scope", "taken_at", "stored_at"] as const;

export function snapshotRepository(context: StoreContext): SnapshotRepository {
  const { db, now } = context;
  const select = () => db.selectFrom("snapshots").select(columns);
  return {
    add: (snapshot) =>
      inTransaction(context, async (tx) => {
        const id = idOf(snapshot);
        const added = await tx
          .insertInto("snapshots")
          .values({
            id,
            kind: snapshot.kind,
            scope: snapshot.scope,
            taken_at: snapshot.takenAt,
            stored_at: now(),
          })
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning(columns)
          .executeTakeFirst();
        const rows = snapshot.documents.map(({ path, digest }) => ({ snapshot: id, path, digest }));
        if (added !== undefined)
          for (let from = 0; from < rows.length; from += 1000)
            await tx
              .insertInto("snapshot_documents")
              .values(rows.slice(from, from + 1000))
              .execute();
        return snapshotOf(
          added ??
            (await tx.selectFrom("snapshots").select(columns).where("id", "=", id).executeTakeFirstOrThrow()),
        );
      }),
    async find(id) {
      const row = await select().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : snapshotOf(row);
    },
    documents: (id) =>
      db
        .selectFrom("snapshot_documents")
        .select(["path", "digest"])
        .where("snapshot", "=", id)
        .orderBy("path")
        .execute(),
    async naming(digest) {
      const row = await db
        .selectFrom("snapshot_documents")
        .innerJoin("snapshots", "snapshots.id", "snapshot_documents.snapshot")
        .select(["path", "taken_at"])
        .where("digest", "=", digest)
        .where("kind", "!=", "analysis")
        .orderBy("taken_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : { path: row.path, takenAt: row.taken_at };
    },
    async list({ kind, scope }, page) {
      const limit = pageLimit(page);
      let query = select()
        .orderBy("taken_at", "desc")
        .orderBy("id")
        .limit(limit + 1);
      if (kind !== undefined) query = query.where("kind", "=", kind);
      if (scope !== undefined) query = query.where("scope", "=", scope);
      if (page.after !== undefined) {
        const [takenAt, id] = readCursor(page.after, ["string", "string"]) as [string, string];
        query = query.where((eb) =>
          eb.or([eb("taken_at", "<", takenAt), eb.and([eb("taken_at", "=", takenAt), eb("id", ">", id)])]),
        );
      }
      return pageOf(await query.execute(), limit, snapshotOf, (row) => [row.taken_at, row.id]);
    },
    async latest(kind, scope) {
      const row = await select()
        .where("kind", "=", kind)
        .where("scope", "=", scope)
        .orderBy("taken_at", "desc")
        .orderBy("id")
        .executeTakeFirst();
      return row === undefined ? undefined : snapshotOf(row);
    },
    async number({ kind, scope, id, takenAt }) {
      const row = await db
        .selectFrom("snapshots")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("kind", "=", kind)
        .where("scope", "=", scope)
        // The other way round than in lists, where of two of one time the lower id is the newer one.
        .where((eb) =>
          eb.or([eb("taken_at", "<", takenAt), eb.and([eb("taken_at", "=", takenAt), eb("id", ">=", id)])]),
        )
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom("snapshots").where("id", "=", id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly scope: string;
  readonly taken_at: string;
  readonly stored_at: string;
}

const snapshotOf = (row: Row): Snapshot => ({
  id: row.id,
  kind: row.kind as Snapshot["kind"],
  scope: row.scope,
  takenAt: row.taken_at,
  storedAt: row.stored_at,
});

function idOf({ kind, scope, takenAt, documents }: NewSnapshot): string {
  const parts = documents
    .map(({ path, digest }) => [path, digest])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash("sha256")
    .update(JSON.stringify([kind, scope, takenAt, parts]))
    .digest("hex");
}
