import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFindings, loadReferenceData } from "../../src/readers/index.js";
import { corpusPath } from "../corpus.js";
import { code } from "./code.js";
import type { Expected } from "./expected.js";
import { posture } from "./posture.js";
import { vulnerability } from "./vulnerability.js";

/** Done-when 1 of issue 4: every file of the corpus, its count or the true reason of its rejection. */
const expected: readonly Expected[] = [...posture, ...vulnerability, ...code];
const root = corpusPath("findings");
const reference = loadReferenceData().checks;
const load = (file: string) => loadFindings([join(root, file)], { reference });

/** `n` of the index by file. */
function indexed(): ReadonlyMap<string, string> {
  let format = "";
  const found = new Map<string, string>();
  for (const line of readFileSync(join(root, "README.md"), "utf8").split("\n")) {
    format = /^## (\S+)/.exec(line)?.[1] ?? format;
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells.length > 9 && existsSync(join(root, format, cells[1] ?? "-"))) {
      found.set(`${format}/${cells[1] ?? ""}`, cells[3] ?? "");
    }
  }
  return found;
}

describe("the table of expectations", () => {
  it("has one line for every file of the corpus, and no other", () => {
    const files = readdirSync(root)
      .filter((format) => statSync(join(root, format)).isDirectory())
      .flatMap((format) => readdirSync(join(root, format)).map((name) => `${format}/${name}`));
    expect(expected.map((each) => each.file).sort()).toEqual(files.sort());
  });

  it("agrees with the index, or says why it does not", () => {
    const index = indexed();
    const disagreeing = expected.filter((each) => {
      const count = each.index ?? each.rows + (each.facts ?? 0);
      return index.get(each.file) !== String(count) || (each.index !== undefined && each.why === undefined);
    });
    expect(disagreeing).toEqual([]);
  });
});

describe("every file of the corpus", () => {
  it.each(expected.filter((each) => each.pending === undefined))(
    "$file: $rows rows",
    async ({
      file,
      rows,
      kind = file.slice(0, file.indexOf("/")),
      facts,
      passed,
      rejectedRows,
      refused,
      partial,
    }) => {
      const loaded = await load(file);
      const reasons = loaded.rejected.map((each) => each.reason);
      expect(loaded.counts.rows).toBe(rows);
      expect(loaded.inputs[0]?.facts).toBe(facts);
      if (passed !== undefined) expect(loaded.counts.passed).toBe(passed);
      const [count, reason] = rejectedRows ?? [0, undefined];
      if (refused !== undefined) {
        expect(reasons).toHaveLength(1);
        expect(reasons[0]).toMatch(refused);
        expect(loaded.exposures).toEqual([]);
        return;
      }
      expect(loaded.counts.rejected).toBe(count);
      const told = [...(reason === undefined ? [] : [reason]), ...(partial === undefined ? [] : [partial])];
      if (told.length === 0) expect(reasons).toEqual([]);
      for (const each of reasons.slice(0, 20))
        expect(
          told.some((pattern) => pattern.test(each)),
          each,
        ).toBe(true);
      expect(reasons.some((each) => partial?.test(each))).toBe(partial !== undefined);
      expect(loaded.inputs).toMatchObject([{ kind, complete: partial === undefined }]);
    },
  );

  it.each(expected.filter((each) => each.pending === true))(
    "$file: no reader yet, and refused as a whole",
    async ({ file }) => {
      const { rejected, exposures, passing } = await load(file);
      expect(rejected.length).toBeGreaterThan(0);
      expect([...exposures, ...passing]).toEqual([]);
    },
  );
});
