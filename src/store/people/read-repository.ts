import type { StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";

/** Somebody has opened a proof. */
export interface ProofRead {
  readonly at: string;
  /** Pseudonym. */
  readonly person: string;
  /** Id of the route. */
  readonly action: string;
  /** Id of the case, digest of the document. */
  readonly subject: string;
  /** Token or session. */
  readonly caller: string;
}

export interface ReadRepository {
  /** Once per minute, person, action and subject. */
  add(read: Omit<ProofRead, "at">): Promise<void>;
  /** The newest minute first. */
  list(
    filter: { readonly subject?: string; readonly person?: string },
    page: PageRequest,
  ): Promise<Page<ProofRead>>;
  /** Forgets those before an instant; gives how many. */
  sweep(before: string): Promise<number>;
}

export function readRepository({ db, now }: StoreContext): ReadRepository {
  return {
    async add(read) {
      const at = now();
      await db
        .insertInto("reads")
        .values({ ...read, at, minute: at.slice(0, 16) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async list({ subject, person }, page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("reads")
        .selectAll()
        .orderBy("minute", "desc")
        .orderBy("person", "desc")
        .orderBy("action", "desc")
        .orderBy("subject", "desc")
        .limit(limit + 1);
      if (subject !== undefined) query = query.where("subject", "=", subject);
      if (person !== undefined) query = query.where("person", "=", person);
      if (page.after !== undefined) {
        const cursor = readCursor(page.after, ["string", "string", "string", "string"]) as [
          string,
          string,
          string,
          string,
        ];
        query = query.where((eb) =>
          eb(eb.refTuple("minute", "person", "action", "subject"), "<", eb.tuple(...cursor)),
        );
      }
      return pageOf(
        await query.execute(),
        limit,
        ({ minute: _minute, ...read }) => read,
        (row) => [row.minute, row.person, row.action, row.subject],
      );
    },
    async sweep(before) {
      const { numDeletedRows } = await db
        .deleteFrom("reads")
        .where("minute", "<", before.slice(0, 16))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
