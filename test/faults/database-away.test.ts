import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../../src/api/index.js";
import { inFolder, sendScenario } from "../scenarios/over-http.js";
import { reuse, type Fresh, type Reused } from "../server/clean-installation.js";
import { expectSound } from "../server/soundness.js";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";
import { act, caseNow, scenario, start } from "./installed-scenario.js";

let server: PostgresServer;
let reused: Reused;
let fresh: Fresh;
let id = "";
beforeAll(async () => {
  server = await startPostgres();
  reused = await reuse({ kind: "postgres", url: await server.database() });
  fresh = await reused.fresh(start);
  const { files, leave } = inFolder(scenario);
  try {
    id = (await sendScenario(fresh, files)).opened[0] ?? "";
  } finally {
    leave();
  }
});
afterAll(async () => {
  await reused.close();
  await server.remove();
});

const note = (text: string) => ({ kind: "note", text });

test("PostgreSQL away under a running server: every address says so, and goes on by itself when it is back", async () => {
  const { app, as } = fresh;
  const ana = await as("ana.ruiz", "read", "act", "import");
  const { files, leave } = inFolder(scenario);
  const form = new FormData();
  form.append("estate", new File([readFileSync(files.estate)], "estate.json"));
  leave();
  await server.kill();
  const once = { ...ana, "idempotency-key": "sent-while-away" };
  const answers = [
    await app.request("/api/v1/cases", { headers: ana }),
    await act(app, id, once, note("sent while away")),
    await app.request("/api/v1/imports", { method: "POST", headers: ana, body: form }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("retry-after")).toBe("1");
    expect((await answer.json()) as Problem).toMatchObject({ type: "/problems/unavailable" });
  }
  expect((await app.request("/readyz")).status).toBe(503);
  expect((await app.request("/healthz")).status).toBe(200);
  await server.start();
  expect((await app.request("/readyz")).status).toBe(200);
  // Whoever does not know what became of it sends it again, under the same key.
  expect((await act(app, id, once, note("sent while away"))).status).toBe(200);
  expect((await act(app, id, once, note("sent while away"))).status).toBe(200);
  expect((await caseNow(app, id, ana)).view.state.notes).toHaveLength(1);
  await expectSound(reused.store);
});

test("cut off in the middle of moves: what was acknowledged is there, and sending all of it again adds only the rest", async () => {
  const { app, as } = fresh;
  const ana = await as("ana.ruiz", "read", "act");
  const before = (await caseNow(app, id, ana)).view.state.notes.length;
  const send = (text: string) => act(app, id, { ...ana, "idempotency-key": `cut-off-${text}` }, note(text));
  const first: { readonly text: string; readonly status: number }[] = [];
  let killed: Promise<void> | undefined;
  // Three at a time until the database has gone from under them.
  const writer = async (name: string): Promise<void> => {
    for (let n = 0; n < 1000 && first.at(-1)?.status !== 503; n += 1) {
      const text = `${name}-${String(n)}`;
      first.push({ text, status: (await send(text)).status });
      if (first.length > 5) killed ??= server.kill();
    }
  };
  await Promise.all(["a", "b", "c"].map(writer));
  await killed;
  expect([...new Set(first.map(({ status }) => status))].sort()).toEqual([200, 503]);
  await server.start();
  const texts = first.map(({ text }) => text);
  const held = (await caseNow(app, id, ana)).view.state.notes.map(({ text }) => text);
  for (const { text, status } of first) if (status === 200) expect(held).toContain(text);
  for (const text of texts) expect((await send(text)).status).toBe(200);
  const after = (await caseNow(app, id, ana)).view.state.notes.map(({ text }) => text);
  expect(after.slice(before).sort()).toEqual([...texts].sort());
  await expectSound(reused.store);
});
