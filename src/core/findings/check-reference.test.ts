import { describe, expect, it, test } from "vitest";
import { compactChecks, compactControls } from "../../../scripts/data/checks.mjs";
import { buildCheckReference, type CheckReference } from "./check-reference.js";

const check = (provider: string, id: string) => ({
  id,
  provider,
  service: "s3",
  resourceType: "AwsS3Bucket",
  severity: "high",
  classes: ["public-exposure", "trust"],
  primaryClass: "public-exposure",
  fixOperations: [],
  derivedActions: ["s3:PutBucketPolicy", "s3:PutBucketAcl"],
  creationActions: [],
  derivation: ["cli", "evidence"],
  confidence: "high",
});
const meta = { source: "prowler @ abc (5.40.0, Apache-2.0): fields" };
const control = {
  control: "S3.8",
  service: "S3",
  severity: "high",
  prowlerChecks: ["bucket_public"],
  derivedActions: ["s3:PutBucketPolicy"],
  primaryClasses: ["public-exposure"],
  asrRunbook: "ConfigureS3BucketPublicAccessBlock",
  asrFixActions: ["s3:PutBucketPublicAccessBlock"],
};

function reference(): CheckReference {
  const checks = [
    check("gcp", "key_public"),
    check("aws", "key_public"),
    {
      ...check("aws", "bucket_public"),
      classes: ["configuration"],
      primaryClass: "configuration",
      derivedActions: [],
      derivation: [],
      confidence: "none",
    },
  ];
  const aliases = { aws: { bucket_open: "bucket_public", bucket_world: "bucket_public" } };
  const unmapped = {
    ...control,
    control: "EKS.1",
    prowlerChecks: [],
    derivedActions: [],
    primaryClasses: [],
    asrRunbook: null,
    asrFixActions: [],
  };
  return buildCheckReference(
    compactChecks({ meta, checks }, aliases),
    compactControls({ meta, controls: [control, unmapped] }),
  );
}

describe("a check reference", () => {
  const known = reference();

  it("gives back what the table holds", () => {
    expect(known.prowler("aws", "key_public")).toEqual({
      provider: "aws",
      id: "key_public",
      aliases: [],
      service: "s3",
      resourceType: "AwsS3Bucket",
      severity: "high",
      classes: ["public-exposure", "trust"],
      primaryClass: "public-exposure",
      derivedActions: ["s3:PutBucketPolicy", "s3:PutBucketAcl"],
      creationActions: [],
      derivation: ["cli", "evidence"],
      confidence: "high",
    });
    expect(known.prowler("aws", "bucket_public")).toMatchObject({
      primaryClass: "configuration",
      derivedActions: [],
      derivation: [],
      confidence: "none",
    });
    expect(known.prowlerVersion).toBe("5.40.0");
    expect(known.prowlerChecks.map(({ provider, id }) => `${provider} ${id}`)).toEqual([
      "aws bucket_public",
      "aws key_public",
      "gcp key_public",
    ]);
  });

  it("keeps the providers apart, as ids repeat among them", () => {
    expect(known.prowler("gcp", "key_public")?.provider).toBe("gcp");
    expect(known.prowler("azure", "key_public")).toBeUndefined();
  });

  it("finds a check by its former ids, within its provider", () => {
    expect(known.prowler("aws", "bucket_open")).toBe(known.prowler("aws", "bucket_public"));
    expect(known.prowler("aws", "bucket_world")?.aliases).toEqual(["bucket_open", "bucket_world"]);
    expect(known.prowler("gcp", "bucket_open")).toBeUndefined();
  });

  it("gives back the controls", () => {
    expect(known.securityHub("S3.8")).toEqual({
      control: "S3.8",
      service: "S3",
      severity: "high",
      classes: ["public-exposure"],
      prowlerChecks: ["bucket_public"],
      derivedActions: ["s3:PutBucketPolicy"],
      asrRunbook: "ConfigureS3BucketPublicAccessBlock",
      asrActions: ["s3:PutBucketPublicAccessBlock"],
    });
    expect(known.securityHub("EKS.1")).toMatchObject({ classes: [], prowlerChecks: [], asrActions: [] });
    expect(known.securityHub("EKS.1")).not.toHaveProperty("asrRunbook");
    expect(known.securityHubControls.map((each) => each.control)).toEqual(["EKS.1", "S3.8"]);
  });

  test.each(["", "S3.9", "toString"])("knows no control `%s`", (id) =>
    expect(known.securityHub(id)).toBeUndefined(),
  );
  test.each(["", "toString"])("knows no check `%s`", (id) =>
    expect(known.prowler("aws", id)).toBeUndefined(),
  );
});

describe("the table's making", () => {
  const checks = [check("aws", "a"), check("aws", "b")];

  it("refuses an alias that leads nowhere or hides a check", () => {
    expect(() => compactChecks({ meta, checks }, { aws: { old: "c" } })).toThrow("unknown check `c`");
    expect(() => compactChecks({ meta, checks }, { aws: { b: "a" } })).toThrow(
      "`b` is the id of another check",
    );
  });

  it("refuses a primary class that is not the first", () => {
    expect(() =>
      compactChecks({ meta, checks: [{ ...check("aws", "a"), primaryClass: "trust" }] }, {}),
    ).toThrow("primary");
  });
});
