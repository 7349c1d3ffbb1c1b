import { sql } from "kysely";
import { inTransaction, type StoreContext } from "../context.js";

/** Something that happened to the installation as a whole. Kept for a while, for those who were away. */
export interface Announcement {
  /** 1, 2, 3, … in the order of commit. */
  readonly position: number;
  readonly kind: "analysis" | "import" | "progress" | "webhook";
  /** ISO instant. */
  readonly at: string;
  /** JSON; names nobody. */
  readonly body: string;
}

export interface AnnouncementRepository {
  add(kind: Announcement["kind"], body: object): Promise<Announcement>;
  /** Oldest first, at most 1,000. */
  after(position: number, limit?: number): Promise<readonly Announcement[]>;
  /** Position of the last one; 0 where there is none. */
  head(): Promise<number>;
  /** Forgets those from before `instant`; never the last, from which positions go on. */
  forget(instant: string): Promise<number>;
}

/** Of the advisory lock: positions are given one after the other, in the order of commit. */
const announcementLock = 7_373_003;

export function announcementRepository(context: StoreContext): AnnouncementRepository {
  const { db, now } = context;
  const headOf = async (from: StoreContext["db"]): Promise<number> => {
    const row = await from
      .selectFrom("announcements")
      .select("position")
      .orderBy("position", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.position ?? 0;
  };
  return {
    add: (kind, body) =>
      inTransaction(context, async (tx) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(announcementLock)})`.execute(tx);
        const row = { position: (await headOf(tx)) + 1, kind, at: now(), body: JSON.stringify(body) };
        await tx.insertInto("announcements").values(row).execute();
        return row;
      }),
    async after(position, limit = 1000) {
      const rows = await db
        .selectFrom("announcements")
        .selectAll()
        .where("position", ">", position)
        .orderBy("position")
        .limit(Math.min(Math.max(limit, 1), 1000))
        .execute();
      return rows.map((row) => ({ ...row, kind: row.kind as Announcement["kind"] }));
    },
    head: () => headOf(db),
    async forget(instant) {
      const { numDeletedRows } = await db
        .deleteFrom("announcements")
        .where("at", "<", instant)
        .where("position", "<", await headOf(db))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
