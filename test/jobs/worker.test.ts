import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/index.js";
import { environmentOf, program } from "../server/start.js";
import { secret } from "../store/both-databases.js";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";
import { openCase } from "./orders.js";

let server: PostgresServer;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  server = await startPostgres();
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
});
afterAll(() => server.remove());

function startWorker(home: string, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, "worker"], {
    env: { ...environmentOf(home), REMIT_DATABASE_URL: url, REMIT_SECRET_KEY: secret },
  });
  running.add(child);
  return new Promise((found, lost) => {
    let said = "";
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      if (said.includes("working on")) found(child);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => {
      lost(new Error(`ended early: ${said}`));
    });
  });
}

test("R71: two workers, one killed in the middle: an order that nobody answered is silent, once, and says to whom", async () => {
  const home = mkdtempSync(join(tmpdir(), "remit-worker-"));
  const url = await server.database();
  const store = await openStore({
    place: { kind: "postgres", url },
    secret,
    now: () => "2026-01-01T08:00:00.000Z",
  });
  try {
    const cases = ["R-AAAA", "R-BBBB", "R-CCCC"];
    // The order was given sixteen minutes ago.
    const from = new Date(Date.now() - 12 * 60_000 - 16 * 60_000).toISOString();
    for (const id of cases) await openCase(store, id, from);
    const silent = async (id: string): Promise<number> =>
      (await store.ledger.stream(id)).filter(({ kind }) => kind === "order-silent").length;
    const first = await startWorker(home, url);
    first.kill("SIGKILL");
    await Promise.all([startWorker(home, url), startWorker(home, url)]);
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await Promise.all(cases.map(silent))).every((count) => count > 0)) break;
      await new Promise((next) => setTimeout(next, 100));
    }
    // The next on the ladder has fifteen minutes of their own.
    expect(await Promise.all(cases.map(silent))).toEqual([1, 1, 1]);
    expect((await store.ledger.stream("R-AAAA")).at(-1)?.body).toContain('"job":"clock"');
  } finally {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  }
}, 240_000);

test("on an embedded folder a worker is refused, with the name of who has it", async () => {
  const home = mkdtempSync(join(tmpdir(), "remit-worker-"));
  const holder = await openStore({
    place: { kind: "embedded", home },
    now: () => "2026-11-22T12:00:00.000Z",
  });
  try {
    const run = spawnSync(process.execPath, [program, "worker"], {
      encoding: "utf8",
      env: environmentOf(home),
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(`open in process ${String(process.pid)}`);
    expect(run.stderr).toContain("`remit serve` runs the jobs of an embedded installation");
  } finally {
    await holder.close();
    rmSync(home, { recursive: true, force: true });
  }
});
