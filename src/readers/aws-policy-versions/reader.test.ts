import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-policy-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const policy = JSON.stringify(
  { Policy: { Arn: arn, PolicyName: "ReadOnlyAccess", DefaultVersionId: "v9" } },
  null,
  2,
);
const version = JSON.stringify(
  {
    PolicyVersion: {
      Document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] },
      VersionId: "v9",
      IsDefaultVersion: true,
    },
  },
  null,
  2,
);

describe("get-policy and get-policy-version", () => {
  it("in one file give the document of the policy", async () => {
    writeFileSync(join(folder, "policies.json"), `${policy}\n${version}\n`);
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toEqual([]);
    expect(estate.managedPolicy(arn)).toMatchObject({
      awsManaged: true,
      versions: [{ id: "v9", isDefault: true }],
    });
  });

  it("a version alone belongs to the policy of its file name, else to nobody", async () => {
    writeFileSync(join(folder, "policy-version-deploy-v9.json"), version);
    writeFileSync(join(folder, "x.json"), version);
    const { estate, rejected } = await loadEstate([folder], { accountHint: "222222222222" });
    expect(estate.managedPolicies.map((item) => item.arn)).toEqual([
      "arn:aws:iam::222222222222:policy/deploy",
    ]);
    expect(rejected.map((item) => item.reason)).toEqual(["a policy version does not name its policy"]);
  });
});

describe("tags of resources", () => {
  it("come with get-resources; one that lost its tags has none", async () => {
    const list = [
      { ResourceARN: "arn:aws:sqs:eu-west-1:222222222222:jobs", Tags: [{ Key: "team", Value: "data" }] },
      { ResourceARN: "arn:aws:sqs:eu-west-1:222222222222:bare", Tags: [] },
    ];
    writeFileSync(join(folder, "tags.json"), JSON.stringify({ ResourceTagMappingList: list }));
    const { estate } = await loadEstate([folder]);
    expect(estate.resources.map(({ kind, tags, tagsCollected }) => ({ kind, tags, tagsCollected }))).toEqual([
      { kind: "sqs:queue", tags: {}, tagsCollected: true },
      { kind: "sqs:queue", tags: { team: "data" }, tagsCollected: true },
    ]);
  });
});
