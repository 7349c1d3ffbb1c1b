import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.js";
import { inFolder, sendScenario } from "../scenarios/over-http.js";
import { reuse, secret } from "../server/clean-installation.js";
import { expectSound } from "../server/soundness.js";
import { createEmbedded } from "../store/embedded-template.js";
import { startPostgres } from "../store/postgres-server.js";
import { act, caseNow, scenario, start } from "./installed-scenario.js";
import { serveIn } from "./served.js";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Noise does not compress: more than any file may hold. */
const tooMuch = (): FormData => {
  const form = new FormData();
  form.append("estate", new File([randomBytes(40 * 1024 * 1024)], "noise.json"));
  return form;
};

const small = (): FormData => {
  const { files, leave } = inFolder(scenario);
  const form = new FormData();
  form.append("estate", new File([readFileSync(files.estate)], "estate.json"));
  leave();
  return form;
};

test("PostgreSQL on a full disk: the import is refused and says why, nothing of it stays, work goes on", async () => {
  const server = await startPostgres([], 24_576);
  ends.push(() => server.remove());
  const reused = await reuse({ kind: "postgres", url: await server.database() });
  ends.push(() => reused.close());
  const { app, as } = await reused.fresh(start);
  const fresh = { ...(await reused.fresh(start)), app, as };
  const { files, leave } = inFolder(scenario);
  const { opened } = await sendScenario(fresh, files);
  leave();
  const id = opened[0] ?? "";
  const ana = await as("ana.ruiz", "read", "act", "import", "admin");
  const before = (await reused.store.snapshots.list({}, {})).items.length;
  const refused = await app.request("/api/v1/imports", { method: "POST", headers: ana, body: tooMuch() });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("disk") as string });
  expect((await reused.store.snapshots.list({}, {})).items).toHaveLength(before);
  expect((await act(app, id, ana, { kind: "note", text: "still here" })).status).toBe(200);
  expect((await caseNow(app, id, ana)).view.state.notes).toHaveLength(1);
  await expectSound(reused.store);
});

test("the embedded database on a full disk: the same, and with space again it goes on", async () => {
  const home = mkdtempSync(join(tmpdir(), "remit-full-"));
  ends.push(() => rmSync(home, { recursive: true, force: true }));
  await createEmbedded(home);
  const limited = await serveIn({ home, fileKilobytes: 24_576 });
  ends.push(() => limited.kill("SIGKILL"));
  const refused = await limited.ask("/api/v1/imports", { method: "POST", body: tooMuch() });
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining("disk")]);
  expect((await limited.ask("/api/v1/me")).status).toBe(200);
  await limited.kill("SIGTERM");
  const roomy = await serveIn({ home });
  ends.push(() => roomy.kill("SIGKILL"));
  const taken = await roomy.ask("/api/v1/imports", { method: "POST", body: small() });
  expect(taken.status).toBeLessThan(300);
  await roomy.kill("SIGTERM");
  const store = await openStore({ place: { kind: "embedded", home }, secret, now: () => start });
  try {
    expect((await store.snapshots.list({ kind: "estate" }, {})).items).toHaveLength(1);
    expect(await expectSound(store)).toBeGreaterThan(0);
  } finally {
    await store.close();
  }
}, 180_000);
