import { sql, type Selectable } from "kysely";
import type { StoreContext } from "../context.js";
import type { UploadsTable } from "../tables.js";

/** Documents that were sent together, and what became of them. */
export interface Upload {
  readonly id: string;
  readonly at: string;
  /** Pseudonym. */
  readonly by?: string;
  readonly documents: number;
  readonly bytes: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  /** What is being done, and how much of it. */
  readonly progress?: UploadProgress;
  /** Id of the analysis that it is part of. */
  readonly analysis?: string;
  /** JSON of what whoever sent it is told. */
  readonly result?: string;
  readonly failure?: string;
}

export interface UploadProgress {
  readonly phase: string;
  readonly done: number;
  readonly total?: number;
}

export interface UploadRepository {
  add(upload: Pick<Upload, "id" | "at" | "documents" | "bytes"> & { readonly by?: string }): Promise<void>;
  find(id: string): Promise<Upload | undefined>;
  /** That wait or are worked on, oldest first; at most 100. */
  open(): Promise<readonly Upload[]>;
  /**
   * Takes all that wait, and what somebody took who has not been heard of since; an embedded installation has one
   * process, and whoever claims in it works on nothing else. Gives their ids, oldest first.
   */
  claim(owner: string): Promise<readonly string[]>;
  /** Says that they are still worked on, and how far they have come. */
  beat(owner: string, progress: UploadProgress | undefined): Promise<void>;
  done(
    owner: string,
    ids: readonly string[],
    ended: { readonly analysis: string; readonly result: string },
  ): Promise<void>;
  /** They wait again, or have failed for good where they were tried often enough; gives those. */
  failed(owner: string, ids: readonly string[], failure: string): Promise<readonly string[]>;
  /** Forgets what ended before `instant`. */
  forget(instant: string): Promise<number>;
}

/** Twelve signs of life that did not come. */
const lostAfter = "60 seconds";
const mostTries = 3;

export function uploadRepository({ db, kind }: StoreContext): UploadRepository {
  return {
    async add({ id, at, by, documents, bytes }) {
      await db
        .insertInto("uploads")
        .values({ id, at, uploaded_by: by ?? null, documents, bytes, state: "waiting" })
        .execute();
    },
    async find(id) {
      const row = await db.selectFrom("uploads").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : uploadOf(row);
    },
    async open() {
      const rows = await db
        .selectFrom("uploads")
        .selectAll()
        .where("state", "in", ["waiting", "running"])
        .orderBy("at")
        .orderBy("id")
        .limit(100)
        .execute();
      return rows.map(uploadOf);
    },
    async claim(owner) {
      // What this owner holds it would be working on now: it could not say that it gave it back.
      const lost =
        kind === "embedded"
          ? sql<boolean>`true`
          : sql<boolean>`(owner = ${owner} or beat_at < clock_timestamp() - ${lostAfter}::interval)`;
      const { rows } = await sql<{ id: string; at: string }>`
        update uploads set state = 'running', owner = ${owner}, beat_at = clock_timestamp(), tries = tries + 1
        where state = 'waiting' or (state = 'running' and ${lost})
        returning id, at`.execute(db);
      return rows
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
    },
    async beat(owner, progress) {
      await sql`
        update uploads set beat_at = clock_timestamp(), phase = ${progress?.phase ?? null},
          done = ${progress?.done ?? 0}, total = ${progress?.total ?? null}
        where state = 'running' and owner = ${owner}`.execute(db);
    },
    async done(owner, ids, { analysis, result }) {
      if (ids.length === 0) return;
      await db
        .updateTable("uploads")
        .set({ state: "done", analysis, result, phase: null, total: null })
        .where("id", "in", ids)
        .where("owner", "=", owner)
        .where("state", "=", "running")
        .execute();
    },
    async failed(owner, ids, failure) {
      if (ids.length === 0) return [];
      const { rows } = await sql<{ id: string; state: string }>`
        update uploads set failure = ${failure}, phase = null, total = null,
          state = case when tries >= ${mostTries} then 'failed' else 'waiting' end
        where id in (${sql.join(ids)}) and owner = ${owner} and state = 'running'
        returning id, state`.execute(db);
      return rows.filter(({ state }) => state === "failed").map(({ id }) => id);
    },
    async forget(instant) {
      const { numDeletedRows } = await db
        .deleteFrom("uploads")
        .where("at", "<", instant)
        .where("state", "in", ["done", "failed"])
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

const uploadOf = (row: Selectable<UploadsTable>): Upload => ({
  id: row.id,
  at: row.at,
  ...(row.uploaded_by === null ? {} : { by: row.uploaded_by }),
  documents: row.documents,
  bytes: row.bytes,
  state: row.state as Upload["state"],
  ...(row.phase === null
    ? {}
    : {
        progress: { phase: row.phase, done: row.done, ...(row.total === null ? {} : { total: row.total }) },
      }),
  ...(row.analysis === null ? {} : { analysis: row.analysis }),
  ...(row.result === null ? {} : { result: row.result }),
  ...(row.failure === null ? {} : { failure: row.failure }),
});
