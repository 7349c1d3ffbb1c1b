import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { sql } from "kysely";
import { checkpointOf, checkpointText, type Checkpoint } from "../../core/cases/index.js";
import { inTransaction, type StoreContext } from "../context.js";
import { pageLimit, pageOf, readCursor, type Page, type PageRequest } from "../page.js";
import { ledgerLock } from "./ledger-repository.js";

/** Says, with a signature, what the ledger was up to a position. Kept elsewhere it shows that nothing was rewritten. */
export interface SignedCheckpoint extends Checkpoint {
  readonly keyId: string;
  /** Ed25519 over `checkpointText` of `core/cases`, base64. */
  readonly signature: string;
}

export interface SigningKey {
  /** First 16 hex digits of the sha256 of the public key. */
  readonly id: string;
  /** SPKI, base64. */
  readonly publicKey: string;
  readonly createdAt: string;
}

export interface CheckpointRepository {
  /** Signs the end of the ledger; undefined where nothing was added since the last one. */
  make(): Promise<SignedCheckpoint | undefined>;
  latest(): Promise<SignedCheckpoint | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<SignedCheckpoint>>;
  /** Every key that ever signed: whoever verifies compares them with what he was told. */
  keys(): Promise<readonly SigningKey[]>;
  /** Seals the signing keys again; gives how many are left. */
  reseal(): Promise<number>;
}

const about = (id: string): string => `signing-key/${id}`;

export function checkpointRepository(context: StoreContext): CheckpointRepository {
  const { db, keys, now } = context;
  const latest = async (from: StoreContext["db"]) => {
    const row = await from
      .selectFrom("checkpoints")
      .selectAll()
      .orderBy("position", "desc")
      .executeTakeFirst();
    return row === undefined ? undefined : signedOf(row);
  };
  return {
    make: () =>
      inTransaction(context, async (tx) => {
        // Nothing is added between what is read and what is signed, and one signer at a time makes the first key.
        await sql`select pg_advisory_xact_lock(${sql.lit(ledgerLock)})`.execute(tx);
        const head = await tx
          .selectFrom("events")
          .select(["position", "chain"])
          .orderBy("position", "desc")
          .executeTakeFirst();
        if (head === undefined || head.position === (await latest(tx))?.position) return undefined;
        const key = await signingKey({ ...context, db: tx });
        const content = checkpointOf({ position: head.position, hash: head.chain }, now());
        const signature = sign(null, Buffer.from(checkpointText(content)), key.key).toString("base64");
        await tx
          .insertInto("checkpoints")
          .values({
            position: content.position,
            chain: content.head,
            at: content.at,
            key_id: key.id,
            signature,
          })
          .execute();
        return { ...content, keyId: key.id, signature };
      }),
    latest: () => latest(db),
    async list(page) {
      const limit = pageLimit(page);
      let query = db
        .selectFrom("checkpoints")
        .selectAll()
        .orderBy("position", "desc")
        .limit(limit + 1);
      if (page.after !== undefined)
        query = query.where("position", "<", readCursor(page.after, ["number"])[0] as number);
      return pageOf(await query.execute(), limit, signedOf, (row) => [row.position]);
    },
    async keys() {
      const rows = await db
        .selectFrom("signing_keys")
        .selectAll()
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ id: row.id, publicKey: row.public_key, createdAt: row.created_at }));
    },
    reseal: () =>
      inTransaction(context, async (tx) => {
        for (const row of await tx.selectFrom("signing_keys").selectAll().execute()) {
          const { keyId, sealed } = await keys.seal(
            about(row.id),
            await keys.unseal(row.key_id, about(row.id), row.sealed),
          );
          await tx
            .updateTable("signing_keys")
            .set({ sealed, key_id: keyId })
            .where("id", "=", row.id)
            .execute();
        }
        return 0;
      }),
  };
}

async function signingKey({ db, keys, now }: StoreContext) {
  const held = await db
    .selectFrom("signing_keys")
    .selectAll()
    .where("retired_at", "is", null)
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  if (held !== undefined) {
    const pkcs8 = await keys.unseal(held.key_id, about(held.id), held.sealed);
    return { id: held.id, key: createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }) };
  }
  const pair = generateKeyPairSync("ed25519");
  const spki = createPublicKey(pair.privateKey).export({ format: "der", type: "spki" });
  const id = keyIdOf(spki);
  const pkcs8 = pair.privateKey.export({ format: "der", type: "pkcs8" });
  const { keyId, sealed } = await keys.seal(about(id), pkcs8);
  await db
    .insertInto("signing_keys")
    .values({
      id,
      public_key: spki.toString("base64"),
      sealed,
      key_id: keyId,
      created_at: now(),
      retired_at: null,
    })
    .execute();
  return { id, key: pair.privateKey };
}

export const keyIdOf = (spki: Uint8Array): string =>
  createHash("sha256").update(spki).digest("hex").slice(0, 16);

interface Row {
  readonly position: number;
  readonly chain: string;
  readonly at: string;
  readonly key_id: string;
  readonly signature: string;
}

const signedOf = (row: Row): SignedCheckpoint => ({
  ...checkpointOf({ position: row.position, hash: row.chain }, row.at),
  keyId: row.key_id,
  signature: row.signature,
});
