import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderActions } from "../../../scripts/data/actions.mjs";
import { loadReferenceData } from "./index.js";

describe("the AWS actions", () => {
  const { actions: dictionary, escalationFacts, checks } = loadReferenceData();

  it("holds every service and action of the source", () => {
    expect(dictionary.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(dictionary.updated).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(dictionary.services.length).toBeGreaterThanOrEqual(456);
    expect(dictionary.services).toEqual([...dictionary.services].sort());
    expect(dictionary.expand("*").length).toBeGreaterThanOrEqual(22_091);
    expect(new Set(dictionary.expand("*")).size).toBe(dictionary.expand("*").length);
  });

  it("finds each action again by its own name and by its lower-case form", () => {
    for (const service of dictionary.services) {
      for (const action of dictionary.actionsOf(service)) {
        if (dictionary.lookup(action.name) !== action) expect.fail(action.name);
        if (dictionary.lookup(action.name.toLowerCase()) !== action) expect.fail(action.name.toLowerCase());
      }
    }
  });

  it("describes actions as the service authorization reference does", () => {
    expect(dictionary.lookup("s3:putbucketpolicy")).toMatchObject({
      name: "s3:PutBucketPolicy",
      level: "permissions",
      resources: ["arn:${Partition}:s3:::${BucketName}"],
      required: ["arn:${Partition}:s3:::${BucketName}"],
    });
    expect(dictionary.lookup("iam:PassRole")).toEqual({
      name: "iam:PassRole",
      level: "write",
      resources: ["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"],
      required: ["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"],
      conditionKeys: [
        "aws:ResourceTag/${TagKey}",
        "iam:AssociatedResourceArn",
        "iam:PassedToService",
        "iam:ResourceTag/${TagKey}",
      ],
    });
    expect(dictionary.lookup("s3:ListAllMyBuckets")).toMatchObject({
      level: "list",
      resources: [],
      required: [],
    });
    expect(dictionary.lookup("ec2:DescribeInstances")).toMatchObject({ level: "list", resources: [] });
    expect(dictionary.lookup("iam:TagRole")?.level).toBe("tagging");
    expect(dictionary.lookup("iam:GetRole")?.level).toBe("read");
    // Some calls need a subnet, every call needs an image.
    const run = dictionary.lookup("ec2:RunInstances");
    expect(run?.required).toContain("arn:${Partition}:ec2:${Region}::image/${ImageId}");
    expect(run?.required).not.toContain(
      "arn:${Partition}:ec2:${Region}:${Account}:capacity-reservation/${CapacityReservationId}",
    );
    expect(run?.resources).toContain(
      "arn:${Partition}:ec2:${Region}:${Account}:capacity-reservation/${CapacityReservationId}",
    );
  });

  it("gives an action the keys of its resource types too", () => {
    expect(dictionary.lookup("s3:PutObject")?.conditionKeys).toContain("s3:x-amz-acl");
    expect(dictionary.lookup("sts:AssumeRole")?.conditionKeys).toEqual(
      expect.arrayContaining(["sts:ExternalId", "aws:ResourceTag/${TagKey}"]),
    );
  });

  it("names resource types with full ARN patterns", () => {
    expect(dictionary.resourceTypes("S3").find(({ name }) => name === "bucket")?.arn).toBe(
      "arn:${Partition}:s3:::${BucketName}",
    );
    for (const service of dictionary.services) {
      for (const { arn } of dictionary.resourceTypes(service)) {
        if (!/^(arn:|\$\{Partition\}|\*)/.test(arn)) expect.fail(`${service}: ${arn}`);
      }
    }
  });

  it("knows which services resource control policies reach", () => {
    expect(dictionary.rcpServices).toEqual(
      expect.arrayContaining(["kms", "s3", "secretsmanager", "sqs", "sts"]),
    );
    expect(dictionary.rcpServices.filter((service) => !dictionary.services.includes(service))).toEqual([]);
  });

  it("knows every action of the published escalation paths", () => {
    const required = [...new Set(escalationFacts.flatMap(({ requires }) => requires))].sort();
    expect(escalationFacts.length).toBeGreaterThanOrEqual(65);
    const unknown = required.filter((action) => dictionary.lookup(action) === undefined);
    expect(unknown).toEqual([]);
  });

  it("knows every AWS action of the check table", () => {
    const named = checks.prowlerChecks
      .filter(({ provider }) => provider === "aws")
      .flatMap(({ derivedActions, creationActions }) => [...derivedActions, ...creationActions]);
    expect(named.length).toBeGreaterThan(1000);
    expect([...new Set(named)].filter((action) => dictionary.lookup(action) === undefined)).toEqual([]);
  });

  it("is what scripts/data/actions.mjs makes from the installed package", () => {
    const committed = readFileSync(new URL("../../../data/aws-actions.json", import.meta.url), "utf8");
    // Not toBe: a difference of one line would print the whole file.
    const fresh = renderActions();
    const line = committed.split("\n").findIndex((text, number) => text !== fresh.split("\n")[number]);
    expect(
      committed === fresh,
      `run node scripts/data/actions.mjs; the first difference is in line ${line + 1}`,
    ).toBe(true);
  });
});
