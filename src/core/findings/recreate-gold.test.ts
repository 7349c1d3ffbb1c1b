import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goals, scoreActions, type Score } from "../../../scripts/score-recreate.mjs";
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

const score = (derivedOf: (id: string) => readonly string[]): Score =>
  scoreActions(Object.fromEntries(labels), derivedOf);

const ofTable = (id: string): readonly string[] => reference.prowler("aws", id)?.derivedActions ?? [];

describe("the actions that bring a finding back, against hand labels", () => {
  it("reach the goals of `npm run score:recreate`", () => {
    const { hit, recall, precision, checks } = score(ofTable);
    expect(checks).toBeGreaterThanOrEqual(81);
    expect(hit).toBeGreaterThanOrEqual(goals.hit);
    expect(recall).toBeGreaterThanOrEqual(goals.recall);
    expect(precision).toBeGreaterThanOrEqual(goals.precision);
  });

  it("name the actions of a family, labelled or not", () => {
    // The opposite of the fix, which is no setter: `CancelKeyDeletion`, `MonitorInstances`, `IncreaseStreamRetentionPeriod`.
    expect(ofTable("kms_cmk_not_deleted_unintentionally")).toContain("kms:ScheduleKeyDeletion");
    expect(ofTable("ec2_instance_detailed_monitoring_enabled")).toContain("ec2:UnmonitorInstances");
    expect(ofTable("kinesis_stream_data_retention_period")).toEqual([
      "kinesis:DecreaseStreamRetentionPeriod",
    ]);
    // A service that must run ends by being deleted; code comes by the action that takes code.
    expect(ofTable("guardduty_is_enabled")).toContain("guardduty:DeleteDetector");
    expect(ofTable("awslambda_function_no_secrets_in_code")).toEqual(["lambda:UpdateFunctionCode"]);
    // What is made anew to encrypt it does not become unencrypted by deleting it.
    expect(ofTable("documentdb_cluster_storage_encrypted")).not.toContain("rds:DeleteDBCluster");
    // Another part of the resource, read by the same service of the scanner.
    expect(ofTable("ecr_repositories_tag_immutability")).toEqual(["ecr:PutImageTagMutability"]);
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
    expect(score((id) => ofTable(id).slice(0, -1)).recall).toBeLessThan(0.6);
    expect(score((id) => [...ofTable(id), "s3:ListAllMyBuckets"]).precision).toBeLessThan(0.7);
  });
});
