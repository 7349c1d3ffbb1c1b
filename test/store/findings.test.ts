import fc from "fast-check";
import { expect, test } from "vitest";
import { foldFindings, noFindings, type FindingEvent } from "../../src/core/findings/index.js";
import type { Store } from "../../src/store/index.js";
import { runs } from "../settings.js";
import { onBothDatabases } from "./both-databases.js";
import { aScan, importOf, type Scan } from "./finding-scans.js";

async function allOf<Item>(page: (after?: string) => Promise<{ items: readonly Item[]; next?: string }>) {
  const items: Item[] = [];
  for (let after: string | undefined; ;) {
    const { items: more, next } = await page(after);
    items.push(...more);
    if (next === undefined) return items;
    after = next;
  }
}

const held = (store: Store) =>
  allOf((after) => store.findings.list({}, { limit: 7, ...(after === undefined ? {} : { after }) }));

const byFingerprint = <Item extends { readonly fingerprint: string }>(items: readonly Item[]) =>
  [...items].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0));

const failing: Scan = {
  day: 1,
  tool: "prowler",
  account: 0,
  cells: [
    { check: 0, resource: 0, part: 0, result: "fail" },
    { check: 0, resource: 1, part: 0, result: "pass" },
  ],
  cut: false,
  path: 1,
};
const passing: Scan = {
  ...failing,
  day: 2,
  cells: [
    { check: 0, resource: 0, part: 0, result: "pass" },
    { check: 0, resource: 1, part: 0, result: "pass" },
  ],
};

onBothDatabases("findings", ({ open, clock }) => {
  test("imports into the database come to what the fold over everything in memory gives", async () => {
    const store = await open();
    let worlds = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aScan, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (imports) => {
          worlds += 1;
          const world = `w${String(worlds).padStart(6, "0")}`;
          let expected = noFindings;
          for (const [number, scans] of imports.entries()) {
            const given = importOf(scans, world, number);
            const folded = foldFindings(expected, given);
            expected = folded.state;
            const { id, events } = await store.findings.import(given);
            const told = await allOf((after) =>
              store.findings.events({ import: id }, after === undefined ? {} : { after }),
            );
            expect(events).toBe(told.length);
            expect(lastOfEach(told)).toEqual(lastOfEach(folded.events));
          }
          const records = (await held(store))
            .map(({ record }) => record)
            .filter(({ resource }) => resource.includes(world));
          expect(byFingerprint(records)).toEqual(expected.records);
        },
      ),
      { numRuns: runs.slowProperty },
    );
  }, 300_000);

  test("the same documents again change nothing", async () => {
    const store = await open();
    const given = importOf([failing], "again", 0);
    const first = await store.findings.import(given);
    const again = await store.findings.import(given);
    expect([first.documents, first.events, again.documents, again.events, again.rows]).toEqual([
      1, 1, 0, 0, 0,
    ]);
    expect(await held(store)).toHaveLength(1);
  });

  test("exposures stand as their findings do", async () => {
    const store = await open();
    await store.findings.import(importOf([failing], "stand", 0));
    const [before] = (await store.exposures.list({}, {})).items;
    expect(before).toMatchObject({ state: "open", severity: "high", firstSeen: "2026-11-01T10:00:00.000Z" });
    await store.findings.import(importOf([passing], "stand", 1));
    const [after] = (await store.exposures.list({}, {})).items;
    expect(after).toMatchObject({ id: before?.id, state: "fixed" });
    expect(after?.findings[0]?.evidence).toHaveLength(2);
  });

  test("an acceptance ends with its date, on whatever clock", async () => {
    const store = await open();
    await store.findings.import(importOf([failing], "accept", 0));
    const [finding] = await held(store);
    const fingerprint = finding?.record.fingerprint ?? "";
    const acceptance = {
      at: "2026-11-22T12:00:00.000Z",
      until: "2026-12-01T00:00:00.000Z",
      by: "p-1",
      reason: "patched tomorrow",
    };
    expect(await store.findings.accept(fingerprint, { ...acceptance, reason: " " })).toEqual({
      reason: "an acceptance needs who accepts and why",
    });
    expect(await store.findings.accept(fingerprint, acceptance)).toBeUndefined();
    expect((await store.findings.find(fingerprint))?.record.state).toBe("accepted");
    expect(await store.findings.lapse()).toBe(0);
    clock.now = "2026-12-02T00:00:00.000Z";
    expect(await store.findings.lapse()).toBe(1);
    expect((await store.findings.find(fingerprint))?.record.state).toBe("open");
  });

  test("an import that fails in the middle leaves nothing behind", async () => {
    const store = await open();
    const given = importOf([failing], "fails", 0);
    const broken = (function* () {
      yield* given.passing;
      throw new Error("the file ended early");
    })();
    await expect(store.findings.import({ ...given, passing: broken })).rejects.toThrow("ended early");
    expect(await held(store)).toEqual([]);
    expect((await store.findings.import(given)).documents).toBe(1);
  });

  test("filters and pages agree with a filter over everything", async () => {
    const store = await open();
    const scans = Array.from({ length: 6 }, (_, day): Scan => ({
      ...failing,
      day: day + 1,
      account: day % 2,
      tool: day % 3 === 0 ? "prowler" : "other",
      cells: [0, 1, 2, 3].flatMap((resource) =>
        [0, 1].map(
          (check) =>
            ({ check, resource, part: 0, result: (resource + day) % 3 === 0 ? "muted" : "fail" }) as const,
        ),
      ),
    }));
    await store.findings.import(importOf(scans, "filter", 0));
    const all = await held(store);
    expect(all.length).toBeGreaterThan(15);
    const keys = all.map(({ record, latest }) =>
      [latest.severity, record.lastSeen, record.fingerprint].join(" "),
    );
    expect(keys).toEqual([...keys].sort().reverse());
    for (const filter of [
      { state: "open" },
      { tool: "other" },
      { weakness: "s3.check-1" },
      { open: true },
    ] as const) {
      const some = await store.findings.list(filter, { limit: 1000 });
      const matches = all.filter(({ record }) =>
        Object.entries(filter).every(([name, value]) =>
          name === "open" ? true : record[name as "state"] === value,
        ),
      );
      expect(some.items.map(({ record }) => record.fingerprint)).toEqual(
        matches.map(({ record }) => record.fingerprint),
      );
    }
    await expect(store.findings.list({}, { after: "nonsense" })).rejects.toMatchObject({
      code: "bad-cursor",
    });
  });
});

/** A fold in parts may tell of a step in between; where it ends is the same. */
function lastOfEach(events: readonly FindingEvent[]) {
  return byFingerprint([
    ...new Map(events.map((event) => [`${event.fingerprint} ${event.kind}`, event])).values(),
  ])
    .map(({ fingerprint, kind, to, level }) => ({ fingerprint, kind, to, level }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
