import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  analyseWhatCame,
  applyRetention,
  createReach,
  defaultRetention,
  followCatalogue,
  readRetention,
  takeInCatalogue,
  takeInDocuments,
} from "../../src/app/index.js";
import { coverAfterUpgrade, coverageVersion } from "../../src/app/cases/cover-cases.js";
import { jobHandlers } from "../../src/app/jobs/job-handlers.js";
import { caseRecordOf } from "../../src/app/cases/case-row.js";
import { install, installExample, startOfExample, type Installed } from "../server/installed.js";

const days = (count: number): string =>
  new Date(Date.parse(startOfExample) + count * 86_400_000).toISOString();

describe("what ends by the day", () => {
  let installed: Installed;
  beforeAll(async () => {
    installed = await installExample();
  }, 200_000);
  afterAll(() => installed.end());

  test("R62: when something of the catalogue has ended, everything is analysed anew, once", async () => {
    const { installation } = installed;
    const { store } = installation;
    installed.setTime(days(1));
    expect(await followCatalogue(installation)).toEqual({ ended: [], stripped: [] });
    const before = await store.snapshots.latest("analysis", "*");
    // What examples/remit.yaml intends and sanctions, it does until 2036-01-31.
    installed.setTime("2036-02-01T00:00:00.000Z");
    const { ended } = await followCatalogue(installation);
    expect(ended).toEqual(["2036-01-31"]);
    const after = await store.snapshots.latest("analysis", "*");
    expect(after?.takenAt).toBe("2036-02-01T00:00:00.000Z");
    expect(after?.id).not.toBe(before?.id);
    expect((await followCatalogue(installation)).ended).toEqual([]);
  }, 100_000);

  test("ownership 6c: who has left is taken out of every case by itself, and the ledger says so", async () => {
    const { installation, app } = installed;
    const { store } = installation;
    const answer = await app.request("/api/v1/cases/R-6K4V/commands", {
      method: "POST",
      headers: {
        ...(await installed.as("l.meyer", "act")),
        "content-type": "application/json",
        "idempotency-key": "claims-before-leaving",
      },
      body: JSON.stringify({ kind: "claim", track: "contain" }),
    });
    expect(answer.status).toBe(200);
    const current = await store.catalogues.current();
    const text = Buffer.from((await store.catalogues.bytes(current!.version)) ?? []).toString("utf8");
    const bytes = Buffer.from(
      text.replace(/id: l\.meyer,/, "id: l.meyer, active: false, leftAt: 2036-01-31,"),
    );
    const taken = await takeInCatalogue(installation, { bytes, expected: 1, by: "operator", note: "left" });
    expect(taken.kind).toBe("stored");
    const { stripped } = await followCatalogue(installation);
    expect(stripped).toContain("R-6K4V");
    const { state } = caseRecordOf((await store.cases.find("R-6K4V"))!);
    expect(state.work.find(({ track }) => track === "contain")?.person).toBeUndefined();
    expect((await store.ledger.stream("R-6K4V")).at(-1)?.body).toContain('"departed"');
    expect((await followCatalogue(installation)).stripped).toEqual([]);
  }, 100_000);

  test("who sees a case by the catalogue is worked out after an upgrade, by the first job and once", async () => {
    const { installation } = installed;
    const { cases } = installation.store;
    const { analysis } = jobHandlers(
      installation,
      { retention: defaultRetention, reach: createReach([]), clock: Date.now },
      { send: () => Promise.resolve(true) },
    );
    const before = (await cases.access("R-6K4V"))?.audience;
    expect(await cases.coveredBy()).toBe(coverageVersion);
    // As an older release left it.
    await cases.cover(() => ["team:former"], 0);
    expect((await cases.access("R-6K4V"))?.audience).toContain("team:former");
    const last = await installation.store.snapshots.latest("analysis", "*");
    await analysis({});
    expect((await cases.access("R-6K4V"))?.audience).toEqual(before);
    expect(await coverAfterUpgrade(installation)).toBeUndefined();
    // It took no analysis.
    expect((await installation.store.snapshots.latest("analysis", "*"))?.id).toBe(last?.id);
  }, 100_000);

  test("what came and nobody analysed (a webhook, a process that ended) is analysed once", async () => {
    const { installation } = installed;
    expect(await analyseWhatCame(installation)).toBeUndefined();
    installed.setTime("2036-02-02T00:00:00.000Z");
    await takeInDocuments(installation, "findings", [{ path: "late.json", bytes: Buffer.from("[]") }]);
    installed.setTime("2036-02-02T00:00:01.000Z");
    expect((await analyseWhatCame(installation))?.digest).toHaveLength(64);
    expect(await analyseWhatCame(installation)).toBeUndefined();
  }, 100_000);

  test("the end of the ledger is signed, and signed again only after something was added", async () => {
    const { installation } = installed;
    const { checkpoint } = jobHandlers(
      installation,
      { retention: defaultRetention, reach: createReach([]), clock: Date.now },
      { send: () => Promise.resolve(true) },
    );
    await checkpoint({});
    const first = await installation.store.checkpoints.latest();
    expect(first?.position).toBe((await installation.store.ledger.head()).position);
    await checkpoint({});
    expect((await installation.store.checkpoints.list({})).items).toHaveLength(1);
  });
});

describe("what is kept no longer", () => {
  test("replaced uploads, old scans and old analyses go; what shows the world as it is, and the ledger, stay", async () => {
    const installed = await install();
    const { installation } = installed;
    const { store } = installation;
    const upload = (path: string, text: string) => ({ path, bytes: Buffer.from(text) });
    try {
      await takeInDocuments(installation, "estate", [
        upload("a.json", '{"a":1}'),
        upload("b.json", '{"b":1}'),
      ]);
      await takeInDocuments(installation, "findings", [upload("one.json", "[1]")]);
      installed.setTime(days(200));
      await takeInDocuments(installation, "estate", [upload("a.json", '{"a":2}')]);
      await takeInDocuments(installation, "findings", [upload("two.json", "[2]")]);
      installed.setTime(days(300));
      await takeInDocuments(installation, "estate", [upload("a.json", '{"a":3}')]);
      await takeInDocuments(installation, "findings", [upload("three.json", "[3]")]);
      installed.setTime(days(450));
      const nothing = await applyRetention(installation, { ...defaultRetention, estate: 500, findings: 500 });
      expect(nothing).toMatchObject({ snapshots: 0, documents: 0 });
      const gone = await applyRetention(installation, { ...defaultRetention, estate: 100, findings: 200 });
      // The first upload is still the newest that shows `b.json`; the second shows nothing that is in force.
      expect(gone).toMatchObject({ snapshots: 3, documents: 3 });
      const left = (await store.snapshots.list({}, {})).items;
      expect(left.map(({ kind, takenAt }) => `${kind} ${takenAt}`).sort()).toEqual([
        `estate ${days(0)}`,
        `estate ${days(300)}`,
        `findings ${days(300)}`,
      ]);
      for (const { id } of left)
        for (const { digest } of await store.snapshots.documents(id))
          expect((await store.documents.bytes(digest)).length).toBeGreaterThan(0);
      expect(
        await applyRetention(installation, { ...defaultRetention, estate: 100, findings: 200 }),
      ).toMatchObject({ snapshots: 0, documents: 0 });
    } finally {
      await installed.end();
    }
  });

  test.each([
    ["findings=90", { ...defaultRetention, findings: 90 }],
    ["findings=90, analyses=30", { ...defaultRetention, findings: 90, analyses: 30 }],
    ["ledger=1", { wrong: "ledger=1" }],
    ["findings=0", { wrong: "findings=0" }],
    ["", { wrong: "" }],
  ])("`%s` is read", (text, expected) => expect(readRetention(text)).toEqual(expected));
});
