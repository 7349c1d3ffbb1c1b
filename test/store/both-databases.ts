import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { openStore, type Place, type Store, type StoreOptions } from "../../src/store/index.js";
import { createEmbedded } from "./embedded-template.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

export const secret = "a secret key of at least thirty-two characters";

/** A clock that a test moves. */
export interface Clock {
  now: string;
}

export interface Bench {
  readonly kind: Place["kind"];
  readonly clock: Clock;
  /** An empty place; a store that is opened at it is closed after the test. */
  readonly place: () => Promise<Place>;
  readonly open: (options?: Partial<StoreOptions>) => Promise<Store>;
}

/**
 * Runs a suite on the embedded database and on a real PostgreSQL: what holds on one holds on the other.
 */
export function onBothDatabases(name: string, suite: (bench: Bench) => void): void {
  for (const kind of ["embedded", "postgres"] as const) {
    describe(`${name} (${kind})`, () => {
      let server: PostgresServer | undefined;
      const open: Store[] = [];
      const folders: string[] = [];
      const clock: Clock = { now: "2026-11-22T12:00:00.000Z" };
      beforeAll(async () => {
        if (kind === "postgres") server = await startPostgres();
      });
      afterEach(async () => {
        clock.now = "2026-11-22T12:00:00.000Z";
        for (const store of open.splice(0)) await store.close();
        for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
      });
      afterAll(() => server?.remove());
      const place = async (): Promise<Place> => {
        if (server !== undefined) return { kind: "postgres", url: await server.database() };
        const folder = mkdtempSync(join(tmpdir(), "remit-store-"));
        folders.push(folder);
        await createEmbedded(folder);
        return { kind: "embedded", home: folder };
      };
      suite({
        kind,
        clock,
        place,
        async open(options = {}) {
          const store = await openStore({
            place: options.place ?? (await place()),
            secret,
            now: () => clock.now,
            ...options,
          });
          open.push(store);
          return store;
        },
      });
    });
  }
}
