import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.js";
import { dbSchema, ledgerCheckSchema } from "../../src/contract/index.js";
import { runRemit } from "../run-remit.js";
import { secret } from "./both-databases.js";
import { createEmbedded } from "./embedded-template.js";
import { furnish } from "./furnished.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

const now = () => "2026-11-22T12:00:00.000Z";
let server: PostgresServer;
let folder = "";
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-cli-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("an embedded installation moves to PostgreSQL in two commands, and the file alone proves the ledger", async () => {
  await createEmbedded(folder);
  const store = await openStore({ place: { kind: "embedded", home: folder }, secret, now });
  await furnish(store);
  await store.close();
  const env = { REMIT_HOME: folder, REMIT_SECRET_KEY: secret };
  const file = join(folder, "all.remit");

  const exported = await runRemit(["db", "export", file, "--format", "json"], env);
  expect(exported.code, exported.err).toBe(0);
  const document = dbSchema.parse(JSON.parse(exported.out));
  expect(document.tables.find(({ table }) => table === "events")?.rows).toBe(4);

  const place = { REMIT_DATABASE_URL: await server.database(), REMIT_SECRET_KEY: secret };
  const imported = await runRemit(["db", "import", file], place);
  expect(imported.code, imported.err).toBe(0);
  expect(imported.out).toMatch(/^imported {2}.*all\.remit · \d+ rows$/m);
  const again = await runRemit(["db", "import", file], place);
  expect([again.code, again.err]).toEqual([4, expect.stringContaining("is not empty") as string]);

  const verified = await runRemit(["ledger", "verify", file]);
  expect([verified.code, verified.out]).toEqual([
    0,
    expect.stringMatching(
      /^whole {2}4 events in 1 case · last link [0-9a-f]{64}\nsigned up to 4 by [0-9a-f]{16}/,
    ) as string,
  ]);
  const here = await runRemit(["ledger", "verify", "--format", "json"], place);
  expect(ledgerCheckSchema.parse(JSON.parse(here.out))).toMatchObject({ whole: true, events: 4 });
  const other = await runRemit(["ledger", "verify", file, "--key", "0123456789abcdef"]);
  expect([other.code, other.out]).toEqual([1, expect.stringContaining("broken at 4") as string]);
});

test("an installation that is open elsewhere is refused with its holder, and one that is not there is not made", async () => {
  await createEmbedded(folder);
  const store = await openStore({ place: { kind: "embedded", home: folder }, secret, now });
  try {
    const refused = await runRemit(["db", "export", join(folder, "all.remit")], { REMIT_HOME: folder });
    expect([refused.code, refused.err]).toEqual([
      4,
      expect.stringContaining("is open in this process") as string,
    ]);
  } finally {
    await store.close();
  }
  const nowhere = await runRemit(["db", "export", join(folder, "all.remit"), "--home", join(folder, "none")]);
  expect([nowhere.code, nowhere.err]).toEqual([
    2,
    expect.stringContaining("there is no installation") as string,
  ]);
  const nothing = await runRemit(["ledger", "verify", join(folder, "none.remit")]);
  expect([nothing.code, nothing.err]).toEqual([4, expect.stringContaining("cannot be read") as string]);
});
