import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseFinding } from "../../src/core/findings/index.js";
import type { FindingTranslation } from "../../src/readers/findings-reader.js";
import { findingsReaders } from "../../src/readers/findings-registry.js";
import { loadReferenceData } from "../../src/readers/index.js";
import { isObject, type JsonObject } from "../../src/readers/json-value.js";
import { corpusPath } from "../corpus.js";
import { runs } from "../settings.js";

const reference = loadReferenceData().checks;
const root = corpusPath("findings");
const smallest = 60_000;

/** Every document of the corpus that is JSON and not too large, as the records that readers get. */
const records: readonly JsonObject[] = readdirSync(root)
  .filter((folder) => !folder.endsWith(".md"))
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .flatMap((path): readonly unknown[] => {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    if (text.length > smallest || !/^\s*[[{]/.test(text)) return [];
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return value.slice(0, 3) as unknown[];
      const listed = isObject(value) ? (value["findings"] ?? value["Findings"]) : undefined;
      return Array.isArray(listed) ? (listed.slice(0, 3) as unknown[]) : [value];
    } catch {
      // JSON lines.
      return text
        .trim()
        .split("\n")
        .slice(0, 3)
        .map((line) => JSON.parse(line) as unknown);
    }
  })
  .filter(isObject);

const wrong = fc.oneof(
  fc.constantFrom(
    null,
    [],
    {},
    "",
    0,
    -1,
    true,
    "\u0000",
    "__proto__",
    [[]],
    { "": null },
    1e300,
    "9".repeat(400),
  ),
  fc.string(),
  fc.double(),
);

/** The value with the `at`-th of its members (in order of depth first) put wrong, or taken away. */
function damaged(value: unknown, at: { left: number }, put: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each) => replace(each, at, put)).filter((each) => each !== undefined);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, replace(member, at, put)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

function replace(member: unknown, at: { left: number }, put: unknown): unknown {
  at.left -= 1;
  return at.left === 0 ? put : damaged(member, at, put);
}

function members(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + 1 + members(each), 0);
  return isObject(value) ? Object.values(value).reduce<number>((sum, each) => sum + 1 + members(each), 0) : 0;
}

const context = { hmac: () => "0".repeat(64), comments: [], reference };

function rowsOf(translation: FindingTranslation) {
  if ("reason" in translation) return [];
  return "drafts" in translation
    ? translation.drafts
    : translation.rows.flatMap((row) => ("drafts" in row ? row.drafts : []));
}

describe("a document in which something is not what it should be", () => {
  it("is read or refused with a reason, by whatever reader takes it for its own, and never fails", () => {
    expect(records.length).toBeGreaterThan(150);
    const record = fc.constantFrom(...records);
    fc.assert(
      fc.property(
        record,
        fc.nat(),
        fc.option(wrong, { nil: undefined }),
        fc.nat(),
        wrong,
        (whole, first, put, second, other) => {
          const size = members(whole);
          const once = damaged(whole, { left: 1 + (first % size) }, put);
          const twice = damaged(once, { left: 1 + (second % size) }, other);
          if (!isObject(twice)) return;
          for (const reader of findingsReaders) {
            if (reader.form !== "json" || !reader.recognises(twice)) continue;
            const translation = reader.translate(twice, context);
            if ("reason" in translation) expect(translation.reason).not.toBe("");
            for (const draft of rowsOf(translation)) {
              const finding = normaliseFinding(draft, reference);
              expect(finding.fingerprint).toMatch(/^[0-9a-f]{64}$/);
              expect(finding.resource).not.toBe("");
            }
          }
        },
      ),
      { numRuns: runs.property * 5 },
    );
  });
});
