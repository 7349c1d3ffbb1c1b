import { sql } from "kysely";
import { inTransaction, type StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";
import { documentRepository } from "./document-repository.js";

/** A catalogue as it was once in force; who decided what is explained by the version that was. */
export interface CatalogueVersion {
  /** 1, 2, 3, … */
  readonly version: number;
  readonly digest: string;
  readonly storedAt: string;
  /** Pseudonym. */
  readonly storedBy: string;
  readonly note: string;
}

export type CatalogueChange =
  | { readonly kind: "stored"; readonly version: CatalogueVersion }
  /** The same bytes as the version in force. */
  | { readonly kind: "unchanged"; readonly version: CatalogueVersion }
  /** Somebody else stored one since `expected`. */
  | { readonly kind: "conflict"; readonly current: number };

export interface CatalogueRepository {
  /** `expected`: the version that the change was made on; 0 for the first. */
  add(change: {
    readonly bytes: Uint8Array;
    readonly expected: number;
    readonly by: string;
    readonly note: string;
  }): Promise<CatalogueChange>;
  current(): Promise<CatalogueVersion | undefined>;
  find(version: number): Promise<CatalogueVersion | undefined>;
  bytes(version: number): Promise<Uint8Array | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<CatalogueVersion>>;
}

/** Of the advisory lock: versions are given one after the other. */
const catalogueLock = 7_373_004;

export function catalogueRepository(context: StoreContext): CatalogueRepository {
  const { db, now } = context;
  const newest = (from: StoreContext["db"]) =>
    from.selectFrom("catalogues").selectAll().orderBy("version", "desc").executeTakeFirst();
  return {
    add: ({ bytes, expected, by, note }) =>
      inTransaction(context, async (tx) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(catalogueLock)})`.execute(tx);
        const held = await newest(tx);
        if ((held?.version ?? 0) !== expected) return { kind: "conflict", current: held?.version ?? 0 };
        const { digest } = await documentRepository({ ...context, db: tx }).put(bytes);
        if (held?.digest === digest) return { kind: "unchanged", version: versionOf(held) };
        const row = { version: expected + 1, digest, stored_at: now(), stored_by: by, note };
        await tx.insertInto("catalogues").values(row).execute();
        return { kind: "stored", version: versionOf(row) };
      }),
    async current() {
      const row = await newest(db);
      return row === undefined ? undefined : versionOf(row);
    },
    async find(version) {
      const row = await db
        .selectFrom("catalogues")
        .selectAll()
        .where("version", "=", version)
        .executeTakeFirst();
      return row === undefined ? undefined : versionOf(row);
    },
    async bytes(version) {
      const row = await db
        .selectFrom("catalogues")
        .select("digest")
        .where("version", "=", version)
        .executeTakeFirst();
      return row === undefined ? undefined : documentRepository(context).bytes(row.digest);
    },
    async list(page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("catalogues")
        .selectAll()
        .orderBy("version", "desc")
        .limit(limit + 1);
      if (page.after !== undefined)
        query = query.where("version", "<", readCursor(page.after, ["number"])[0] as number);
      return pageOf(await query.execute(), limit, versionOf, (row) => [row.version]);
    },
  };
}

interface Row {
  readonly version: number;
  readonly digest: string;
  readonly stored_at: string;
  readonly stored_by: string;
  readonly note: string;
}

const versionOf = (row: Row): CatalogueVersion => ({
  version: row.version,
  digest: row.digest,
  storedAt: row.stored_at,
  storedBy: row.stored_by,
  note: row.note,
});
