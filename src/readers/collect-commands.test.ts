import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { estateReaders } from "./estate-registry.js";
import { readDocument } from "./read-document.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(join(root, "docs", "estate-documents.md"), "utf8");

/** The commands that a text names: `aws ec2 describe-instances, describe-route-tables` names two. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\baws ([a-z0-9-]+) ((?:(?:get|list|describe|lookup)-[a-z-]+(?:, )?)+)/g)].flatMap(
    ([, service, calls]) =>
      (calls ?? "").split(", ").flatMap((call) => (call === "" ? [] : [`aws ${service ?? ""} ${call}`])),
  );
}

/** Comments and the commands that change something are no part of what a missing fact asks for. */
const code = (text: string): string => text.replace(/\/\*[^]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

const sources = readdirSync(join(root, "src", "core"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  // What a playbook runs to see that a step worked is read by people, not by us.
  .filter((name) => !name.replaceAll("\\", "/").startsWith("decision/playbook/"))
  .sort();
const asked = [
  ...new Set(
    sources.flatMap((name) => commandsIn(code(readFileSync(join(root, "src", "core", name), "utf8")))),
  ),
].sort();

const policy = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
  });
const block = { PublicAccessBlockConfiguration: { BlockPublicAcls: true } };
const role = { Version: "2012-10-17", Statement: [] };

/** The smallest answer of each command, as the AWS CLI Command Reference shows it. */
const answers: Readonly<Record<string, unknown>> = {
  "aws cloudtrail lookup-events": {
    Events: [
      {
        EventId: "1",
        EventName: "CreateRole",
        CloudTrailEvent: JSON.stringify({
          eventName: "CreateRole",
          eventSource: "iam.amazonaws.com",
          eventTime: "2026-11-20T03:00:00Z",
          userIdentity: { type: "IAMUser", arn: "arn:aws:iam::222222222222:user/svc" },
        }),
      },
    ],
  },
  "aws ec2 describe-instances": { Reservations: [{ Instances: [] }] },
  "aws ec2 describe-network-acls": { NetworkAcls: [{ NetworkAclId: "acl-1" }] },
  "aws ec2 describe-route-tables": { RouteTables: [{ RouteTableId: "rtb-1" }] },
  "aws ec2 describe-security-groups": { SecurityGroups: [{ GroupId: "sg-1" }] },
  "aws ec2 describe-snapshot-attribute": { SnapshotId: "snap-1", CreateVolumePermissions: [] },
  "aws ec2 describe-snapshots": { Snapshots: [{ SnapshotId: "snap-1" }] },
  "aws ec2 describe-vpc-block-public-access-options": {
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: "off" },
  },
  "aws ec2 get-image-block-public-access-state": { ImageBlockPublicAccessState: "unblocked" },
  "aws ec2 get-instance-metadata-defaults": { AccountLevel: { HttpTokens: "required" } },
  "aws ec2 get-snapshot-block-public-access-state": { State: "unblocked" },
  "aws ecr get-repository-policy": {
    repositoryName: "r",
    registryId: "222222222222",
    policyText: policy("ecr:*"),
  },
  "aws iam get-account-authorization-details": {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  },
  "aws iam get-credential-report": {
    Content: "",
    ReportFormat: "text/csv",
    GeneratedTime: "2026-11-01T00:00:00Z",
  },
  "aws iam get-policy": {
    Policy: { Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess", PolicyName: "ReadOnlyAccess" },
  },
  "aws iam get-policy-version": {
    PolicyVersion: { VersionId: "v1", IsDefaultVersion: true, Document: role },
  },
  "aws iam list-access-keys": { AccessKeyMetadata: [] },
  "aws kms get-key-policy": { Policy: policy("kms:*"), PolicyName: "default" },
  "aws lambda get-policy": { Policy: policy("lambda:InvokeFunction"), RevisionId: "1" },
  "aws lambda list-function-url-configs": { FunctionUrlConfigs: [] },
  "aws organizations describe-organization": {
    Organization: { Id: "o-exampleorgid", MasterAccountId: "111111111111" },
  },
  "aws organizations describe-policy": {
    Policy: { PolicySummary: { Id: "p-1", Type: "S3_POLICY" }, Content: "{}" },
  },
  "aws organizations describe-resource-policy": {
    ResourcePolicy: {
      ResourcePolicySummary: {
        Id: "rp-1",
        Arn: "arn:aws:organizations::111111111111:resourcepolicy/o-exampleorgid/rp-1",
      },
      Content: policy("organizations:DetachPolicy"),
    },
  },
  "aws organizations list-policies": {
    Policies: [{ Id: "p-FullAWSAccess", Type: "SERVICE_CONTROL_POLICY" }],
  },
  "aws organizations list-delegated-services-for-account": {
    DelegatedServices: [{ ServicePrincipal: "sso.amazonaws.com", DelegationEnabledDate: 1 }],
  },
  "aws organizations list-targets-for-policy": { Targets: [{ TargetId: "r-abcd", Type: "ROOT" }] },
  "aws rds describe-db-instances": {
    DBInstances: [{ DBInstanceArn: "arn:aws:rds:eu-west-1:222222222222:db:x" }],
  },
  "aws rds describe-db-snapshots": {
    DBSnapshots: [{ DBSnapshotArn: "arn:aws:rds:eu-west-1:222222222222:snapshot:x" }],
  },
  "aws rds describe-db-subnet-groups": {
    DBSubnetGroups: [{ DBSubnetGroupArn: "arn:aws:rds:eu-west-1:222222222222:subgrp:x" }],
  },
  "aws resourcegroupstaggingapi get-resources": { ResourceTagMappingList: [] },
  "aws s3api get-bucket-acl": { Owner: {}, Grants: [] },
  "aws s3api get-bucket-ownership-controls": { OwnershipControls: { Rules: [] } },
  "aws s3api get-bucket-policy": { Policy: policy("s3:GetObject") },
  "aws s3api get-public-access-block": block,
  "aws s3api list-buckets": { Buckets: [], Owner: {} },
  "aws s3control list-access-points": {
    AccessPointList: [{ Name: "share", Bucket: "acme-reports", NetworkOrigin: "Internet" }],
  },
  "aws s3control get-access-point": {
    Name: "p",
    Bucket: "b",
    NetworkOrigin: "Internet",
    PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
  },
  "aws s3control get-access-point-policy": { Policy: policy("s3:GetObject") },
  "aws s3control get-public-access-block": block,
  "aws secretsmanager get-resource-policy": {
    ARN: "arn:aws:secretsmanager:eu-west-1:222222222222:secret:x",
    Name: "x",
    ResourcePolicy: policy("secretsmanager:*"),
  },
  "aws sns get-topic-attributes": { Attributes: { TopicArn: "arn:aws:sns:eu-west-1:222222222222:x" } },
  "aws sqs get-queue-attributes": { Attributes: { QueueArn: "arn:aws:sqs:eu-west-1:222222222222:x" } },
};

describe("what a missing fact asks for", () => {
  it("is found in the code of the core", () => {
    expect(asked.length).toBeGreaterThan(25);
    expect(asked).toContain("aws ec2 describe-network-acls");
  });

  it("each command is in the guide, with a name for its file", () => {
    const rows = guide.split("\n").filter((line) => line.startsWith("| "));
    const told = new Set(rows.filter((row) => row.split("|").length >= 5).flatMap(commandsIn));
    expect(asked.filter((command) => !told.has(command))).toEqual([]);
  });

  it.each(asked)("a reader reads the answer of `%s`", (command) => {
    expect(Object.keys(answers), "an answer to try").toContain(command);
    const bytes = Buffer.from(JSON.stringify(answers[command]));
    const read = readDocument({ path: "answer.json", bytes });
    if (read.kind === "rejected") throw new Error(read.rejection.reason);
    expect(estateReaders.find((reader) => reader.recognises(read.document))?.kind).toBeDefined();
  });
});
