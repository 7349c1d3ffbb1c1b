import { describe, expect, it } from "vitest";
import { asff } from "./index.js";
import { asffResult } from "./result.js";
import { asffSeverity } from "./severity.js";
import { asffSource } from "./source.js";

const product = (name: string): string => `arn:aws:securityhub:eu-west-1::product/aws/${name}`;
const judged = (record: Record<string, unknown>): unknown => {
  const source = asffSource(record);
  if ("reason" in source) return source.reason;
  const { check } = source;
  if (check.kind === "prowler") return [source.tool, check.id];
  if (check.kind === "security-hub") return [source.tool, check.control];
  if (check.kind !== "rule") return [source.tool, check.id, source.instance];
  return [source.tool, check.weakness.id, check.subLocator ?? ""];
};

describe("who wrote the record and what was checked", () => {
  it.each([
    [
      {
        Compliance: { SecurityControlId: "S3.2" },
        ProductArn: product("securityhub"),
        GeneratorId: "security-control/S3.2",
      },
      ["security-hub", "S3.2"],
    ],
    [
      {
        ProductArn: product("securityhub"),
        GeneratorId: "aws-foundational-security-best-practices/v/1.0.0/ELBv2.1",
      },
      ["security-hub", "ELBv2.1"],
    ],
    [
      {
        ProductArn: product("securityhub"),
        GeneratorId: "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.14",
      },
      ["security-hub", "IAM.6"],
    ],
    [
      {
        ProductArn: "arn:aws:securityhub:eu-west-1::product/prowler/prowler",
        GeneratorId: "prowler-iam_no_root_access_key",
      },
      ["prowler", "iam_no_root_access_key"],
    ],
    [
      {
        ProductArn: product("inspector"),
        GeneratorId: "AWSInspector",
        Vulnerabilities: [{ Id: "CVE-2022-3643", VulnerablePackages: [{ Name: "kernel" }] }],
      },
      ["inspector", "CVE-2022-3643", "kernel"],
    ],
    [
      {
        ProductArn: product("inspector"),
        GeneratorId: "AWSInspector",
        Title: "Port 22 is reachable from an Internet Gateway - TCP",
      },
      ["inspector", "ec2.open-ingress", "tcp/22"],
    ],
    [
      {
        ProductArn: product("inspector"),
        GeneratorId: "AWSInspector",
        Title: "Port range 0 - 65535 is reachable",
      },
      ["inspector", "inspector.awsinspector", ""],
    ],
    [
      {
        ProductArn: product("guardduty"),
        GeneratorId: "arn:aws:guardduty:x",
        Types: ["Effects/Data Exposure/Policy:S3-BucketAnonymousAccessGranted"],
      },
      ["guardduty", "s3.public", ""],
    ],
    [
      {
        ProductArn: product("guardduty"),
        GeneratorId: "arn:aws:guardduty:x",
        Types: ["TTPs/UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS"],
      },
      ["guardduty", "guardduty.UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS", ""],
    ],
    [
      {
        ProductArn: product("access-analyzer"),
        GeneratorId: "aws/access-analyzer",
        Title: "AwsKmsKey/arn:aws:kms:… allows public access",
        Resources: [{ Type: "AwsKmsKey" }],
      },
      ["access-analyzer", "kms.open-key", ""],
    ],
    [
      {
        ProductArn: product("access-analyzer"),
        GeneratorId: "aws/access-analyzer",
        Title: "AwsIamRole/… allows cross-account access",
        Resources: [{ Type: "AwsIamRole" }],
      },
      ["access-analyzer", "access-analyzer.aws-access-analyzer", ""],
    ],
    [
      {
        ProductArn: product("macie"),
        GeneratorId: "aws/macie",
        Types: ["Sensitive Data Identifications/PII"],
      },
      ["macie", "macie.aws-macie", ""],
    ],
    [{ ProductArn: product("x") }, "neither `GeneratorId` nor `Title` is there"],
  ])("%j", (record, expected) => expect(judged(record)).toEqual(expected));

  it("a credential that left its instance is a metadata credential and a threat", () => {
    const source = asffSource({
      ProductArn: product("guardduty"),
      Types: ["TTPs/UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS"],
    });
    expect(source).toMatchObject({ check: { weakness: { class: "metadata-credential", threat: true } } });
  });
});

describe("four axes of status", () => {
  it.each([
    [{ Compliance: { Status: "FAILED" }, RecordState: "ACTIVE", Workflow: { Status: "NEW" } }, "fail"],
    [{ Compliance: { Status: "FAILED" }, Workflow: { Status: "NOTIFIED" } }, "fail"],
    [{ Compliance: { Status: "FAILED" }, Workflow: { Status: "SUPPRESSED" } }, "muted"],
    [{ Compliance: { Status: "FAILED" }, Workflow: { Status: "RESOLVED" } }, "fail"],
    [{ Workflow: { Status: "RESOLVED" } }, "muted"],
    [{ Compliance: { Status: "PASSED" }, RecordState: "ARCHIVED" }, "stale"],
    [{ Compliance: { Status: "PASSED" }, Workflow: { Status: "SUPPRESSED" } }, "pass"],
    [{ Compliance: { Status: "WARNING" } }, "manual"],
    [{ Compliance: { Status: "INFOED" } }, "manual"],
    [{ Compliance: { Status: "NOT_AVAILABLE" } }, "not-applicable"],
    [{ VerificationState: "FALSE_POSITIVE" }, "muted"],
    [{}, "fail"],
  ])("%j is %s", (record, result) => expect(asffResult(record)[0]).toBe(result));
});

describe("severity", () => {
  it.each([
    [{ Severity: { Label: "HIGH", Normalized: 1 } }, "high"],
    [{ Severity: { Normalized: 0 } }, "informational"],
    [{ Severity: { Normalized: 39 } }, "low"],
    [{ Severity: { Normalized: 40 } }, "medium"],
    [{ Severity: { Normalized: 70 } }, "high"],
    [{ Severity: { Normalized: 90 } }, "critical"],
    [{ Severity: { Label: "constructor" } }, "unknown"],
    [{}, "unknown"],
  ])("%j is %s", (record, severity) => expect(asffSeverity(record)).toBe(severity));
});

it("an access key is judged on the identity that holds it", () => {
  const record = {
    Id: "x",
    ProductArn: product("guardduty"),
    AwsAccountId: "222222222222",
    Types: ["TTPs/Discovery:IAMUser-AnomalousBehavior"],
    Resources: [
      {
        Type: "AwsIamAccessKey",
        Id: "AWS::IAM::AccessKey:AKIAX",
        Details: { AwsIamAccessKey: { PrincipalName: "ana", PrincipalType: "IAMUser" } },
      },
      { Type: "AwsEc2Instance", Id: "i-0abc1234" },
    ],
  };
  const translated = asff.translate(record, { hmac: String, comments: [] });
  expect(
    "drafts" in translated &&
      translated.drafts.map((draft) => [draft.resource.rawType, draft.resource.rawId]),
  ).toEqual([
    ["AwsIamUser", "ana"],
    ["AwsEc2Instance", "i-0abc1234"],
  ]);
});
