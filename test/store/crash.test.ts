import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { linkOf } from "../../src/core/cases/index.js";
import { noHash, openStore, type Place, type StoredEvent } from "../../src/store/index.js";
import { runs } from "../settings.js";
import { secret } from "./both-databases.js";
import { createEmbedded } from "./embedded-template.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

const now = () => "2026-11-22T12:00:00.000Z";
const writer = join(import.meta.dirname, "crash-writer.mjs");

let folder = "";
let server: PostgresServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
  folder = "";
});

/**
 * Lets a process write and ends it, or the database, `delay` milliseconds after its first event; gives the sequence
 * of the last event that it was told is kept.
 */
function writeUntilKilled(place: Place, round: number, delay: number, kill: (pid: number) => Promise<void>) {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [writer, JSON.stringify(place), String(round)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [said, wrong, begun] = ["", "", false];
    child.stderr.on("data", (text: Buffer) => (wrong += text.toString()));
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (begun || !said.includes("appended")) return;
      begun = true;
      setTimeout(() => {
        kill(child.pid ?? 0).then(() => child.kill("SIGKILL"), reject);
      }, delay);
    });
    child.on("exit", () => {
      const acknowledged = [...said.matchAll(/^appended (\d+)$/gm)].map((match) => Number(match[1]));
      if (!begun) reject(new Error(`the writer did not write: ${wrong}`));
      else resolve(Math.max(0, ...acknowledged));
    });
  });
}

/** Whatever was acknowledged is there, whole commands only, and every link follows the one before. */
function expectWhole(events: readonly StoredEvent[], acknowledged: ReadonlyMap<number, number>): void {
  let chain = noHash;
  events.forEach((event, index) => {
    expect(event.position).toBe(index + 1);
    const { stream, sequence, hash } = event;
    chain = linkOf({ position: index, hash: chain }, { case: stream, sequence, hash }).hash;
    expect(event.chain).toBe(chain);
  });
  for (const [round, last] of acknowledged) {
    const held = events.filter(({ stream }) => stream === `case-${String(round)}`).length;
    // The one command after the last acknowledged may have been kept too: never half of it.
    expect([last, last + 2]).toContain(held);
  }
}

async function everything(place: Place): Promise<readonly StoredEvent[]> {
  const store = await openStore({ place, secret, now });
  try {
    const events: StoredEvent[] = [];
    for (;;) {
      const more = await store.ledger.after(events.length);
      if (more.length === 0) return events;
      events.push(...more);
    }
  } finally {
    await store.close();
  }
}

/** Spread over what a command takes, without chance: a red run is repeated by running it again. */
const delayOf = (round: number): number => (round * 37) % 113;

test(
  `kill -9 of the process on the embedded database loses no acknowledged event, ${String(runs.storeCrash)} times (issue 6)`,
  async () => {
    folder = mkdtempSync(join(tmpdir(), "remit-crash-"));
    await createEmbedded(folder);
    const place: Place = { kind: "embedded", home: folder };
    const acknowledged = new Map<number, number>();
    for (let round = 1; round <= runs.storeCrash; round += 1) {
      const last = await writeUntilKilled(place, round, delayOf(round), async (pid) => {
        process.kill(pid, "SIGKILL");
      });
      expect(last).toBeGreaterThan(0);
      acknowledged.set(round, last);
      expectWhole(await everything(place), acknowledged);
    }
  },
  runs.storeCrash * 30_000,
);

test(
  `kill -9 of PostgreSQL under a writer loses no acknowledged event, ${String(runs.storeCrash)} times (issue 6)`,
  async () => {
    server = await startPostgres();
    const running = server;
    const place: Place = { kind: "postgres", url: await server.database() };
    const acknowledged = new Map<number, number>();
    for (let round = 1; round <= runs.storeCrash; round += 1) {
      // In turn the server with all its processes, and the writer alone.
      const last = await writeUntilKilled(place, round, delayOf(round), async (pid) => {
        if (round % 2 === 1) await running.kill();
        else process.kill(pid, "SIGKILL");
      });
      acknowledged.set(round, last);
      if (round % 2 === 1) await running.start();
      expectWhole(await everything(place), acknowledged);
    }
  },
  runs.storeCrash * 30_000,
);
