import { createHash, randomBytes } from "node:crypto";
import type { StoreContext } from "../context.js";

/** A token of the API. What it is cannot be read back: only its hash is stored. */
export interface Token {
  readonly id: string;
  readonly name: string;
  /** Pseudonym. */
  readonly person: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly usedAt?: string;
  readonly revokedAt?: string;
}

export interface NewToken extends Pick<Token, "name" | "person" | "scopes"> {
  readonly expiresAt?: string;
}

export interface TokenRepository {
  /** `secret` is shown once, here. */
  issue(token: NewToken): Promise<{ readonly token: Token; readonly secret: string }>;
  /** The token of a secret that is in force: not revoked, not expired. Notes that it was used. */
  recognise(secret: string): Promise<Token | undefined>;
  /** Newest first, those that have ended included. */
  list(person?: string): Promise<readonly Token[]>;
  revoke(id: string): Promise<boolean>;
}

/** Found by secret scanners. */
const prefix = "remit_";

/** 256 random bits: a plain hash is enough, as nobody can guess what to hash. */
const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** A minute: a token that is used a thousand times a second is not written a thousand times. */
const usedStepMs = 60_000;

export function tokenRepository({ db, now, newId }: StoreContext): TokenRepository {
  return {
    async issue({ name, person, scopes, expiresAt }) {
      const secret = `${prefix}${randomBytes(32).toString("base64url")}`;
      const row = {
        id: newId(),
        hash: hashOf(secret),
        name,
        person,
        scopes: [...scopes],
        created_at: now(),
        expires_at: expiresAt ?? null,
        used_at: null,
        revoked_at: null,
      };
      await db.insertInto("tokens").values(row).execute();
      return { token: tokenOf(row), secret };
    },
    async recognise(secret) {
      if (!secret.startsWith(prefix)) return undefined;
      const row = await db
        .selectFrom("tokens")
        .selectAll()
        .where("hash", "=", hashOf(secret))
        .executeTakeFirst();
      const at = now();
      if (row === undefined || row.revoked_at !== null || (row.expires_at ?? "9") <= at) return undefined;
      if (row.used_at === null || Date.parse(at) - Date.parse(row.used_at) >= usedStepMs)
        await db.updateTable("tokens").set({ used_at: at }).where("id", "=", row.id).execute();
      return tokenOf(row);
    },
    async list(person) {
      let query = db.selectFrom("tokens").selectAll().orderBy("created_at", "desc").orderBy("id").limit(1000);
      if (person !== undefined) query = query.where("person", "=", person);
      return (await query.execute()).map(tokenOf);
    },
    async revoke(id) {
      const { numUpdatedRows } = await db
        .updateTable("tokens")
        .set({ revoked_at: now() })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly person: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly used_at: string | null;
  readonly revoked_at: string | null;
}

const tokenOf = (row: Row): Token => ({
  id: row.id,
  name: row.name,
  person: row.person,
  scopes: row.scopes,
  createdAt: row.created_at,
  ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  ...(row.used_at === null ? {} : { usedAt: row.used_at }),
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
});
