import { describe, expect, it, test } from "vitest";
import { canonicalResource, type NamedResource } from "./canonical-resource.js";
import { maskText } from "./mask-text.js";
import { observedTime } from "./observed-time.js";

const aws = (rawId: string, more: Partial<NamedResource> = {}): ReturnType<typeof canonicalResource> =>
  canonicalResource({ provider: "aws", rawId, rawAccount: "222222222222", region: "eu-west-1", ...more });

describe("AWS resources (pitfalls 10, 11, 12)", () => {
  it.each([
    ["arn:aws:s3:::b", {}, "arn:aws:s3:::b", "s3:bucket", "b"],
    ["arn:aws-cn:s3:::b", {}, "arn:aws-cn:s3:::b", "s3:bucket", "b"],
    ["arn:aws:s3:eu-west-1:222222222222:b", {}, "arn:aws:s3:::b", "s3:bucket", "b"],
    ["b", { rawType: "AwsS3Bucket" }, "arn:aws:s3:::b", "s3:bucket", "b"],
    ["b", { rawType: "AwsS3Bucket", partition: "aws-us-gov" }, "arn:aws-us-gov:s3:::b", "s3:bucket", "b"],
    [
      "arn:aws:s3:eu-west-1:222222222222:accesspoint/p",
      {},
      "arn:aws:s3:eu-west-1:222222222222:accesspoint/p",
      "s3:access-point",
      "p",
    ],
    ["AWS::::Account:222222222222", {}, "aws:222222222222", "aws:account", "222222222222"],
    ["222222222222", { rawType: "Other" }, "aws:222222222222", "aws:account", "222222222222"],
    ["arn:aws:iam::222222222222:root", {}, "aws:222222222222", "aws:account", "222222222222"],
    ["password_policy", {}, "aws:222222222222", "aws:account", "222222222222"],
    [
      "i-0abc1234",
      {},
      "arn:aws:ec2:eu-west-1:222222222222:instance/i-0abc1234",
      "ec2:instance",
      "i-0abc1234",
    ],
    [
      "arn:aws:ec2:eu-west-1:222222222222:i-0abc1234",
      {},
      "arn:aws:ec2:eu-west-1:222222222222:instance/i-0abc1234",
      "ec2:instance",
      "i-0abc1234",
    ],
    ["sg-0abc1234", { rawAccount: undefined }, "sg-0abc1234", "ec2:security-group", "sg-0abc1234"],
    [
      "arn:aws:rds:eu-west-1:222222222222:snapshot:hr",
      {},
      "arn:aws:rds:eu-west-1:222222222222:snapshot:hr",
      "rds:snapshot",
      "hr",
    ],
    [
      "arn:aws:rds:eu-west-1:222222222222:db:hr",
      {},
      "arn:aws:rds:eu-west-1:222222222222:db:hr",
      "rds:db-instance",
      "hr",
    ],
    [
      "arn:aws:es:eu-west-1:222222222222:domain/d",
      {},
      "arn:aws:es:eu-west-1:222222222222:domain/d",
      "opensearch:domain",
      "d",
    ],
    [
      "arn:aws:iam::222222222222:role/aws-service-role/x.amazonaws.com/R",
      {},
      "arn:aws:iam::222222222222:role/aws-service-role/x.amazonaws.com/R",
      "iam:role",
      "R",
    ],
    [
      "arn:aws:lambda:eu-west-1:222222222222:function:f:$LATEST",
      {},
      "arn:aws:lambda:eu-west-1:222222222222:function:f",
      "lambda:function",
      "f",
    ],
    [
      "arn:aws:logs:eu-west-1:222222222222:log-group:/a/b:*",
      {},
      "arn:aws:logs:eu-west-1:222222222222:log-group:/a/b",
      "logs:log-group",
      "a/b",
    ],
    ["arn:aws:sqs:eu-west-1:222222222222:q", {}, "arn:aws:sqs:eu-west-1:222222222222:q", "sqs:queue", "q"],
    [
      "No trails",
      { rawType: "AwsCloudTrailTrail" },
      "aws:222222222222/eu-west-1/AwsCloudTrailTrail/No trails",
      "aws:cloud-trail-trail",
      "No trails",
    ],
  ])("%s %j is %s", (rawId, more, id, kind, name) => {
    expect(aws(rawId, more as Partial<NamedResource>)).toMatchObject({ id, kind, name });
  });

  it("snapshots and images are named without the account, as AWS does, and keep it beside", () => {
    const snapshot = "arn:aws:ec2:eu-west-1::snapshot/snap-0abc1234";
    for (const rawId of [
      snapshot,
      "arn:aws:ec2:eu-west-1:222222222222:snapshot/snap-0abc1234",
      "snap-0abc1234",
    ]) {
      expect(aws(rawId)).toMatchObject({ id: snapshot, kind: "ec2:snapshot", account: "aws:222222222222" });
    }
    const image = aws("arn:aws:ec2:eu-west-1:333333333333:image/ami-0abc1234", { rawAccount: undefined });
    expect(image).toMatchObject({
      id: "arn:aws:ec2:eu-west-1::image/ami-0abc1234",
      account: "aws:333333333333",
    });
  });

  it("an account that is not twelve digits is flagged and not believed", () => {
    for (const rawAccount of ["XXXXXXXXXXXX", "1234567", "<account_uid>"]) {
      const resource = aws("arn:aws:s3:::b", { rawAccount });
      expect(resource.quality).toEqual(["redacted-account"]);
      expect(resource).not.toHaveProperty("account");
    }
    expect(aws("arn:aws:s3:::b", { rawAccount: undefined }).quality).toEqual(["no-account"]);
    expect(aws("arn:aws:iam::222222222222:user/a", { rawAccount: undefined }).account).toBe(
      "aws:222222222222",
    );
  });
});

describe("other providers", () => {
  it("ARM ids do not distinguish case", () => {
    const arm = "/subscriptions/AAAA-1/resourceGroups/RG/providers/Microsoft.Storage/storageAccounts/Acme/";
    const one = canonicalResource({ provider: "azure", rawId: arm, rawAccount: "AAAA-1" });
    const other = canonicalResource({
      provider: "azure",
      rawId: arm.toLowerCase().slice(0, -1),
      rawAccount: "aaaa-1",
    });
    expect(one).toEqual(other);
    expect(one).toMatchObject({ kind: "azure:storage-account", name: "acme", account: "azure:aaaa-1" });
  });

  it("a GCP bucket has one name, a project number is flagged", () => {
    const bucket = canonicalResource({
      provider: "gcp",
      rawId: "logs",
      rawType: "storage.googleapis.com/Bucket",
      rawAccount: "p",
    });
    expect(bucket).toMatchObject({
      id: "//storage.googleapis.com/logs",
      kind: "gcp:bucket",
      account: "gcp:p",
    });
    const full = canonicalResource({
      provider: "gcp",
      rawId: "//storage.googleapis.com/logs",
      rawAccount: "123456",
    });
    expect(full).toMatchObject({ id: bucket.id, quality: ["project-number"] });
  });

  it("a Kubernetes object is told by cluster, namespace, kind and name, not by its uid", () => {
    const pod = (rawId: string): string =>
      canonicalResource({
        provider: "kubernetes",
        rawId,
        name: "api",
        rawType: "Pod",
        namespace: "kube-system",
        rawAccount: "c1",
      }).id;
    expect(pod("uid-1")).toBe("kubernetes:c1/kube-system/pod/api");
    expect(pod("uid-2")).toBe(pod("uid-1"));
  });
});

describe("times (pitfall 14)", () => {
  it.each([
    [1739539623, "2025-02-14T13:27:03.000Z", false],
    [1739539623913, "2025-02-14T13:27:03.913Z", false],
    ["2025-02-14T14:27:03.913874", "2025-02-14T14:27:03.913Z", true],
    ["2021-08-25T12:20:30.000000005Z", "2021-08-25T12:20:30.000Z", false],
    ["2025-07-25 13:09:25.306109000", "2025-07-25T13:09:25.306Z", true],
    ["2025-07-25T13:09:25+02:00", "2025-07-25T11:09:25.000Z", false],
    ["2025-07-25T13:09:25-0130", "2025-07-25T14:39:25.000Z", false],
  ])("%j is %s", (value, at, zoneAssumed) => expect(observedTime(value)).toEqual({ at, zoneAssumed }));

  it.each([null, "", "yesterday", "2025-13-45T00:00:00Z", -1, 0, Number.NaN, 1e300, {}, []])(
    "%j is no time",
    (value) => expect(observedTime(value)).toBeUndefined(),
  );
});

describe("masking (pitfall 16)", () => {
  it.each([
    ["key -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- end", "key *** end"],
    ["postgres://user:s3cret@db/x", "postgres://user:***@db/x"],
    ['password="correct horse" x', "password=*** x"],
    ["aws_secret_access_key=wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key=***"],
    ["user AKIAIOSFODNN7EXAMPLE has a key", "user AKIAIOSFODNN7EXAMPLE has a key"],
    ["Password expiration is not set.", "Password expiration is not set."],
  ])("%j becomes %j", (text, masked) => expect(maskText(text)).toBe(masked));

  it("bounds the length and the time", () => {
    const started = performance.now();
    expect(maskText("a://".repeat(500_000)).length).toBe(2000);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("names of Google (pitfall 12)", () => {
  const idOf = (rawId: string, rawAccount?: string) => {
    const { id, kind, account } = canonicalResource({ provider: "gcp", rawId, rawAccount });
    return [id, kind, account];
  };

  it("the address of the API and the full name are one resource, by the project's id where the tool tells it", () => {
    const vm = "projects/acme-prod/zones/z/instances/web";
    const expected = [`//compute.googleapis.com/${vm}`, "gcp:compute.instance", "gcp:acme-prod"];
    expect(idOf(`//compute.googleapis.com/${vm}`)).toEqual(expected);
    expect(idOf(`https://www.googleapis.com/compute/v1/${vm}`)).toEqual(expected);
    expect(idOf(`https://compute.googleapis.com/compute/v1/${vm}`)).toEqual(expected);
    expect(idOf("//compute.googleapis.com/projects/300000000001/zones/z/instances/web", "acme-prod")).toEqual(
      expected,
    );
  });

  it("a number stays a number where nothing says the id, and one id does not replace another", () => {
    const [numbered] = idOf(
      "//compute.googleapis.com/projects/300000000001/zones/z/instances/web",
      "300000000001",
    );
    expect(numbered).toContain("/projects/300000000001/");
    const [other] = idOf("//compute.googleapis.com/projects/acme-prod/zones/z/instances/web", "acme-test");
    expect(other).toContain("/projects/acme-prod/");
  });
});

test("an id of slashes alone names nothing and is kept as it came", () => {
  const { id, quality } = canonicalResource({ provider: "azure", rawId: "//", rawType: "type" });
  expect(id).toBe("azure:unknown-subscription/type///");
  expect(quality).toContain("bare-resource-id");
});
