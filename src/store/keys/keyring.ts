import { createHmac, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { storeFault } from "../fault.js";
import type { Tables } from "../tables.js";
import { masterKey, seal, unseal, type MasterKey } from "./sealing.js";

/**
 * Data are sealed with data keys, and these with the master key, which is in no database: turning the master key over
 * rewrites a handful of rows.
 */
export interface Keyring {
  /** Reads the keys, and makes them where there are none; says so where the secret key is another one. */
  ready(): Promise<void>;
  /** Seals with the key in use; the id of the key goes beside what it sealed. */
  seal(about: string, plain: Uint8Array): Promise<{ readonly keyId: string; readonly sealed: Buffer }>;
  unseal(keyId: string, about: string, sealed: Uint8Array): Promise<Buffer>;
  /** HMAC-SHA256: finds a row by a value that is nowhere in the clear. */
  lookup(about: string, value: string): Promise<Buffer>;
  /** From now on another data key seals; gives its id. What is sealed already stays readable. */
  renew(db: Kysely<Tables>, now: string): Promise<string>;
  /** Seals all data keys with another master key. */
  rewrap(db: Kysely<Tables>, secret: string): Promise<void>;
  /** The keys have to be read again: the transaction that made them was undone, or others made some. */
  forget(): void;
}

/** The row of data_keys that no data are sealed with, but looked up. */
const lookupId = "lookup";
const aboutKey = (id: string): string => `data-key/${id}`;

interface Keys {
  readonly byId: ReadonlyMap<string, Uint8Array>;
  readonly current: string;
}

/** Without a secret everything works that seals nothing; the rest says what to set. */
export function createKeyring(
  db: Kysely<Tables>,
  secret: string | undefined,
  now: () => string,
  newId: () => string,
): Keyring {
  let master = secret === undefined ? undefined : masterKey(secret);
  let loaded: Promise<Keys> | undefined;
  const keys = (): Promise<Keys> => {
    loaded ??= load(db, masterOrFault(master), now, newId).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  const keyOf = async (id: string): Promise<Uint8Array> => {
    let key = (await keys()).byId.get(id);
    if (key === undefined) {
      // Another process may have renewed it.
      loaded = undefined;
      key = (await keys()).byId.get(id);
    }
    if (key === undefined) throw storeFault("damaged", `the data key \`${id}\` is missing`);
    return key;
  };
  return {
    async ready() {
      await keys();
    },
    async seal(about, plain) {
      const { current } = await keys();
      return { keyId: current, sealed: seal(await keyOf(current), about, plain) };
    },
    async unseal(keyId, about, sealed) {
      const plain = unseal(await keyOf(keyId), about, sealed);
      if (plain === undefined)
        throw storeFault("damaged", `\`${about}\` does not open with its key: it was changed`);
      return plain;
    },
    async lookup(about, value) {
      return createHmac("sha256", await keyOf(lookupId))
        .update(`${about}\n${value}`)
        .digest();
    },
    async renew(target, at) {
      const { byId } = await keys();
      const id = newId();
      await target
        .updateTable("data_keys")
        .set({ retired_at: at })
        .where("retired_at", "is", null)
        .where("id", "!=", lookupId)
        .execute();
      const key = randomBytes(32);
      await insertKey(target, masterOrFault(master), id, at, key);
      loaded = Promise.resolve({ byId: new Map([...byId, [id, key]]), current: id });
      return id;
    },
    async rewrap(target, next) {
      const { byId } = await keys();
      const successor = masterKey(next);
      for (const [id, key] of byId) {
        const wrapped = seal(successor.key, aboutKey(id), key);
        await target
          .updateTable("data_keys")
          .set({ wrapped, master: successor.id })
          .where("id", "=", id)
          .execute();
      }
      master = successor;
    },
    forget() {
      loaded = undefined;
    },
  };
}

function masterOrFault(master: MasterKey | undefined): MasterKey {
  if (master === undefined)
    throw storeFault("no-key", "uploaded documents and names of people are kept sealed, and there is no key");
  return master;
}

async function load(
  db: Kysely<Tables>,
  master: MasterKey,
  now: () => string,
  newId: () => string,
): Promise<Keys> {
  let rows = await rowsOf(db);
  if (rows.length === 0) {
    await insertKey(db, master, lookupId, now());
    await insertKey(db, master, newId(), now());
    rows = await rowsOf(db);
  }
  const byId = new Map<string, Uint8Array>();
  for (const { id, wrapped, master: by } of rows) {
    const key = by === master.id ? unseal(master.key, aboutKey(id), wrapped) : undefined;
    if (key === undefined)
      throw storeFault("wrong-key", "the secret key is not the one that this installation was made with");
    byId.set(id, key);
  }
  const current = rows.filter(({ id, retired_at: retired }) => retired === null && id !== lookupId).at(-1);
  if (current === undefined) throw storeFault("damaged", "no data key is in use");
  return { byId, current: current.id };
}

const rowsOf = (db: Kysely<Tables>) =>
  db.selectFrom("data_keys").selectAll().orderBy("created_at").orderBy("id").execute();

async function insertKey(
  db: Kysely<Tables>,
  master: MasterKey,
  id: string,
  now: string,
  key: Uint8Array = randomBytes(32),
): Promise<void> {
  const wrapped = seal(master.key, aboutKey(id), key);
  await db
    .insertInto("data_keys")
    .values({ id, wrapped, master: master.id, created_at: now, retired_at: null })
    // Two processes that start on an empty database: the first one's key counts.
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}
