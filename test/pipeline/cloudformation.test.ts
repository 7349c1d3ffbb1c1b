import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecreateDocument } from "../../src/contract/index.js";
import { runRemit } from "../run-remit.js";
import {
  account,
  bucket,
  buckets,
  estateFolder,
  identities,
  policy,
  publicRead,
  role,
} from "./estate-folder.js";

const stack = `arn:aws:cloudformation:eu-west-1:${account}:stack/exports/0a1b2c3d-0000-4000-8000-000000000001`;

let folder: ReturnType<typeof estateFolder>;
beforeEach(() => {
  folder = estateFolder();
  folder.save(`${account}/account-authorization-details.json`, identities("acme/infra"));
  folder.save(`${account}/s3.json`, buckets(false));
  folder.save("infra/template.json", template(publicRead));
});
afterEach(() => {
  folder.done();
});

const template = (statement: object): object => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Resources: {
    Exports: { Type: "AWS::S3::Bucket", Properties: {} },
    ExportsPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: { Bucket: { Ref: "Exports" }, PolicyDocument: policy(statement) },
    },
  },
});

/** The tags that CloudFormation puts on what it makes. */
const tagged = (id: string, stackId: string): object => ({
  ResourceTagMappingList: [
    {
      ResourceARN: `arn:aws:s3:::${bucket}`,
      Tags: [
        { Key: "aws:cloudformation:stack-id", Value: stackId },
        { Key: "aws:cloudformation:stack-name", Value: "exports" },
        { Key: "aws:cloudformation:logical-id", Value: id },
      ],
    },
  ],
});

async function drift() {
  const question = ["--resource", `arn:aws:s3:::${bucket}`, "--weakness", "s3.public"];
  const ran = await runRemit(["recreate", ...question, "--estate", folder.path, "--format", "json"]);
  expect(ran.err).toContain("exit 0");
  return (JSON.parse(ran.out) as RecreateDocument).paths.find((path) => path.leg === "drift");
}

describe("a public bucket that a stack defines and somebody closed by hand", () => {
  it("the tags of the bucket lead to the template, its line and the stack's own role", async () => {
    folder.save(`${account}/tags.json`, tagged("Exports", stack));
    folder.save(`${account}/stacks.json`, {
      Stacks: [
        { StackId: stack, StackName: "exports", StackStatus: "UPDATE_COMPLETE", RoleARN: role("cfn") },
      ],
    });
    folder.save(`${account}/stack-resources.json`, {
      StackResources: [{ StackId: stack, LogicalResourceId: "Exports", PhysicalResourceId: bucket }],
    });
    const path = await drift();
    expect(path).toMatchObject({
      kind: "pipeline",
      verdict: true,
      // A plain update leaves alone what the template did not change.
      certainty: "conditional",
      code: {
        tool: "cloudformation",
        address: "ExportsPolicy",
        file: `${folder.path}/infra/template.json`,
        identity: role("cfn"),
      },
    });
    expect(path?.code?.line).toBeGreaterThan(0);
  });

  it("a bucket that no stack made is not held against the template", async () => {
    expect(await drift()).toBeUndefined();
    folder.save(`${account}/tags.json`, tagged("SomethingElse", stack));
    expect(await drift()).toBeUndefined();
  });

  it("after the template was corrected it does not come back", async () => {
    folder.save(`${account}/tags.json`, tagged("Exports", stack));
    folder.save("infra/template.json", template({ ...publicRead, Principal: { AWS: account } }));
    expect(await drift()).toBeUndefined();
  });
});
