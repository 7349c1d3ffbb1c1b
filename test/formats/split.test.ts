import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { foldFindings, noFindings, type FindingsState } from "../../src/core/findings/index.js";
import { loadFindings, loadReferenceData, type LoadedFindings } from "../../src/readers/index.js";
import { corpusPath } from "../corpus.js";
import { runs } from "../settings.js";

const folder = mkdtempSync(join(tmpdir(), "remit-split-"));
afterAll(() => rmSync(folder, { recursive: true }));
const reference = loadReferenceData().checks;
const load = (...paths: readonly string[]): Promise<LoadedFindings> =>
  loadFindings(paths, { reference, keepRows: true });

function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

/** All that is known of findings but which file said it. */
function told(before: FindingsState, loaded: LoadedFindings) {
  const { state, events } = foldFindings(before, {
    at: "2026-11-22T12:00:00.000Z",
    documents: loaded.inputs,
    rows: loaded.rows,
    passing: loaded.passing,
    scopes: loaded.scopes,
  });
  const records = state.records.map((record) => ({ ...record, evidence: [], lastDocument: "" }));
  return { records, events };
}
const scopesOf = ({ scopes }: LoadedFindings): readonly string[] =>
  [
    ...new Set(
      scopes.flatMap((scope) =>
        scope.checks.map((check) => [scope.account, scope.region, check, scope.observedAt].join(" ")),
      ),
    ),
  ].sort();

/** A real scan of one account: 731 rows of Prowler, all stamped with the time of the scan. */
const scan = JSON.parse(
  readFileSync(corpusPath("findings", "asff", "dd-prowler-output.asff.json"), "utf8"),
) as readonly object[];

describe("splitting a file (Done-when 4 of issue 4)", () => {
  it("changes no exposure, no finding and nothing that is vouched for, wherever it is cut", async () => {
    const whole = await load(write("whole.json", scan));
    expect(scopesOf(whole).length).toBeGreaterThan(100);
    const expected = told(noFindings, whole);
    let name = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(scan.length), { minLength: 1, maxLength: 3 }), async (cuts) => {
        const at = [0, ...[...cuts].sort((a, b) => a - b), scan.length];
        const parts = at
          .slice(1)
          .map((end, index) => write(`${String((name += 1))}.json`, scan.slice(at[index], end)));
        const split = await load(...parts);
        expect(told(noFindings, split)).toEqual(expected);
        expect(scopesOf(split)).toEqual(scopesOf(whole));
        expect(split.exposures.map((each) => [each.id, each.state])).toEqual(
          whole.exposures.map((each) => [each.id, each.state]),
        );
        expect(split.counts).toEqual(whole.counts);
      }),
      { numRuns: Math.ceil(runs.slowProperty / 5) },
    );
  });

  it("a file of failures does not borrow the word of another scan: it vouches for nothing", async () => {
    const failing = scan.filter((row) => JSON.stringify(row).includes('"FAILED"'));
    const later = failing.map(
      (row) =>
        JSON.parse(
          JSON.stringify(row).replaceAll(/"(\w+At)":"[^"]*"/g, '"$1":"2026-11-20T10:00:00Z"'),
        ) as object,
    );
    const both = await load(write("scan.json", scan), write("later.json", later));
    expect(both.scopes.filter((scope) => scope.document.endsWith("later.json"))).toEqual([]);
  });
});
