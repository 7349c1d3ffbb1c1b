import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { openStore, type Place } from "../../src/store/index.js";
import { inFolder } from "../scenarios/over-http.js";
import { secret } from "../server/clean-installation.js";
import { expectSound } from "../server/soundness.js";
import { runs } from "../settings.js";
import { createEmbedded } from "../store/embedded-template.js";
import { startPostgres } from "../store/postgres-server.js";
import { scenario, start } from "./installed-scenario.js";
import { serveIn, type Served } from "./served.js";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The documents of the scenario, other bytes in every round. */
function formOf(round: number): { readonly form: FormData; readonly catalogue: Buffer } {
  const { files, leave } = inFolder({
    ...scenario,
    estate: { ...scenario.estate, source: `round ${String(round)}` },
  });
  const form = new FormData();
  form.append("estate", new File([readFileSync(files.estate)], "estate.json"));
  const catalogue = readFileSync(files.catalogue);
  leave();
  return { form, catalogue };
}

const send = (served: Served, round: number) =>
  served.ask("/api/v1/imports", { method: "POST", body: formOf(round).form });

async function casesOf(served: Served): Promise<readonly string[]> {
  const answer = await served.ask("/api/v1/cases");
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
}

test.each(["embedded", "postgres"] as const)(
  `kill -9 in the middle of an import (%s, ${String(runs.importKills)} times): what was acknowledged stays, and sending it again ends where it would have ended`,
  async (kind) => {
    const home = mkdtempSync(join(tmpdir(), "remit-killed-"));
    ends.push(() => rmSync(home, { recursive: true, force: true }));
    let place: Place = { kind: "embedded", home };
    let databaseUrl: string | undefined;
    if (kind === "postgres") {
      const server = await startPostgres();
      ends.push(() => server.remove());
      databaseUrl = await server.database();
      place = { kind: "postgres", url: databaseUrl };
    } else await createEmbedded(home);
    const serve = async (): Promise<Served> => {
      const served = await serveIn({ home, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
      ends.push(() => served.kill("SIGKILL"));
      return served;
    };
    let served = await serve();
    const { catalogue } = formOf(0);
    const put = await served.ask("/api/v1/catalogue", {
      method: "PUT",
      headers: { "content-type": "application/yaml", "if-match": '"0"' },
      body: catalogue,
    });
    expect(put.status).toBe(200);
    let known: readonly string[] = [];
    for (let round = 1; round <= runs.importKills; round += 1) {
      const answered = send(served, round).then(
        ({ status }) => status,
        () => 0,
      );
      await wait((round * 397) % 1500);
      await served.kill("SIGKILL");
      // The server that comes next finds nothing of what was being sent on the disk.
      if (existsSync(join(home, "spool"))) expect(readdirSync(join(home, "spool"))).toEqual([]);
      const status = await answered;
      served = await serve();
      const held = await casesOf(served);
      // Cases that were there stay; an import that was acknowledged has opened its own.
      expect(held).toEqual(expect.arrayContaining([...known]));
      if (status === 200) expect(held.length).toBeGreaterThan(0);
      known = held;
    }
    const last = await send(served, runs.importKills);
    expect([last.status, await last.text()]).toEqual([200, expect.any(String)]);
    const after = await casesOf(served);
    expect(after.length).toBeGreaterThan(0);
    // Nothing was opened twice by being sent twice.
    expect(new Set(after).size).toBe(after.length);
    await served.kill("SIGTERM");
    const store = await openStore({ place, secret, now: () => start });
    try {
      await expectSound(store);
      // What a killed server had taken in was taken up by the next one; of another machine it may still be alive.
      const left = (await store.uploads.open()).filter(
        ({ state }) => kind === "embedded" || state === "waiting",
      );
      expect(left).toEqual([]);
      const twice = await store.query(
        "select digest from import_documents group by digest having count(*) > 1",
      );
      expect(twice).toEqual([]);
      const opened = await store.query<{ stream: string }>(
        "select stream from events where kind = 'opened' order by stream",
      );
      expect(opened.map(({ stream }) => stream)).toEqual([...after].sort());
    } finally {
      await store.close();
    }
  },
  // Three servers one after the other, on a machine that may do as much beside them.
  runs.importKills * 120_000 + 360_000,
);
