import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openStore, type CaseRow } from "../../src/store/index.js";
import { runs } from "../settings.js";
import { onBothDatabases, secret } from "./both-databases.js";
import { caseFilter, caseRow, counted, listed } from "./case-counts.js";
import { furnish, project, uploaded } from "./furnished.js";

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

onBothDatabases("repositories", ({ open, place, clock, kind }) => {
  test("documents: found by what they are, kept once, sealed, and swept when nothing refers to them", async () => {
    const store = await open();
    const large = randomBytes(2_500_000);
    const pieces = (async function* () {
      for (let from = 0; from < large.length; from += 333_333) yield large.subarray(from, from + 333_333);
    })();
    const held = await store.documents.put(pieces);
    expect(held).toMatchObject({ digest: digestOf(large), size: large.length });
    expect(await store.documents.put(large)).toEqual(held);
    expect(digestOf(await store.documents.bytes(held.digest))).toBe(held.digest);
    expect((await store.documents.put(new Uint8Array())).size).toBe(0);
    expect(await store.documents.bytes(digestOf(new Uint8Array()))).toHaveLength(0);
    const secretText = await store.documents.put(Buffer.from("the word of the day is xylophone"));
    await store.snapshots.add({
      kind: "estate",
      scope: "*",
      takenAt: clock.now,
      documents: [{ path: "a", digest: secretText.digest }],
    });
    const bodies = await store.query<{ body: Uint8Array }>("select body from document_parts");
    for (const { body } of bodies) expect(Buffer.from(body).includes("xylophone")).toBe(false);
    expect(await store.documents.sweep()).toBe(2);
    expect(await store.documents.find(held.digest)).toBeUndefined();
    expect(await store.documents.find(secretText.digest)).toBeDefined();
  });

  test("documents: a changed byte is never handed out", async () => {
    const store = await open();
    const { digest } = await store.documents.put(Buffer.from("what was uploaded"));
    await store.query("update document_parts set body = set_byte(body, 20, (get_byte(body, 20) + 1) % 256)");
    await expect(store.documents.bytes(digest)).rejects.toMatchObject({ code: "damaged" });
  });

  test("the secret key can be turned over, and the one before opens nothing any more", async () => {
    const where = await place();
    const store = await open({ place: where });
    await furnish(store);
    const [before] = await store.query<{ key: string }>("select key_id as key from documents");
    const next = "the next secret key, also of thirty-two characters";
    await store.rotateKeys(next);
    const keys = await store.query<{ key: string }>(
      "select key_id as key from documents union select key_id from people where key_id is not null union select key_id from signing_keys",
    );
    expect(keys).toHaveLength(1);
    expect(keys[0]?.key).not.toBe(before?.key);
    expect(digestOf(await store.documents.bytes(digestOf(uploaded)))).toBe(digestOf(uploaded));
    await store.close();
    await expect(openStore({ place: where, secret, now: () => clock.now })).rejects.toMatchObject({
      code: "wrong-key",
    });
    const again = await open({ place: where, secret: next });
    expect(digestOf(await again.documents.bytes(digestOf(uploaded)))).toBe(digestOf(uploaded));
    expect(await again.people.personOf(await again.people.pseudonymOf("ana.ruiz"))).toBe("ana.ruiz");
  });

  test("people: a pseudonym stands for one person until the person is erased, then for nobody", async () => {
    const store = await open();
    const [first, same] = await Promise.all([
      store.people.pseudonymOf("ana"),
      store.people.pseudonymOf("ana"),
    ]);
    expect(same).toBe(first);
    const other = await store.people.pseudonymOf("ben");
    expect([...(await store.people.personsOf([first, other, "p-nobody"]))].sort()).toEqual(
      [
        [first, "ana"],
        [other, "ben"],
      ].sort(),
    );
    expect(await store.people.erase("ana")).toBe(true);
    expect(await store.people.personOf(first)).toBeUndefined();
    expect(await store.people.pseudonymOf("ana")).not.toBe(first);
  });

  test("tokens: recognised by the secret alone, until they expire or are revoked", async () => {
    const store = await open();
    const { token, secret: key } = await store.tokens.issue({
      name: "ci",
      person: "p-1",
      scopes: ["read"],
      expiresAt: "2026-12-01T00:00:00.000Z",
    });
    expect(await store.tokens.recognise(key)).toMatchObject({ id: token.id, scopes: ["read"] });
    expect(
      await store.tokens.recognise(`${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`),
    ).toBeUndefined();
    clock.now = "2026-12-01T00:00:00.000Z";
    expect(await store.tokens.recognise(key)).toBeUndefined();
    clock.now = "2026-11-23T00:00:00.000Z";
    expect(await store.tokens.revoke(token.id)).toBe(true);
    expect(await store.tokens.recognise(key)).toBeUndefined();
    expect(JSON.stringify(await store.query("select * from tokens"))).not.toContain(key.slice(6));
  });

  test("sessions: one that was seen expired stays ended when the clock is set back", async () => {
    const store = await open();
    const { secret: key } = await store.sessions.begin({
      person: "p-1",
      scopes: ["read"],
      method: "oidc",
      expiresAt: "2026-11-22T20:00:00.000Z",
    });
    const idle = 10 * 3_600_000;
    expect(await store.sessions.recognise(key, idle)).toMatchObject({ person: "p-1", scopes: ["read"] });
    clock.now = "2026-11-22T20:00:00.000Z";
    expect(await store.sessions.recognise(key, idle)).toBeUndefined();
    clock.now = "2026-11-22T12:00:00.000Z";
    expect(await store.sessions.recognise(key, idle)).toBeUndefined();
  });

  test("sessions: one that nobody used for the idle time ends; one that is used lives on", async () => {
    const store = await open();
    const { secret: key } = await store.sessions.begin({
      person: "p-1",
      scopes: [],
      method: "oidc",
      expiresAt: "2026-11-22T20:00:00.000Z",
    });
    for (const minute of [25, 50, 75]) {
      clock.now = new Date(Date.parse("2026-11-22T12:00:00.000Z") + minute * 60_000).toISOString();
      expect(await store.sessions.recognise(key, 30 * 60_000)).toBeDefined();
    }
    clock.now = "2026-11-22T13:45:00.000Z";
    expect(await store.sessions.recognise(key, 30 * 60_000)).toBeUndefined();
    clock.now = "2026-11-22T13:20:00.000Z";
    expect(await store.sessions.recognise(key, 30 * 60_000)).toBeUndefined();
  });

  test("sessions: one that rests on a token ends with the token", async () => {
    const store = await open();
    const begun = { person: "p-1", scopes: ["read"], method: "token", expiresAt: "2026-11-23T00:00:00.000Z" };
    const { token } = await store.tokens.issue({ name: "a", person: "p-1", scopes: ["read"] });
    const { token: short } = await store.tokens.issue({
      name: "b",
      person: "p-1",
      scopes: ["read"],
      expiresAt: "2026-11-22T13:00:00.000Z",
    });
    const day = 86_400_000;
    const { secret: first } = await store.sessions.begin({ ...begun, token: token.id });
    const { secret: second } = await store.sessions.begin({ ...begun, token: short.id });
    expect(await store.sessions.recognise(first, day)).toMatchObject({ token: token.id });
    await store.tokens.revoke(token.id);
    expect(await store.sessions.recognise(first, day)).toBeUndefined();
    expect(await store.sessions.recognise(second, day)).toBeDefined();
    clock.now = "2026-11-22T13:00:00.000Z";
    expect(await store.sessions.recognise(second, day)).toBeUndefined();
    expect(JSON.stringify(await store.query("select * from sessions"))).toBe("[]");
  });

  test("catalogues: of two who changed the same version one is told", async () => {
    const store = await open();
    const add = (text: string, expected: number) =>
      store.catalogues.add({ bytes: Buffer.from(text), expected, by: "p-1", note: "" });
    expect((await add("version: 1", 0)).kind).toBe("stored");
    expect((await add("version: 1", 1)).kind).toBe("unchanged");
    const both = await Promise.all([add("a: 1", 1), add("a: 2", 1)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["conflict", "stored"]);
    expect((await store.catalogues.current())?.version).toBe(2);
    expect(Buffer.from((await store.catalogues.bytes(1)) ?? []).toString()).toBe("version: 1");
  });

  test("cases: rows are the fold of their events, filters and pages agree with a filter over all", async () => {
    const store = await open();
    await furnish(store);
    const row = (await store.cases.find("R-TEST")) as CaseRow;
    expect(row.sequence).toBe(4);
    await store.cases.save({ ...row, sequence: 3, title: "came late" });
    expect((await store.cases.find("R-TEST"))?.title).toBe("after 4 events");
    for (let index = 0; index < 40; index += 1)
      await store.cases.save({
        ...row,
        id: `case-${String(index)}`,
        severity: index % 5,
        state: index % 3 === 0 ? "closed" : "open",
        owner: `p-${String(index % 2)}`,
        dueAt: new Date(Date.UTC(2026, 10, 1 + (index % 20))).toISOString(),
      });
    const all: CaseRow[] = [];
    for (let after: string | undefined; ;) {
      const page = await store.cases.list({}, { limit: 9, ...(after === undefined ? {} : { after }) });
      all.push(...page.items);
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(41);
    const some = await store.cases.list({ state: "closed", owner: "p-1", severity: 2 }, {});
    expect(some.items).toEqual(
      all.filter((each) => each.state === "closed" && each.owner === "p-1" && each.severity >= 2),
    );
    const due = await store.cases.due("2026-11-03T00:00:00.000Z", 100);
    expect(due.map(({ dueAt }) => dueAt)).toEqual(due.map(({ dueAt }) => dueAt).sort());
    expect(due).toHaveLength(6);
    expect(await store.cases.rebuild(project)).toBe(1);
    expect((await store.cases.list({}, {})).items).toEqual([row]);
  });

  test("cases: counts are those of the lists, whatever is filtered, seen and changed", async () => {
    const store = await open();
    const rows = new Map<string, CaseRow>();
    const save = async (row: CaseRow): Promise<void> => {
      await store.cases.save(row);
      rows.set(row.id, row);
    };
    const number = fc.integer({ min: 0, max: 29 });
    for (const row of fc.sample(caseRow(number), 40)) await save(row);
    await fc.assert(
      fc.asyncProperty(caseFilter, caseRow(number), async (filter, changed) => {
        await save(changed);
        expect(await counted(store, filter, rows)).toEqual(await listed(store, filter, rows));
      }),
      { numRuns: runs.slowProperty },
    );
    // Of what no event tells: who a catalogue says that it concerns, and a row that goes.
    const visible = { kind: "audience", anyOf: ["team:new"] } as const;
    expect(await store.cases.count({ visible })).toBe(0);
    await store.cases.cover(() => ["team:new"], 3);
    expect(await store.cases.coveredBy()).toBe(3);
    expect(await store.cases.count({ visible })).toBe(rows.size);
    await store.query("delete from cases where id = $1", [[...rows.keys()][0]]);
    expect(await store.cases.count({})).toBe(rows.size - 1);
    await store.cases.rebuild(project);
    expect(await store.cases.coveredBy()).toBe(0);
    expect(await store.cases.count({})).toBe(0);
    await save({ ...([...rows.values()][0] as CaseRow), id: "R-LAST" });
    expect(await store.cases.count({})).toBe(1);
    await store.query("truncate cases, case_changes");
    expect(await store.cases.count({})).toBe(0);
  });

  // The embedded database has one connection: there, nothing runs beside a transaction.
  const onServers = kind === "postgres" ? test : undefined;
  onServers?.("cases: what ends late is counted when it has ended", async () => {
    const where = await place();
    const [store, other] = [await open({ place: where }), await open({ place: where })];
    const [first, second, third] = fc
      .sample(caseRow(fc.constant(0)), 3)
      .map((row, at) => ({ ...row, id: `R-${String(at)}` })) as [CaseRow, CaseRow, CaseRow];
    expect(await store.cases.count({})).toBe(0);
    await other.transaction(async ({ cases }) => {
      await cases.save(first);
      expect(await cases.count({})).toBe(1);
      await store.cases.save(second);
      expect(await store.cases.count({})).toBe(1);
      await store.cases.save(third);
      expect(await store.cases.count({})).toBe(2);
    });
    expect(await store.cases.count({})).toBe(3);
    expect(await other.cases.count({})).toBe(3);
  });

  test("a transaction is all or nothing, over every repository", async () => {
    const store = await open();
    await expect(
      store.transaction(async ({ people, documents, tokens }) => {
        await people.pseudonymOf("ana");
        await documents.put(Buffer.from("x"));
        await tokens.issue({ name: "a", person: "p", scopes: [] });
        throw new Error("in the end no");
      }),
    ).rejects.toThrow("in the end no");
    expect(await store.tokens.list()).toEqual([]);
    expect(await store.documents.find(digestOf(Buffer.from("x")))).toBeUndefined();
  });
});
