import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backupSchema } from "../../src/contract/index.js";
import { openStore, type Place } from "../../src/store/index.js";
import { runRemit, type Ran } from "../run-remit.js";
import { secret } from "./both-databases.js";
import { createEmbedded } from "./embedded-template.js";
import { furnish } from "./furnished.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

const now = () => "2026-11-22T12:00:00.000Z";
let server: PostgresServer;
let folder = "";
/** An installation whose key lies in its folder, what it holds, and a backup of it. */
let home = "";
let backup = "";
let before: Awaited<ReturnType<typeof contents>>;
beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "remit-backup-"));
  home = join(folder, "home");
  await createEmbedded(home);
  writeFileSync(join(home, "secret.key"), `${secret}\n`);
  const store = await openStore({ place: { kind: "embedded", home }, secret, now });
  await furnish(store);
  before = await store.exportTo(join(folder, "before.remit"));
  await store.close();
  backup = join(folder, "backup");
});
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that an installation keeps, with its sum: table by table. */
async function contents(place: Place) {
  const store = await openStore({ place, secret, now });
  try {
    return await store.exportTo(join(folder, "contents.remit"));
  } finally {
    await store.close();
  }
}

const restore = (from: string, into: string, more: Record<string, string> = {}) =>
  runRemit(["db", "restore", from, "--format", "json"], { REMIT_HOME: join(folder, into), ...more });
const report = (run: Ran) => backupSchema.parse(JSON.parse(run.out));

describe("of the embedded database", () => {
  test("is whole or not there, names the key that it takes, and holds no key unless asked", async () => {
    const made = await runRemit(["db", "backup", backup], { REMIT_HOME: home });
    expect([made.code, made.out]).toEqual([
      0,
      expect.stringContaining(`keep ${join(home, "secret.key")} somewhere else`) as string,
    ]);
    expect(readdirSync(backup).sort()).toEqual(["database", "manifest.json"]);
    const over = await runRemit(["db", "backup", backup], { REMIT_HOME: home });
    expect([over.code, over.err]).toEqual([4, expect.stringContaining("exists already") as string]);
  });

  test("comes back row by row, ledger and key checked; over something it is refused", async () => {
    const back = await restore(backup, "fresh", { REMIT_SECRET_KEY: secret });
    expect(back.code, back.err).toBe(0);
    expect(report(back)).toMatchObject({
      ...{ done: "restored", kind: "embedded", key: "checked" },
      ledger: { whole: true, events: 4 },
    });
    const place: Place = { kind: "embedded", home: join(folder, "fresh") };
    expect(await contents(place)).toEqual(before);
    const twice = await restore(backup, "fresh", { REMIT_SECRET_KEY: secret });
    expect([twice.code, twice.err]).toEqual([4, expect.stringContaining("move it away first") as string]);
    expect(await contents(place)).toEqual(before);
  });

  test("what is damaged is refused with its name, and nothing is left behind", async () => {
    const control = join("database", "global", "pg_control");
    const [wal = ""] = readdirSync(join(backup, "database/pg_wal")).filter((name) =>
      /^[0-9A-F]{24}$/.test(name),
    );
    const copy = join(folder, "copy");
    cpSync(backup, copy, { recursive: true });
    const harm: readonly (readonly [file: string, (file: string) => void, RegExp])[] = [
      [control, (file) => appendFileSync(file, "x"), /pg_control` has \d+ bytes and not \d+/],
      [join("database/pg_wal", wal), flip, /`database\/pg_wal\/\w+` was changed/],
      [join("database", "PG_VERSION"), rmSync, /`database\/PG_VERSION` is missing/],
      [
        join("database", "base", "more"),
        (file) => writeFileSync(file, ""),
        /`database\/base\/more` was added/,
      ],
      ["manifest.json", rmSync, /is no backup: it has no manifest\.json/],
      ["manifest.json", (file) => writeFileSync(file, '{"schema":'), /`manifest\.json` cannot be read/],
      [
        "manifest.json",
        (file) =>
          writeFileSync(file, readFileSync(file, "utf8").replace('"database/PG_VERSION"', '"../PG_VERSION"')),
        /`manifest\.json` cannot be read/,
      ],
    ];
    for (const [name, change, message] of harm) {
      change(join(copy, name));
      const run = await restore(copy, "none");
      expect([name, run.code, run.err]).toEqual([name, 4, expect.stringMatching(message) as string]);
      rmSync(join(copy, name), { force: true });
      if (existsSync(join(backup, name))) cpSync(join(backup, name), join(copy, name));
    }
    const nothing = await runRemit(["ledger", "verify"], { REMIT_HOME: join(folder, "none") });
    expect([nothing.code, nothing.err]).toEqual([
      2,
      expect.stringContaining("there is no installation") as string,
    ]);
  });

  test("with another key it is refused; without one it says what stays sealed", async () => {
    const wrong = await restore(backup, "wrong", {
      REMIT_SECRET_KEY: "some other key, of forty characters or so",
    });
    expect([wrong.code, wrong.err]).toEqual([4, expect.stringContaining("REMIT_SECRET_KEY") as string]);
    expect(existsSync(join(folder, "wrong", "database"))).toBe(false);
    expect(report(await restore(backup, "sealed"))).toMatchObject({ key: "missing" });
  });

  test("the key may be part of it, and then comes back with it", async () => {
    const both = join(folder, "both");
    const made = await runRemit(["db", "backup", both, "--with-key"], { REMIT_HOME: home });
    expect([made.code, made.out]).toEqual([0, expect.stringContaining("whoever has this backup") as string]);
    expect(report(await restore(both, "with-key"))).toMatchObject({ key: "checked" });
    expect(readFileSync(join(folder, "with-key", "secret.key"), "utf8").trim()).toBe(secret);
  });

  test("while it is open, the process that has it makes one; a copy that a migration left is restored too", async () => {
    const store = await openStore({ place: { kind: "embedded", home }, secret, now });
    try {
      const run = await runRemit(["db", "backup", join(folder, "refused")], { REMIT_HOME: home });
      expect([run.code, run.err]).toEqual([4, expect.stringContaining("is open in this process") as string]);
      await store.backupTo(join(folder, "online"));
    } finally {
      await store.close();
    }
    const left = join(folder, "online", "database");
    expect(report(await restore(left, "undone"))).toMatchObject({
      kind: "embedded",
      ledger: { whole: true, events: 4 },
    });
  });

  test("is not taken by PostgreSQL, and the way there is said", async () => {
    const run = await restore(backup, "x", { REMIT_DATABASE_URL: await server.database() });
    expect([run.code, run.err]).toEqual([4, expect.stringContaining("db export") as string]);
  });
});

test("of PostgreSQL: everything as rows, into an empty PostgreSQL or an embedded folder; a damaged one into neither", async () => {
  const [url, other, third] = [await server.database(), await server.database(), await server.database()];
  const store = await openStore({ place: { kind: "postgres", url }, secret, now });
  await furnish(store);
  const rows = await store.exportTo(join(folder, "rows.remit"));
  await store.close();
  const target = join(folder, "rows");
  const keyed = { REMIT_SECRET_KEY: secret };
  const made = await runRemit(["db", "backup", target], { ...keyed, REMIT_DATABASE_URL: url });
  expect(made.code, made.err).toBe(0);
  const back = await restore(target, "x", { ...keyed, REMIT_DATABASE_URL: other });
  expect(report(back)).toMatchObject({ kind: "archive", key: "checked", ledger: { whole: true, events: 4 } });
  expect(await contents({ kind: "postgres", url: other })).toEqual(rows);
  const over = await restore(target, "x", { ...keyed, REMIT_DATABASE_URL: other });
  expect([over.code, over.err]).toEqual([4, expect.stringContaining("is not empty") as string]);
  expect(report(await restore(target, "from-rows", keyed))).toMatchObject({ key: "checked" });
  flip(join(target, "archive.remit"));
  const damaged = await restore(target, "x", { ...keyed, REMIT_DATABASE_URL: third });
  expect([damaged.code, damaged.err]).toEqual([
    4,
    expect.stringContaining("`archive.remit` was changed") as string,
  ]);
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}
