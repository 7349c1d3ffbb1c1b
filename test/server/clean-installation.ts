import { installationOver, issueTokenFor, type Installation } from "../../src/app/index.js";
import type { Scope } from "../../src/api/index.js";
import { createServer, defaultLimits, type LogLine, type Server } from "../../src/server/index.js";
import { openStore, type Place, type Store } from "../../src/store/index.js";
import { join } from "node:path";
import { root } from "./installed.js";

export const secret = "a secret of these tests alone, long enough";

/** One database that many installations follow each other in: opening one costs seconds, emptying it nothing. */
export interface Reused {
  readonly store: Store;
  /** An installation in which nothing was done, at `instant`. */
  fresh(instant: string): Promise<Fresh>;
  close(): Promise<void>;
}

export interface Fresh {
  readonly installation: Installation;
  readonly app: Server;
  readonly log: readonly LogLine[];
  readonly setTime: (instant: string) => void;
  /** `Authorization` of somebody of the catalogue. */
  readonly as: (person: string, ...scopes: Scope[]) => Promise<Record<string, string>>;
}

export async function reuse(place: Place): Promise<Reused> {
  let time = "2026-11-22T12:00:00.000Z";
  const store = await openStore({ place, secret, now: () => time });
  return {
    store,
    async fresh(instant) {
      time = instant;
      await empty(store);
      return over(
        store,
        () => time,
        (next) => (time = next),
      );
    },
    close: () => store.close(),
  };
}

/** A server without a port over a store that is open. */
export function over(store: Store, now: () => string, setTime: (instant: string) => void): Fresh {
  const installation = installationOver(store, now, join(root, "bin/remit"), secret);
  const log: LogLine[] = [];
  let [ids, elapsed] = [0, 0];
  const app = createServer({
    installation,
    newId: () => `request-${String((ids += 1))}`,
    // A second a request: no limit is reached by the speed of the machine.
    elapsed: () => (elapsed += 1000),
    log: (line) => log.push(line),
    limits: defaultLimits,
  });
  return {
    installation,
    app,
    log,
    setTime,
    async as(person, ...scopes) {
      const issued = await issueTokenFor(installation, person, { name: "test", scopes });
      return { authorization: `Bearer ${issued.secret}` };
    },
  };
}

/**
 * Every table but what opening a store makes. The ledger refuses to be emptied by anybody who does not own the
 * database: this test does, and switches its triggers off for the one statement.
 */
async function empty(store: Store): Promise<void> {
  await store.query(`do $$ begin
    set local session_replication_role = replica;
    execute (
      select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ') || ' restart identity cascade'
      from pg_tables
      where schemaname = 'public' and tablename not in ('installation', 'data_keys', 'migrations'));
  end $$`);
}
