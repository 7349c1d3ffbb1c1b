import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Kysely, sql } from "kysely";
import { openEmbedded } from "../../src/store/engine/embedded-engine.js";
import { openEngine } from "../../src/store/engine/open-engine.js";
import { lockFolder } from "../../src/store/engine/folder-lock.js";
import { migrate } from "../../src/store/migrations/migrate.js";
import { migrations } from "../../src/store/migrations/migration.js";
import { openStore } from "../../src/store/index.js";
import { onBothDatabases, secret } from "./both-databases.js";
import { createEmbedded } from "./embedded-template.js";
import { eventsOf } from "./ledger-events.js";
import { startPostgres } from "./postgres-server.js";

const now = () => "2026-11-22T12:00:00.000Z";
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-faults-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the lock of the embedded database", () => {
  const file = () => join(folder, "database.lock");

  test("a second opening is refused with the holder's name, in this process and in another", async () => {
    await createEmbedded(folder);
    const place = { kind: "embedded", home: folder } as const;
    const store = await openStore({ place, secret, now });
    await expect(openStore({ place, secret, now })).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining("is open in this process") as string,
    });
    await store.close();
    const release = lockFolder(file(), now());
    writeFileSync(
      file(),
      JSON.stringify({ ...JSON.parse(readFileSync(file(), "utf8")), pid: 1, started: undefined }),
    );
    expect(() => lockFolder(file(), now())).toThrow(
      /is open in process 1 \(`.*`, since 2026-11-22T12:00:00.000Z\)/,
    );
    release();
    expect(existsSync(file())).toBe(true);
  });

  test("the lock of a process that has died is taken over, also where another one has its number now", () => {
    const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
    writeFileSync(file(), JSON.stringify({ pid: dead, host: hostname(), command: "x", since: now() }));
    lockFolder(file(), now())();
    writeFileSync(
      file(),
      JSON.stringify({ pid: process.pid, host: hostname(), started: "1", command: "x", since: now() }),
    );
    lockFolder(file(), now())();
    expect(existsSync(file())).toBe(false);
  });

  test("on another machine it is never taken for dead", () => {
    writeFileSync(file(), JSON.stringify({ pid: 1, host: "elsewhere", command: "x", since: now() }));
    expect(() => lockFolder(file(), now())).toThrow("on `elsewhere`");
  });
});

describe("the folder of the embedded database", () => {
  test("a creation that was cut off is never taken for a database", async () => {
    await createEmbedded(folder);
    cpSync(join(folder, "database"), join(folder, "database.new"), { recursive: true });
    rmSync(join(folder, "database.new", "base"), { recursive: true });
    const store = await openStore({ place: { kind: "embedded", home: folder }, secret, now });
    await store.ping();
    await store.close();
    expect(readdirSync(folder)).not.toContain("database.new");
  });

  test("a folder of another PostgreSQL is refused before it is touched", async () => {
    await createEmbedded(folder);
    writeFileSync(join(folder, "database", "PG_VERSION"), "17\n");
    await expect(openStore({ place: { kind: "embedded", home: folder }, secret, now })).rejects.toMatchObject(
      {
        code: "newer",
        message: expect.stringContaining("written by PostgreSQL 17") as string,
      },
    );
  });

  test("it checkpoints and clears away by itself, having no process that does", async () => {
    await createEmbedded(folder);
    const engine = await openEmbedded({ home: folder, now, checkpointMs: 20 });
    try {
      const db = new Kysely<Record<string, never>>({ dialect: engine.dialect });
      await sql`create table heap as select n from generate_series(1, 1000) as n`.execute(db);
      for (let counted = -1; counted < 1000;) {
        const { rows } = await sql<{ counted: number }>`
          select reltuples::int as counted from pg_class where relname = 'heap'`.execute(db);
        counted = rows[0]?.counted ?? -1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await engine.close();
    }
  });

  test("it asks the disk to keep what was committed", async () => {
    await createEmbedded(folder);
    const store = await openStore({ place: { kind: "embedded", home: folder }, secret, now });
    const [fsync] = await store.query<{ fsync: string }>("show fsync");
    const [method] = await store.query<{ wal_sync_method: string }>("show wal_sync_method");
    await store.close();
    expect([fsync, method]).toEqual([{ fsync: "on" }, { wal_sync_method: "fsync" }]);
  });

  test("a full disk refuses the import and loses nothing; with space it goes on", async () => {
    await createEmbedded(folder);
    const script = join(import.meta.dirname, "full-disk-writer.mjs");
    // No file may grow beyond 24 MB: the kernel refuses the write as it does on a full disk, and tells by the result.
    const limited = spawnSync(
      "bash",
      ["-c", `trap '' XFSZ; ulimit -f 24576; exec "$0" "$@"`, process.execPath, script, folder],
      { encoding: "utf8", timeout: 200_000 },
    );
    expect(limited.status, limited.stderr).toBe(0);
    const { before, code, after } = JSON.parse(limited.stdout) as Record<string, unknown>;
    expect({ before, code, after }).toEqual({ before: 2, code: "full", after: 2 });
    const store = await openStore({ place: { kind: "embedded", home: folder }, secret, now });
    expect((await store.ledger.head()).position).toBe(2);
    expect((await store.documents.put(Buffer.alloc(100, "x"))).size).toBe(100);
    await store.close();
  }, 240_000);
});

test("PostgreSQL away and back: what cannot be done says so, and goes on by itself", async () => {
  const server = await startPostgres();
  try {
    const store = await openStore({ place: { kind: "postgres", url: await server.database() }, secret, now });
    await store.ledger.append({ stream: "case-a", expected: 0, events: eventsOf("case-a", 1) });
    await server.kill();
    const [first] = eventsOf("case-a", 1);
    const second = {
      stream: "case-a",
      expected: 1,
      events: eventsOf("case-a", 1, first),
      command: { key: "k", request: "r" },
    };
    await expect(store.ledger.append(second)).rejects.toMatchObject({ code: "unavailable", retry: true });
    await expect(store.ping()).rejects.toMatchObject({ code: "unavailable" });
    await server.start();
    // Whoever does not know whether it took effect sends it again, under the same key.
    expect((await store.ledger.append(second)).kind).toBe("appended");
    expect((await store.ledger.append(second)).kind).toBe("repeated");
    await store.close();
  } finally {
    await server.remove();
  }
});

onBothDatabases("migrations", ({ place }) => {
  const step = (name: string, sql: string) => ({ name, sql, checksum: name + sql });
  const next = step("999-next", "create table next (id text); insert into next values ('a;b')");

  test("run from nothing and from the version before, once, and are never gone back on", async () => {
    const engine = await openEngine(await place(), now);
    try {
      const db = new Kysely<Record<string, never>>({ dialect: engine.dialect });
      await migrate(db, engine, migrations(), now());
      expect((await migrate(db, engine, migrations(), now())).ran).toEqual([]);
      const broken = step("999-next", "create table next (id text); select 1/0");
      await expect(migrate(db, engine, [...migrations(), broken], now())).rejects.toThrow("division by zero");
      const { ran, backup } = await migrate(db, engine, [...migrations(), next], now());
      expect(ran).toEqual(["999-next"]);
      expect(backup === undefined ? "none" : existsSync(join(backup, "PG_VERSION"))).toBe(
        engine.kind === "embedded" ? true : "none",
      );
      await expect(migrate(db, engine, migrations(), now())).rejects.toMatchObject({ code: "newer" });
      await expect(
        migrate(db, engine, [...migrations(), { ...next, checksum: "other" }], now()),
      ).rejects.toMatchObject({ code: "changed-migration" });
    } finally {
      await engine.close();
    }
  });
});
