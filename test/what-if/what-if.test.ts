import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatIfSchema } from "../../src/contract/index.js";
import type { WhatIfDocument } from "../../src/core/decision/index.js";
import {
  account,
  bucket,
  buckets,
  estateFolder,
  identities,
  policy,
  publicCode,
  publicRead,
  role,
  state,
} from "../pipeline/estate-folder.js";
import { runRemit } from "../run-remit.js";

const arn = `arn:aws:s3:::${bucket}`;
let folder: ReturnType<typeof estateFolder>;
let proposals: ReturnType<typeof estateFolder>;
beforeEach(() => {
  proposals = estateFolder();
  folder = estateFolder();
  folder.save(`${account}/account-authorization-details.json`, identities("acme/infra"));
  folder.save(`${account}/s3.json`, buckets(true));
  folder.save("facts.yaml", {
    schema: "remit.estate/1",
    source: "test",
    observedAt: "2026-11-22",
    accounts: [{ id: `aws:${account}`, organization: "none" }],
    coverage: [{ topic: ["access-keys", "console", "root-credentials"], scope: `aws:${account}` }],
  });
  folder.save("trail.json", {
    Records: [
      {
        eventID: "1",
        eventTime: "2026-11-20T03:00:00Z",
        eventName: "PutBucketPolicy",
        eventSource: "s3.amazonaws.com",
        awsRegion: "eu-west-1",
        recipientAccountId: account,
        userIdentity: {
          type: "AssumedRole",
          accountId: account,
          arn: `arn:aws:sts::${account}:assumed-role/terraform-apply/run`,
          sessionContext: { sessionIssuer: { arn: role("terraform-apply") } },
        },
        requestParameters: { bucketName: bucket },
      },
    ],
  });
});
afterEach(() => {
  folder.done();
  proposals.done();
});

async function run(change: unknown, ...more: readonly string[]) {
  proposals.save("change.json", change);
  return runRemit(["what-if", "--change", `${proposals.path}/change.json`, "--estate", folder.path, ...more]);
}

async function ask(...changes: readonly object[]): Promise<WhatIfDocument> {
  const ran = await run({ version: 1, changes }, "--format", "json");
  expect(ran.err).toContain("exit 0");
  // The document keeps its own schema.
  return whatIfSchema.parse(JSON.parse(ran.out));
}

const removeRight = {
  removeStatement: { principal: role("terraform-apply"), policy: "inline/apply", index: 0 },
};

describe("what-if: the same analysis after a proposed change", () => {
  it("a right that is taken away: who loses it, that it is in use, and which answer flips", async () => {
    const found = await ask(removeRight, { set: `${arn}#policy`, to: null });
    expect(found.access.lost.map(({ principal, action, after }) => [principal, action, after])).toEqual(
      expect.arrayContaining([[role("terraform-apply"), "s3:PutBucketPolicy", "cannot"]]),
    );
    expect(found.access.gained).toEqual([]);
    expect(found.broken).toMatchObject([
      {
        who: role("terraform-apply"),
        action: "s3:PutBucketPolicy",
        resource: arn,
        certainty: "certain",
        uses: 1,
      },
    ]);
    const [flip] = found.verdicts.filter(({ weakness }) => weakness === "s3.public");
    expect(flip).toMatchObject({ resource: arn, effect: "better", closed: true });
    expect(flip?.before?.verdict).toBe("possible");
    expect(flip?.after?.verdict).not.toBe("possible");
  });

  it("a tightened trust closes a way in, and says that the role was in use", async () => {
    const found = await ask({
      removeTrust: {
        role: role("terraform-apply"),
        principal: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
      },
    });
    const [way] = found.entries;
    expect(way).toMatchObject({ into: role("terraform-apply"), kind: "federated-workload", before: 2 });
    expect(way).not.toHaveProperty("after");
    expect(found.broken).toMatchObject([{ who: role("terraform-apply"), certainty: "possible" }]);
  });

  it("a change that opens something is a new exposure and somebody's gain", async () => {
    folder.save(`${account}/s3.json`, buckets(false));
    const found = await ask(
      { set: `${arn}#publicAccessBlock.BlockPublicPolicy`, to: false },
      { set: `${arn}#publicAccessBlock.RestrictPublicBuckets`, to: false },
      { set: `${arn}#policy`, to: policy(publicRead) },
    );
    expect(found.newExposures.map(({ resource, weakness }) => [resource, weakness])).toEqual(
      expect.arrayContaining([[arn, "s3.public"]]),
    );
    expect(
      found.access.gained.some(({ action, after }) => action === "s3:GetObject" && after === "can"),
    ).toBe(true);
    expect(found.access.lost).toEqual([]);
  });

  it("a Terraform plan is a change as it is", async () => {
    folder.save("repos/acme/infra/exports/terraform.tfstate", state(true));
    folder.save("repos/acme/infra/exports/main.tf", publicCode);
    const before = { bucket, policy: JSON.stringify(policy(publicRead)) };
    const ran = await run(
      {
        format_version: "1.2",
        planned_values: {},
        resource_changes: [
          {
            address: "aws_s3_bucket_policy.exports",
            mode: "managed",
            type: "aws_s3_bucket_policy",
            name: "exports",
            change: { actions: ["delete"], before, after: null, after_unknown: {} },
          },
        ],
      },
      "--format",
      "json",
    );
    expect(ran.err).toContain("exit 0");
    const found = JSON.parse(ran.out) as WhatIfDocument;
    expect(found.change.applied).toMatchObject([{ kind: "terraformPlan" }]);
    const [flip] = found.verdicts.filter(({ weakness }) => weakness === "s3.public");
    expect(flip).toMatchObject({ closed: true, before: { words: "yes, by itself" } });
    expect(flip?.before?.because).toContain("Terraform sets it");
    expect(flip?.after?.because).not.toContain("Terraform sets it");
  });

  it("a change that names nothing is named with its place, the rest is answered, and the exit code is 3", async () => {
    const ran = await run(
      { version: 1, changes: [removeRight, { revoke: "aws:access-key/AKIAEXAMPLE00000NONE" }] },
      "--format",
      "json",
    );
    expect(ran.code).toBe(3);
    const found = JSON.parse(ran.out) as WhatIfDocument;
    expect(found.change.applied).toHaveLength(1);
    expect(found.rejected).toMatchObject([{ pointer: "/changes/1" }]);
    expect(found.rejected[0]?.reason).toContain("AKIAEXAMPLE00000NONE");
  });

  it.each([
    [
      "nothing of it can be applied",
      { version: 1, changes: [{ revoke: "aws:access-key/AKIAEXAMPLE00000NONE" }] },
    ],
    ["it is no change document", { version: 2 }],
    ["a change is not known", { version: 1, changes: [{ explode: true }] }],
  ])("%s: exit 2, with the place", async (_, change) => {
    const ran = await run(change);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe("");
    expect(ran.err).toMatch(/exit 2: the change cannot be applied: .*change\.json/);
  });

  it.each([
    ["breaks", 1],
    ["gained", 0],
    ["worse,breaks", 1],
  ])("--fail-on %s ends with %i", async (condition, code) => {
    const ran = await run({ version: 1, changes: [removeRight] }, "--fail-on", condition);
    expect(ran.code).toBe(code);
  });

  it("table and Markdown say the same as the document", async () => {
    const change = { version: 1, changes: [removeRight] };
    const table = (await run(change)).out;
    expect(table).toContain("1 in use would break");
    expect(table).toMatch(/LOSES\n +terraform-apply +s3:PutBucketPolicy/);
    const markdown = (await run(change, "--format", "markdown")).out;
    expect(markdown).toContain("## WOULD BREAK");
    expect(markdown).toContain("s3:PutBucketPolicy");
  });

  it("without an audit log it does not pretend to know what is in use", async () => {
    folder.save("trail.json", { version: 1 });
    const ran = await run({ version: 1, changes: [removeRight] });
    expect(ran.out).toContain("no audit log was supplied");
  });
});
