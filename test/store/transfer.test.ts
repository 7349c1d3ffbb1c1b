import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { archiveTables } from "../../src/store/transfer/archive-tables.js";
import { importArchive, openStore, verifyArchive, type Place, type Store } from "../../src/store/index.js";
import { secret } from "./both-databases.js";
import { createEmbedded } from "./embedded-template.js";
import { caseEvents, furnish, uploaded } from "./furnished.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

const now = () => "2026-11-22T12:00:00.000Z";
let server: PostgresServer;
let folder = "";
const opened: Store[] = [];
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-transfer-"));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

let homes = 0;
async function embedded(): Promise<Place> {
  homes += 1;
  const home = mkdtempSync(join(folder, `home-${String(homes)}-`));
  await createEmbedded(home);
  return { kind: "embedded", home };
}
const postgres = async (): Promise<Place> => ({ kind: "postgres", url: await server.database() });

async function open(place: Place, key = secret): Promise<Store> {
  const store = await openStore({ place, secret: key, now });
  opened.push(store);
  return store;
}

async function close(store: Store): Promise<void> {
  opened.splice(opened.indexOf(store), 1);
  await store.close();
}

/** An archive of an installation with something in every table. */
async function furnished(place: Place): Promise<string> {
  const store = await open(place);
  await furnish(store);
  const path = join(folder, "a.remit");
  await store.exportTo(path);
  await close(store);
  return path;
}

/** The archive with one of its lines changed. */
function changed(path: string, change: (lines: string[]) => void): string {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  change(lines);
  const to = join(folder, "changed.remit");
  writeFileSync(to, gzipSync(lines.join("\n")));
  return to;
}

test("an installation moves from the embedded database to PostgreSQL and back, to the last byte (issue 6)", async () => {
  const first = await furnished(await embedded());
  const place = await postgres();
  const { tables, ledger } = await importArchive(first, { place, secret, now });
  expect(tables.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(ledger).toMatchObject({ kind: "whole", events: caseEvents().length, checkpoints: 1, signedTo: 4 });
  const moved = await open(place);
  const [snapshot] = (await moved.snapshots.list({}, {})).items;
  const [document] = await moved.snapshots.documents(snapshot?.id ?? "");
  expect(Buffer.from(await moved.documents.bytes(document?.digest ?? "")).equals(uploaded)).toBe(true);
  const second = join(folder, "b.remit");
  expect(await moved.exportTo(second)).toEqual(tables);
  await close(moved);
  const back = await importArchive(second, { place: await embedded(), secret, now });
  expect(back.tables).toEqual(tables);
  const rows = (path: string) => gunzipSync(readFileSync(path)).toString("utf8").split("\n").slice(1);
  expect(rows(second)).toEqual(rows(first));
});

test("work goes on behind what was brought in", async () => {
  const place = await postgres();
  await importArchive(await furnished(await embedded()), { place, secret, now });
  const store = await open(place);
  const { position } = await store.ledger.head();
  expect(position).toBe(4);
  expect(await store.people.pseudonymOf("ana.ruiz")).toBe((await store.catalogues.current())?.storedBy);
  await furnishMore(store);
  expect((await store.findings.events({}, {})).items).toHaveLength(2);
});

async function furnishMore(store: Store): Promise<void> {
  const { importOf } = await import("./finding-scans.js");
  const cells = [{ check: 0, resource: 5, part: 0, result: "fail" }] as const;
  await store.findings.import(
    importOf([{ day: 2, tool: "prowler", account: 1, cells, cut: false, path: 0 }], "more", 1),
  );
}

test("every table of the database is in the archive", async () => {
  const store = await open(await postgres());
  const rows = await store.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  // What follows from the rest within one database is not carried over.
  const named = [...archiveTables.map(({ name }) => name), "case_changes", "migrations"].sort();
  expect(rows.map(({ name }) => name)).toEqual(named);
});

test("neither uploads nor people nor tokens can be read in an archive", async () => {
  const text = gunzipSync(readFileSync(await furnished(await embedded()))).toString("latin1");
  for (const word of ['acme-exports","words', "ana.ruiz", secret, "remit_"]) expect(text).not.toContain(word);
  expect(text).not.toContain(Buffer.from("ana.ruiz").toString("hex"));
});

test("what is brought in with another secret key is refused, and nothing stays", async () => {
  const path = await furnished(await embedded());
  const place = await postgres();
  const other = "another secret key of thirty-two characters";
  await expect(importArchive(path, { place, secret: other, now })).rejects.toMatchObject({
    code: "wrong-key",
  });
  expect((await importArchive(path, { place, secret, now })).ledger.kind).toBe("whole");
});

test("a database that is not empty is refused", async () => {
  const path = await furnished(await embedded());
  const place = await postgres();
  await importArchive(path, { place, now });
  await expect(importArchive(path, { place, now })).rejects.toMatchObject({ code: "not-empty" });
});

test("any changed byte of an event is found at that event, by who has only the export (done-when 4)", async () => {
  const path = await furnished(await embedded());
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  const events = lines.flatMap((line, index) => (line.startsWith('{"table":"events"') ? [index] : []));
  expect(events).toHaveLength(4);
  for (const [place, index] of events.entries()) {
    const line = lines[index] ?? "";
    // All over the row, the columns that lists show included.
    for (let at = '{"table":"events","row":'.length + 1 + place; at < line.length - 3; at += 97) {
      const letter = line[at] === "x" ? "y" : "x";
      if (line[at] === "\\" || line[at - 1] === "\\") continue;
      const to = changed(path, (all) => {
        all[index] = `${line.slice(0, at)}${letter}${line.slice(at + 1)}`;
      });
      const report = await verifyArchive(to);
      expect(report, line.slice(at - 20, at + 20)).toMatchObject({
        kind: "broken",
        at: { position: place + 1 },
      });
    }
  }
});

test("a rewritten ledger with good sums is found by its signed checkpoint", async () => {
  const place = await postgres();
  const store = await open(place);
  await furnish(store);
  for (const statement of [
    "alter table events disable trigger all",
    "alter table checkpoints disable trigger all",
    "delete from events where position = 4",
  ])
    await store.query(statement).catch(async () => {
      // The checkpoint refers to the event: who rewrites must drop that too.
      await store.query("alter table checkpoints drop constraint checkpoints_position_fkey");
      await store.query(statement);
    });
  const path = join(folder, "cut.remit");
  await store.exportTo(path);
  expect(await verifyArchive(path)).toMatchObject({ kind: "broken" });
  await expect(importArchive(path, { place: await postgres(), now })).rejects.toMatchObject({
    code: "damaged",
  });
});

test("a checkpoint of a key that was not named is told", async () => {
  const path = await furnished(await embedded());
  const report = await verifyArchive(path);
  const keys = report.kind === "whole" ? report.keys : [];
  expect(keys).toHaveLength(1);
  expect(await verifyArchive(path, keys)).toMatchObject({ kind: "whole" });
  expect(await verifyArchive(path, ["0123456789abcdef"])).toMatchObject({
    kind: "broken",
    at: { position: 4, because: expect.stringContaining("none of the keys") as string },
  });
});

test("an archive that was cut off, or is none, is no archive", async () => {
  const path = await furnished(await embedded());
  const cut = join(folder, "half.remit");
  writeFileSync(cut, readFileSync(path).subarray(0, 4000));
  await expect(verifyArchive(cut)).rejects.toMatchObject({ code: "unreadable" });
  const endless = changed(path, (lines) => lines.splice(-2));
  await expect(verifyArchive(endless)).rejects.toThrow("cut off");
  writeFileSync(cut, "hello");
  await expect(verifyArchive(cut)).rejects.toMatchObject({ code: "unreadable" });
  await expect(verifyArchive(join(folder, "nothing.remit"))).rejects.toMatchObject({ code: "unreadable" });
});
