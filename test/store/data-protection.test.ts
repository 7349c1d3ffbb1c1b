import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseView } from "../../src/app/index.js";
import type { Erasure } from "../../src/api/index.js";
import { openStore, verifyArchive, type Place, type Store } from "../../src/store/index.js";
import { act, caseNow, scenario, start } from "../faults/installed-scenario.js";
import { inFolder, sendScenario } from "../scenarios/over-http.js";
import { over, secret, type Fresh } from "../server/clean-installation.js";
import { expectSound } from "../server/soundness.js";
import { createEmbedded } from "./embedded-template.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

/** Planted where an upload would hold what nobody else may read. */
const planted = "PlantedInAnUploadedPolicy7391";
const secretText = "PlantedSecretValue5520";
/** A person of the catalogue, with a name that is nowhere else. */
const person = "zenobia.quux";
const name = "Zenobia Quux";

const given = {
  ...scenario,
  estate: JSON.parse(
    JSON.stringify(scenario.estate).replace('"Sid":"Setup"', `"Sid":"${planted}"`),
  ) as Record<string, unknown>,
  catalogue: JSON.parse(
    JSON.stringify(scenario.catalogue)
      .replaceAll("ana.ruiz", person)
      .replace(`{"id":"${person}"}`, `{"id":"${person}","name":"${name}"}`),
  ) as Record<string, unknown>,
};

/** Every byte that lies in a folder, as text in which what is written in ASCII or UTF-16 is found. */
function* filesBelow(folder: string): Generator<{ readonly path: string; readonly bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      yield { path, bytes: readFileSync(path) };
    }
}

const found = (folder: string, words: readonly string[]): readonly string[] =>
  [...filesBelow(folder)].flatMap(({ path, bytes }) =>
    words.filter((word) => bytes.includes(word)).map((word) => `${word} in ${path.slice(folder.length)}`),
  );

describe.each(["embedded", "postgres"] as const)("what is kept of people and uploads (%s)", (kind) => {
  let [folder, id] = ["", ""];
  let server: PostgresServer | undefined;
  let place: Place;
  let store: Store;
  let fresh: Fresh;
  let raw = "";
  const time = start;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "remit-protected-"));
    if (kind === "postgres") {
      server = await startPostgres();
      place = { kind: "postgres", url: await server.database() };
      raw = server.folder;
    } else {
      await createEmbedded(folder);
      place = { kind: "embedded", home: folder };
      raw = join(folder, "database");
    }
    store = await openStore({ place, secret, now: () => time });
    fresh = over(
      store,
      () => time,
      () => undefined,
    );
    const { files, leave } = inFolder(given);
    try {
      id = (await sendScenario(fresh, files)).opened[0] ?? "";
    } finally {
      leave();
    }
    const zenobia = await fresh.as(person, "read", "act");
    for (const command of [
      { kind: "note", text: `the key is password=${secretText}` },
      {
        kind: "claim",
        track: "fix",
        item: (await caseNow(fresh.app, id, zenobia)).view.state.plan.fix[0]?.id,
      },
      {
        kind: "request",
        asked: { kind: "control", text: "a deny" },
        reason: "until it is mended",
        until: "2024-08-16T12:00:00Z",
      },
    ])
      expect((await act(fresh.app, id, zenobia, command)).status).toBeLessThan(410);
  });
  afterAll(async () => {
    await store.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const words = [planted, person, name, secretText, secret, "remit_", given.name];

  test("neither uploads nor people nor secrets can be read in the files of the database", async () => {
    // As far as the disk: what is still in memory would not be found.
    await store.query("checkpoint");
    expect(readdirSync(raw).length).toBeGreaterThan(5);
    expect(found(raw, words)).toEqual([]);
    // The search finds what is there: this column is filtered by, and so in the clear.
    expect(found(raw, [id]).length).toBeGreaterThan(0);
  });

  test("nor in an export, nor in the log", async () => {
    const path = join(folder, "all.remit");
    await store.exportTo(path);
    const text = gunzipSync(readFileSync(path)).toString("latin1");
    expect(words.filter((word) => text.includes(word))).toEqual([]);
    expect(words.filter((word) => JSON.stringify(fresh.log).includes(word))).toEqual([]);
  });

  test("turning the keys over leaves everything readable with the new secret, and nothing with the old", async () => {
    const admin = await fresh.as("m.okafor", "read", "admin");
    const before = (await caseNow(fresh.app, id, admin)).view;
    expect(JSON.stringify(before.decided)).toContain(planted);
    const next = "another secret of these tests, long enough too";
    await store.rotateKeys(next);
    expect((await caseNow(fresh.app, id, admin)).view).toEqual(before);
    const [{ keys } = { keys: 0 }] = await store.query<{ keys: number }>(
      "select count(distinct key_id)::int as keys from (select key_id from cases union all select key_id from documents union all select key_id from people where sealed is not null) as all_keys",
    );
    expect(keys).toBe(1);
    await store.close();
    await expect(openStore({ place, secret, now: () => time })).rejects.toMatchObject({ code: "wrong-key" });
    store = await openStore({ place, secret: next, now: () => time });
    fresh = over(
      store,
      () => time,
      () => undefined,
    );
    const again = (await caseNow(fresh.app, id, await fresh.as("m.okafor", "read", "admin"))).view;
    expect(again).toEqual(before);
    await expectSound(store);
  });

  test("an erased person is nobody: the ledger verifies, and stands for them nowhere", async () => {
    const admin = await fresh.as("m.okafor", "read", "admin");
    const pseudonym = await store.people.pseudonymOf(person);
    expect(JSON.stringify((await caseNow(fresh.app, id, admin)).view.state)).toContain(person);
    const chief = await fresh.as("m.okafor", "read", "act");
    await act(fresh.app, id, chief, { kind: "note", text: `asked ${person.toUpperCase()} on the phone` });
    const erase = async (more: object = {}, headers = admin): Promise<Response> =>
      fresh.app.request("/api/v1/people/erasures", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ person, reason: "asked for it", ...more }),
      });
    const told = async (answer: Promise<Response>) =>
      ((await (await answer).json()) as { detail: string }).detail;
    const own = await fresh.as(person, "read");
    // Nobody erases themselves, and nobody who is still in the catalogue is erased.
    expect((await erase({ person: "m.okafor" })).status).toBe(403);
    expect(await told(erase())).toBe(
      `version 1 of the catalogue names \`${person}\`: take them out of it first`,
    );
    const without = JSON.stringify(given.catalogue).replaceAll(person, "somebody.else");
    const taken = await fresh.app.request("/api/v1/catalogue", {
      method: "PUT",
      headers: {
        ...(await fresh.as("operator", "admin")),
        "if-match": '"1"',
        "content-type": "application/yaml",
      },
      body: without,
    });
    expect(await taken.text()).toContain('"version":2');
    expect(await told(erase({ reason: `${name} asked for it` }))).toContain("say it without the name");
    // A case that no analysis decides anew keeps what was decided then.
    const row = (await store.cases.find(id))!;
    const { state: held, decided } = JSON.parse(row.document) as CaseView;
    const before = { ...decided, commander: { ...decided.commander, person, name } };
    await store.cases.save({ ...row, document: JSON.stringify({ state: held, decided: before }) });
    const preview = (await (await erase({ preview: true })).json()) as Erasure;
    expect(await store.people.personOf(pseudonym)).toBe(person);
    const report = (await (await erase()).json()) as Erasure;
    expect(report).toEqual({ ...preview, erased: true });
    expect(report).toMatchObject({ pseudonym, decisions: 1, catalogues: [1], mentions: { more: 0 } });
    expect(report.mentions.items.map(({ case: of, kind, field }) => [of, kind, field])).toEqual([
      [id, "noted", "text"],
    ]);
    expect(report.tokens).toBeGreaterThan(0);
    expect((await fresh.app.request(`/api/v1/cases/${id}`, { headers: own })).status).toBe(401);
    expect((await erase()).status).toBe(404);
    const [link] = await store.ledger.stream("people");
    expect(link?.body).toContain(
      `"fact":{"kind":"person-erased","person":"${pseudonym}","reason":"asked for it"}`,
    );
    const { state } = (await caseNow(fresh.app, id, admin)).view;
    expect(JSON.stringify(state)).not.toContain(person);
    expect(JSON.stringify(state)).toContain("erased person");
    expect(await store.people.personOf(pseudonym)).toBeUndefined();
    const events = await fresh.app.request(`/api/v1/cases/${id}/events`, { headers: admin });
    expect(await events.text()).not.toContain(person);
    expect(JSON.stringify((await caseNow(fresh.app, id, admin)).view)).not.toContain(name);
    const path = join(folder, "erased.remit");
    await store.exportTo(path);
    expect(await verifyArchive(path)).toMatchObject({ kind: "whole" });
    // Somebody of that name who comes later is somebody else.
    expect(await store.people.pseudonymOf(person)).not.toBe(pseudonym);
    await store.query("checkpoint");
    expect(found(raw, [person, name])).toEqual([]);
  });
});
