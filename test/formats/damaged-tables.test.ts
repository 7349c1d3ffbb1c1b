import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseFinding } from "../../src/core/findings/index.js";
import { findingsReaders } from "../../src/readers/findings-registry.js";
import { tableLayout } from "../../src/readers/findings-source/index.js";
import { loadReferenceData } from "../../src/readers/index.js";
import { corpusPath } from "../corpus.js";
import { runs } from "../settings.js";

const reference = loadReferenceData().checks;
const root = corpusPath("findings");

/** Rows of every table of the corpus, by column. */
const rows = readdirSync(root)
  .filter((format) => !format.endsWith(".md"))
  .flatMap((format) => readdirSync(join(root, format)).map((name) => join(root, format, name)))
  .filter((path) => path.endsWith(".csv"))
  .flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const layout = tableLayout(text);
    if (layout === undefined) throw new Error(`${path} is no table`);
    const from_line = layout.comments.length + 1;
    const records = parse(text, { bom: true, columns: true, delimiter: layout.delimiter, from_line });
    return (records as Record<string, string>[]).slice(0, 5);
  });

const cell = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    '{"a":',
    "__proto__",
    "<x>",
    "\u0000",
    "NaN",
    "9".repeat(400),
    "arn:aws:",
    "//",
  ),
  fc.string(),
);

describe("a table in which something is not what it should be", () => {
  it("is read or refused with a reason, row by row, and never fails", () => {
    expect(rows.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.array(fc.tuple(fc.nat(), cell), { maxLength: 6 }),
        (row, changes) => {
          const columns = Object.keys(row);
          const changed = { ...row };
          for (const [at, value] of changes) changed[columns[at % columns.length] ?? ""] = value;
          for (const reader of findingsReaders) {
            if (reader.form !== "table" || !reader.recognises(changed)) continue;
            const translation = reader.translate(changed, { hmac: String, comments: [], reference });
            if ("reason" in translation) expect(translation.reason).not.toBe("");
            if (!("drafts" in translation)) continue;
            for (const draft of translation.drafts) {
              const finding = normaliseFinding(draft, reference);
              expect(finding.resource).not.toBe("");
              expect(normaliseFinding(draft, reference).fingerprint).toBe(finding.fingerprint);
            }
          }
        },
      ),
      { numRuns: runs.property },
    );
  });
});
