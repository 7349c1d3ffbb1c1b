import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { buildCheckReference, type RawChecks, type RawControls } from "./check-reference.js";

/** Hand labels of one engineer, made without sight of the table. */
interface Label {
  /** Any one of these alone brings the finding back on the same resource. */
  readonly core: readonly string[];
  /** Acceptable besides. */
  readonly ok?: readonly string[];
}

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${name}`, import.meta.url), "utf8"));
const reference = buildCheckReference(
  data("prowler-checks.json") as RawChecks,
  data("securityhub-controls.json") as RawControls,
);
const labels = Object.entries(
  (JSON.parse(readFileSync(corpusPath("recreate-gold.json"), "utf8")) as { checks: Record<string, Label> })
    .checks,
);

interface Score {
  /** Derived actions that are right or acceptable, of all derived ones. */
  readonly precision: number;
  /** Core actions that were derived, of all core ones. */
  readonly coreRecall: number;
  /** Checks with core actions of which at least one was derived. */
  readonly atLeastOne: number;
  /** Checks with core actions of which all were derived. */
  readonly all: number;
}

/** Pooled over checks: a check with many actions weighs more. */
function score(derivedOf: (id: string) => readonly string[]): Score {
  const count = { derived: 0, right: 0, core: 0, found: 0, checks: 0, hit: 0, complete: 0 };
  for (const [id, { core, ok = [] }] of labels) {
    const derived = derivedOf(id);
    count.derived += derived.length;
    count.right += derived.filter((action) => core.includes(action) || ok.includes(action)).length;
    if (core.length === 0) continue;
    const found = core.filter((action) => derived.includes(action)).length;
    count.core += core.length;
    count.found += found;
    count.checks += 1;
    if (found > 0) count.hit += 1;
    if (found === core.length) count.complete += 1;
  }
  return {
    precision: count.right / count.derived,
    coreRecall: count.found / count.core,
    atLeastOne: count.hit / count.checks,
    all: count.complete / count.checks,
  };
}

const ofTable = (id: string): readonly string[] => reference.prowler("aws", id)?.derivedActions ?? [];

describe("the actions that bring a finding back, against hand labels", () => {
  it("are as good as they were", () => {
    const { precision, coreRecall, atLeastOne, all } = score(ofTable);
    console.info(
      `${labels.length} labelled checks: precision ${precision.toFixed(3)}, core recall ${coreRecall.toFixed(3)}, ` +
        `at least one core action ${atLeastOne.toFixed(3)}, all of them ${all.toFixed(3)}`,
    );
    // Measured 2026-09: 118 of 138, 97 of 110, 77 of 81 and 71 of 81.
    expect(precision).toBeGreaterThanOrEqual(0.855);
    expect(coreRecall).toBeGreaterThanOrEqual(0.88);
    expect(atLeastOne).toBeGreaterThanOrEqual(0.95);
    expect(all).toBeGreaterThanOrEqual(0.87);
  });

  it("label checks that the table holds", () => {
    expect(labels.length).toBeGreaterThanOrEqual(95);
    expect(labels.filter(([id]) => reference.prowler("aws", id) === undefined)).toEqual([]);
  });

  it("name the three settings of a bucket that make it public again", () => {
    expect(ofTable("s3_bucket_public_access")).toEqual(
      expect.arrayContaining(["s3:PutBucketAcl", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"]),
    );
  });

  it("would be seen to get worse", () => {
    // Without its last action each, a table names too few; with one foreign action each, too many.
    expect(score((id) => ofTable(id).slice(0, -1)).coreRecall).toBeLessThan(0.6);
    expect(score((id) => [...ofTable(id), "s3:ListAllMyBuckets"]).precision).toBeLessThan(0.7);
  });
});
