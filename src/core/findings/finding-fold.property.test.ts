import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import type { SourceDocument } from "../estate/index.js";
import { buildCheckReference } from "./check-reference.js";
import { foldFindings, type Folded } from "./finding-fold.js";
import { noFindings, type FindingRecord, type FindingsImport } from "./finding-state.js";
import type { FindingResult, FindingRow } from "./finding.js";
import { normaliseFinding } from "./normalise.js";
import { assertedScopes, createScopeCollector } from "./scope.js";

const reference = buildCheckReference(
  { version: "0", columns: "provider id service classes", aliases: {}, checks: [] },
  { columns: "control", controls: [] },
);

interface Cell {
  readonly check: number;
  readonly resource: number;
  readonly result: FindingResult;
}
/** A scan stamps all its rows with one time, and says one thing about a check on a resource. */
interface Scan {
  readonly day: number;
  readonly cells: readonly Cell[];
  readonly cut: boolean;
}
const cell = fc.record({
  check: fc.nat(1),
  resource: fc.nat(3),
  result: fc.constantFrom<FindingResult>("fail", "fail", "fail", "pass", "pass", "muted", "stale", "manual"),
});
const cells = fc.uniqueArray(cell, { maxLength: 6, selector: (each) => `${each.check}/${each.resource}` });
const scans = (maxLength: number): fc.Arbitrary<readonly Scan[]> =>
  fc.uniqueArray(
    fc.record({ day: fc.integer({ min: 1, max: 9 }), cells, cut: fc.nat(3).map((pick) => pick === 0) }),
    { minLength: 1, maxLength, selector: (each) => each.day },
  );

const at = (day: number): string => `2026-11-0${String(day)}T10:00:00.000Z`;

function rowsOf(scan: Scan, document: SourceDocument): readonly FindingRow[] {
  return scan.cells.map((each, index) => ({
    ...normaliseFinding(
      {
        tool: "prowler",
        provider: "aws",
        check: { kind: "prowler", id: `s3_check_${String(each.check)}` },
        resource: {
          provider: "aws",
          rawId: `arn:aws:s3:::b${String(each.resource)}`,
          rawAccount: "222222222222",
        },
        result: each.result,
        severity: "high",
        title: "t",
        detail: "",
        nativeIds: [],
        tags: {},
        observedAt: at(scan.day),
        quality: [],
      },
      reference,
    ),
    origin: { source: document, pointer: `/${String(index)}` },
  }));
}

/** The import of some files, each a part of a scan. */
function importOf(files: readonly { readonly scan: Scan; readonly name: string }[]): FindingsImport {
  const parts = files.map(({ scan, name }) => {
    const document: SourceDocument = { path: name, digest: `digest of ${name}`, kind: "test" };
    const rows = rowsOf(scan, document);
    const collector = createScopeCollector();
    for (const row of rows) collector.add(row);
    return { document, rows, claims: collector.claims(name, !scan.cut) };
  });
  const rows = parts.flatMap((part) => part.rows);
  return {
    at: at(9),
    documents: parts.map((part) => part.document),
    rows: rows.filter((row) => row.result !== "pass"),
    passing: rows
      .filter((row) => row.result === "pass")
      .map((row) => ({ ...row, weakness: row.weakness.id })),
    scopes: assertedScopes(parts.map((part) => part.claims)),
  };
}
const nameOf = (scan: Scan, part = ""): string => `scan-${String(scan.day)}${part}.json`;
const whole = (scan: Scan): FindingsImport => importOf([{ scan, name: nameOf(scan) }]);
const half = (scan: Scan, which: 0 | 1): { scan: Scan; name: string } => ({
  scan: { ...scan, cells: scan.cells.filter((_, index) => index % 2 === which) },
  name: nameOf(scan, String(which)),
});

const inOrder = (imports: readonly FindingsImport[]): Folded =>
  imports.reduce<Folded>((folded, next) => foldFindings(folded.state, next), {
    state: noFindings,
    events: [],
  });

/** All of a record but which document said it. */
const told = ({ state }: Folded): readonly unknown[] =>
  state.records.map((record: FindingRecord) => ({ ...record, evidence: undefined, lastDocument: undefined }));

const byDay = (given: readonly Scan[]): readonly Scan[] => [...given].sort((a, b) => a.day - b.day);

describe("the fold of imports into findings (Done-when 4 of issue 4)", () => {
  it("importing again changes nothing and emits nothing: the same bytes, and the same rows in other bytes", () => {
    fc.assert(
      fc.property(scans(4), fc.nat(3), (given, pick) => {
        const once = inOrder(byDay(given).map(whole));
        const again = given[pick % given.length] as Scan;
        const same = foldFindings(once.state, whole(again));
        expect(same.state).toEqual(once.state);
        expect(same.events).toEqual([]);
        const copied = foldFindings(once.state, importOf([{ scan: again, name: "copy.json" }]));
        expect(told(copied)).toEqual(told(once));
        expect(copied.events).toEqual([]);
      }),
      { numRuns: runs.property },
    );
  });

  it("the order of rows and of files in an import does not matter", () => {
    fc.assert(
      fc.property(scans(4), fc.infiniteStream(fc.nat()), (given, numbers) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => [numbers.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const files = given.map((scan) => ({ scan, name: nameOf(scan) }));
        const one = foldFindings(noFindings, importOf(files));
        const mixed = importOf(shuffled(files));
        const other = foldFindings(noFindings, {
          ...mixed,
          rows: shuffled(mixed.rows),
          passing: shuffled(mixed.passing),
          scopes: shuffled(mixed.scopes),
        });
        expect(other).toEqual(one);
      }),
      { numRuns: runs.property },
    );
  });

  it("imported one by one, in any order, findings stand as they would in the order of time", () => {
    fc.assert(
      fc.property(scans(4), fc.infiniteStream(fc.nat()), (given, numbers) => {
        const mixed = given
          .map((scan) => [numbers.next().value as number, scan] as const)
          .sort(([a], [b]) => a - b)
          .map(([, scan]) => scan);
        // A scan that is imported late cannot vouch for what was listed before it; its rows can be brought in order.
        const rowsOnly = (list: readonly Scan[]) => list.map((scan) => ({ ...whole(scan), scopes: [] }));
        // Of checks that passed without a finding only the last PASS is kept, so that `since` may be later.
        const standing = (folded: Folded) =>
          folded.state.records.map(({ fingerprint, state, firstSeen, lastSeen }) => [
            fingerprint,
            state,
            firstSeen,
            lastSeen,
          ]);
        expect(standing(inOrder(rowsOnly(mixed)))).toEqual(standing(inOrder(rowsOnly(byDay(given)))));
      }),
      { numRuns: runs.property },
    );
  });

  it("splitting a file changes nothing, whether its parts come together or one after the other", () => {
    fc.assert(
      fc.property(scans(3), (given) => {
        const ordered = byDay(given);
        const expected = told(inOrder(ordered.map(whole)));
        const together = ordered.map((scan) => importOf([half(scan, 0), half(scan, 1)]));
        expect(told(inOrder(together))).toEqual(expected);
      }),
      { numRuns: runs.property },
    );
  });

  it("a PASS closes exactly its own record", () => {
    fc.assert(
      fc.property(scans(3), fc.nat(1), fc.nat(3), (given, check, resource) => {
        const before = inOrder(byDay(given).map(whole));
        const pass: Scan = { day: 9, cut: false, cells: [{ check, resource, result: "pass" }] };
        fc.pre(given.every((scan) => scan.day < 9));
        const single = { ...whole(pass), scopes: [] };
        const after = foldFindings(before.state, single);
        for (const record of after.state.records) {
          const was = before.state.records.find((each) => each.fingerprint === record.fingerprint);
          const own =
            record.check === `s3_check_${String(check)}` &&
            record.resource === `arn:aws:s3:::b${String(resource)}`;
          expect(record.state).toBe(own ? "fixed" : was?.state);
        }
        expect(after.events.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: runs.property },
    );
  });

  it("nothing is fixed that was not seen passing after it failed last, and nothing gone outside of a scope", () => {
    fc.assert(
      fc.property(scans(4), (given) => {
        const { state } = inOrder(byDay(given).map(whole));
        for (const record of state.records) {
          const rows = byDay(given).flatMap((scan) =>
            scan.cells
              .filter((each) => `s3_check_${String(each.check)}` === record.check)
              .map((each) => ({ ...each, day: scan.day })),
          );
          const own = rows.filter((row) => `arn:aws:s3:::b${String(row.resource)}` === record.resource);
          const failed =
            own.filter((row) => row.result === "fail" || row.result === "muted").at(-1)?.day ?? 0;
          if (record.state === "fixed")
            expect(own.some((row) => row.result === "pass" && row.day > failed)).toBe(true);
          if (record.state === "gone") expect(rows.some((row) => row.day > failed)).toBe(true);
          if (record.state === "open") expect(own.at(-1)?.result).not.toBe("pass");
        }
      }),
      { numRuns: runs.property },
    );
  });
});
