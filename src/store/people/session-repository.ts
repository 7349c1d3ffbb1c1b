import { createHash, randomBytes } from "node:crypto";
import type { StoreContext } from "../context.js";

/** Somebody who has logged in with a browser. */
export interface Session {
  /** Pseudonym. */
  readonly person: string;
  /** What forms must send along. */
  readonly csrf: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface SessionRepository {
  /** `secret` goes into the cookie and nowhere else. */
  begin(person: string, expiresAt: string): Promise<{ readonly session: Session; readonly secret: string }>;
  /** One that has expired is removed: no clock that is set back brings it to life again. */
  recognise(secret: string): Promise<Session | undefined>;
  end(secret: string): Promise<boolean>;
  /** Everywhere at once: who left, or lost a machine. */
  endAll(person: string): Promise<number>;
  sweep(): Promise<number>;
}

const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

export function sessionRepository({ db, now }: StoreContext): SessionRepository {
  return {
    async begin(person, expiresAt) {
      const secret = randomBytes(32).toString("base64url");
      const csrf = randomBytes(32).toString("base64url");
      const createdAt = now();
      await db
        .insertInto("sessions")
        .values({
          hash: hashOf(secret),
          person,
          csrf,
          created_at: createdAt,
          seen_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
      return { session: { person, csrf, createdAt, expiresAt }, secret };
    },
    async recognise(secret) {
      const hash = hashOf(secret);
      const row = await db.selectFrom("sessions").selectAll().where("hash", "=", hash).executeTakeFirst();
      if (row === undefined) return undefined;
      if (row.expires_at <= now()) {
        await db.deleteFrom("sessions").where("hash", "=", hash).execute();
        return undefined;
      }
      return { person: row.person, csrf: row.csrf, createdAt: row.created_at, expiresAt: row.expires_at };
    },
    async end(secret) {
      const { numDeletedRows } = await db
        .deleteFrom("sessions")
        .where("hash", "=", hashOf(secret))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async endAll(person) {
      const { numDeletedRows } = await db
        .deleteFrom("sessions")
        .where("person", "=", person)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async sweep() {
      const { numDeletedRows } = await db
        .deleteFrom("sessions")
        .where("expires_at", "<=", now())
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
