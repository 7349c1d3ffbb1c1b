import type { Kysely, Transaction } from "kysely";
import type { Engine } from "./engine/engine.js";
import type { Keyring } from "./keys/keyring.js";
import type { Tables } from "./tables.js";

/** What every repository works with. */
export interface StoreContext {
  readonly kind: Engine["kind"];
  readonly db: Kysely<Tables>;
  readonly keys: Keyring;
  /** ISO instant. */
  readonly now: () => string;
  /** Ids that are never given twice. */
  readonly newId: () => string;
}

/** Runs `work` in the transaction that is open, or else in one of its own. */
export function inTransaction<Result>(
  context: StoreContext,
  work: (tx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  const { db } = context;
  return isTransaction(db) ? work(db) : db.transaction().execute(work);
}

const isTransaction = (db: Kysely<Tables>): db is Transaction<Tables> => db.isTransaction;
