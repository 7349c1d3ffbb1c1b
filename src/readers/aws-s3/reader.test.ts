import { describe, expect, test } from "vitest";
import type { EstateReading } from "../estate-reader.js";
import { s3Reader } from "./index.js";

function read(
  path: string,
  value: unknown,
  hints: { accountHint?: string; regionHint?: string } = {},
): EstateReading {
  const source = { path, digest: "0", kind: "aws-s3" };
  const document = { source, format: "json" as const, value, text: JSON.stringify(value) };
  expect(s3Reader.recognises(document)).toBe(true);
  return s3Reader.read(document, { source, ...hints });
}

const property = (reading: EstateReading, name: string, index = 0): unknown =>
  reading.facts.resources?.[index]?.properties.get(name)?.value;

const flags = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const policy = (bucket: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  });

describe("S3 documents", () => {
  test("a bucket policy belongs to the bucket that its resources name, and its pointer leads into the text", () => {
    const { facts } = read(
      "x/policy.json",
      { Policy: policy("acme-exports") },
      { accountHint: "222222222222" },
    );
    const bucket = facts.resources?.[0];
    expect(bucket).toMatchObject({ id: "arn:aws:s3:::acme-exports", account: "aws:222222222222" });
    expect(bucket?.policies?.get("")?.origin).toMatchObject({ pointer: "/Policy", inner: "" });
    expect(facts.coverage?.[0]).toMatchObject({
      topic: "resource-policy",
      scope: "arn:aws:s3:::acme-exports",
    });
  });

  test("account and bucket level have one shape: only the path or a wrapper tells them apart", () => {
    const block = { PublicAccessBlockConfiguration: flags };
    const ofBucket = read("acme-exports/public-access-block.json", block);
    expect(ofBucket.facts.resources?.[0]?.id).toBe("arn:aws:s3:::acme-exports");
    expect(property(ofBucket, "publicAccessBlock.BlockPublicPolicy")).toBe(true);
    const ofAccount = read("account-public-access-block.json", block, { accountHint: "222222222222" });
    expect(ofAccount.facts.resources?.[0]?.id).toBe("aws:222222222222");
    expect(property(ofAccount, "s3.publicAccessBlock.BlockPublicPolicy")).toBe(true);
    const inFolder = read("222222222222/s3control/block.json", block, { accountHint: "222222222222" });
    expect(property(inFolder, "s3.publicAccessBlock.RestrictPublicBuckets")).toBe(true);
    // Without an account it is nobody's.
    const nobody = read("s3control/block.json", block);
    expect(nobody.facts.resources).toBeUndefined();
    expect(nobody.rejected[0]?.hint).toMatch(/account-public-access-block-ACCOUNT/);
    // A block taken for the account's would be a guard rail that nobody has.
    const neither = read("block.json", block, { accountHint: "222222222222" });
    expect(neither.facts.resources).toBeUndefined();
    expect(neither.rejected[0]?.hint).toMatch(/public-access-block-NAME/);
  });

  test("no configuration means four flags off; a refused call means nothing", () => {
    const missing = { Error: { Code: "NoSuchPublicAccessBlockConfiguration", BucketName: "b-1" } };
    const off = read("x.json", missing);
    for (const flag of Object.keys(flags)) expect(property(off, `publicAccessBlock.${flag}`)).toBe(false);
    const denied = { Error: { Code: "AccessDenied", BucketName: "b-1" } };
    const source = { path: "x.json", digest: "0", kind: "aws-s3" };
    expect(s3Reader.recognises({ source, format: "json", value: denied, text: "" })).toBe(false);
  });

  test("only the two public groups are public grants", () => {
    const group = (name: string, permission: string): object => ({
      Grantee: { Type: "Group", URI: `http://acs.amazonaws.com/groups/${name}` },
      Permission: permission,
    });
    const acl = { Owner: {}, Grants: [group("global/AllUsers", "READ"), group("s3/LogDelivery", "WRITE")] };
    expect(property(read("acme-exports/acl.json", acl), "acl.publicGrants")).toEqual(["AllUsers:READ"]);
    expect(property(read("bucket-acl-acme-x.json", { Owner: {}, Grants: [] }), "acl.publicGrants")).toEqual(
      [],
    );
  });

  test("the assembled form says all of an account's buckets in one file", () => {
    const reading = read("s3.json", {
      account: { id: "222222222222", publicAccessBlock: "none" },
      "acme-reports": {
        policy: JSON.parse(policy("acme-reports")) as unknown,
        acl: "none",
        publicAccessBlock: { ...flags, BlockPublicPolicy: false },
        ownershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      },
    });
    expect(reading.rejected).toEqual([]);
    expect(property(reading, "s3.publicAccessBlock.BlockPublicPolicy", 0)).toBe(false);
    expect(property(reading, "publicAccessBlock.BlockPublicPolicy", 1)).toBe(false);
    expect(property(reading, "publicAccessBlock.BlockPublicAcls", 1)).toBe(true);
    expect(property(reading, "ownershipControls", 1)).toBe("BucketOwnerEnforced");
    expect(reading.facts.resources?.[1]?.policies?.get("")?.document.statements).toHaveLength(1);
  });

  test("a setting that the assembled form leaves out stays unknown", () => {
    const reading = read("s3.json", { buckets: { "acme-x": { publicAccessBlock: flags } } });
    expect(reading.facts.resources?.[0]?.policies).toBeUndefined();
    expect(property(reading, "acl.publicGrants")).toBeUndefined();
    expect(reading.facts.coverage).toBeUndefined();
  });

  test("a list that goes on states no access points", () => {
    const point = {
      Name: "p",
      Bucket: "acme-x",
      NetworkOrigin: "Internet",
      AccessPointArn: "arn:aws:s3:eu-west-1:222222222222:accesspoint/p",
    };
    const whole = read("a.json", { AccessPointList: [point] });
    expect(property(whole, "accessPoints", 1)).toEqual([point.AccessPointArn]);
    const page = read("a.json", { AccessPointList: [point], NextToken: "t" });
    expect(page.facts.resources?.map((item) => item.kind)).toEqual(["s3:access-point"]);
    expect(page.rejected).toHaveLength(1);
  });
});
