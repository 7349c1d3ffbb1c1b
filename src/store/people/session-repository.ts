import { createHash, randomBytes } from "node:crypto";
import type { StoreContext } from "../context.js";

/** Somebody who has logged in with a browser. */
export interface Session {
  /** For limits and the log; worth nothing to whoever reads it. */
  readonly id: string;
  /** Pseudonym. */
  readonly person: string;
  /** What forms must send along. */
  readonly csrf: string;
  readonly scopes: readonly string[];
  /** How it began: `token`, `oidc`, `example`. */
  readonly method: string;
  /** Id of the token that it rests on. */
  readonly token?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export type NewSession = Omit<Session, "id" | "csrf" | "createdAt">;

export interface SessionRepository {
  /** `secret` goes into the cookie and nowhere else. */
  begin(session: NewSession): Promise<{ readonly session: Session; readonly secret: string }>;
  /**
   * Undefined where it has expired, was not used for `idleMs`, or its token is no longer in force. Such a one is
   * removed: no clock that is set back brings it to life again.
   */
  recognise(secret: string, idleMs: number): Promise<Session | undefined>;
  end(secret: string): Promise<boolean>;
  /** Everywhere at once: who left, or lost a machine. */
  endAll(person: string): Promise<number>;
  sweep(): Promise<number>;
}

const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Of the hash, not of the secret; twelve bytes are no two times the same. */
const idOf = (hash: Uint8Array): string => Buffer.from(hash.subarray(0, 12)).toString("base64url");

/** A minute: a page that asks ten times a second is not written ten times. */
const seenStepMs = 60_000;

export function sessionRepository({ db, now }: StoreContext): SessionRepository {
  const remove = async (hash: Uint8Array) =>
    (await db.deleteFrom("sessions").where("hash", "=", hash).executeTakeFirst()).numDeletedRows > 0n;
  return {
    async begin({ person, scopes, method, token, expiresAt }) {
      const secret = randomBytes(32).toString("base64url");
      const row = {
        hash: hashOf(secret),
        person,
        csrf: randomBytes(32).toString("base64url"),
        created_at: now(),
        seen_at: now(),
        expires_at: expiresAt,
        scopes: [...scopes],
        method,
        token: token ?? null,
      };
      await db.insertInto("sessions").values(row).execute();
      return { session: sessionOf(row), secret };
    },
    async recognise(secret, idleMs) {
      const hash = hashOf(secret);
      const row = await db
        .selectFrom("sessions")
        .leftJoin("tokens", "tokens.id", "sessions.token")
        .selectAll("sessions")
        .select(["tokens.revoked_at", "tokens.expires_at as token_expires_at"])
        .where("sessions.hash", "=", hash)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const at = now();
      const idle = Date.parse(at) - Date.parse(row.seen_at);
      const tokenEnded = row.revoked_at !== null || (row.token_expires_at ?? "9") <= at;
      if (row.expires_at <= at || idle >= idleMs || tokenEnded) {
        await remove(hash);
        return undefined;
      }
      if (idle >= seenStepMs)
        await db.updateTable("sessions").set({ seen_at: at }).where("hash", "=", hash).execute();
      return sessionOf(row);
    },
    end: (secret) => remove(hashOf(secret)),
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

interface Row {
  readonly hash: Uint8Array;
  readonly person: string;
  readonly csrf: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly scopes: readonly string[];
  readonly method: string;
  readonly token: string | null;
}

const sessionOf = (row: Row): Session => ({
  id: idOf(row.hash),
  person: row.person,
  csrf: row.csrf,
  scopes: row.scopes,
  method: row.method,
  ...(row.token === null ? {} : { token: row.token }),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
