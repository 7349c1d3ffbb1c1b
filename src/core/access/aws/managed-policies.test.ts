import { describe, expect, it, test } from "vitest";
import { compactManagedPolicies } from "../../../../scripts/data/managed-policies.mjs";
import { buildManagedPolicyReference, type RawManagedPolicies } from "./managed-policies.js";

const packed: RawManagedPolicies = {
  version: "2026-01-02",
  actions: { "": "*", iam: "GetRole,PassRole", s3: "Get*,PutObject" },
  resources: ["*", "arn:aws:s3:::${aws:username}/*", "arn:aws:iam::*:role/x"],
  conditions: [
    ["StringEquals", "iam:PassedToService", ["ec2.amazonaws.com", "arn:aws:x"]],
    ["Bool", "aws:ViaAWSService", true],
    ["StringEquals", "aws:SourceArn", "arn:aws:sns:*:*:y"],
  ],
  policies: {
    Everything: ["+0|0"],
    "service-role/Some": ["+1 1 1|1 2|0 1 2", "-!2 2|!2"],
  },
};

const some = "arn:aws:iam::aws:policy/service-role/Some";

describe("a managed policy reference", () => {
  const reference = buildManagedPolicyReference(packed);

  it("gives plain policy documents", () => {
    expect(reference.document("arn:aws:iam::aws:policy/Everything")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }],
    });
    expect(reference.document(some)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["iam:GetRole", "iam:PassRole", "s3:Get*"],
          Resource: ["arn:aws:s3:::${aws:username}/*", "arn:aws:iam::*:role/x"],
          Condition: {
            StringEquals: {
              "iam:PassedToService": ["ec2.amazonaws.com", "arn:aws:x"],
              "aws:SourceArn": "arn:aws:sns:*:*:y",
            },
            Bool: { "aws:ViaAWSService": true },
          },
        },
        {
          Effect: "Deny",
          NotAction: ["iam:PassRole", "s3:PutObject"],
          NotResource: ["arn:aws:iam::*:role/x"],
        },
      ],
    });
    expect(reference).toMatchObject({ version: "2026-01-02", names: ["Everything", "service-role/Some"] });
  });

  it("writes the ARNs of another partition", () => {
    expect(reference.document("arn:aws-cn:iam::aws:policy/service-role/Some")?.Statement[0]).toMatchObject({
      Resource: ["arn:aws-cn:s3:::${aws:username}/*", "arn:aws-cn:iam::*:role/x"],
      Condition: {
        StringEquals: {
          "iam:PassedToService": ["ec2.amazonaws.com", "arn:aws-cn:x"],
          "aws:SourceArn": "arn:aws-cn:sns:*:*:y",
        },
      },
    });
    // The one partition is not the other's memory.
    expect(reference.document(some)?.Statement[0]?.Resource?.[1]).toBe("arn:aws:iam::*:role/x");
    expect(reference.document("arn:aws-us-gov:iam::aws:policy/Everything")?.Statement).toHaveLength(1);
  });

  test.each([
    "arn:aws:iam::aws:policy/Some",
    "arn:aws:iam::aws:policy/everything",
    "arn:aws:iam::123456789012:policy/Everything",
    "arn:aws:iam::aws:policy/toString",
    "arn:aws:iam::aws:policy/",
    "Everything",
    "",
  ])("has no document for `%s`", (arn) => expect(reference.document(arn)).toBeUndefined());

  it("stops at data that points nowhere", () => {
    const damaged = buildManagedPolicyReference({ ...packed, policies: { Broken: ["+0|9"] } });
    expect(() => damaged.document("arn:aws:iam::aws:policy/Broken")).toThrow("damaged");
  });
});

describe("packing and unpacking", () => {
  const policies = {
    "arn:aws:iam::aws:policy/A": {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Text",
          Effect: "Allow",
          Action: ["s3:PutObject", "S3:Get*", "ec2-x:A", "ec2:B"],
          Resource: "*",
        },
        { Effect: "Deny", NotAction: "iam:*", NotResource: ["arn:aws:s3:::b", "arn:aws:s3:::a"] },
        {
          Effect: "Allow",
          Action: "*",
          Resource: "*",
          Condition: { Null: { "aws:TokenIssueTime": "true" } },
        },
      ],
    },
    "arn:aws:iam::aws:policy/path/B": {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["s3:PutObject"], Resource: ["*"] },
    },
  };
  const raw = compactManagedPolicies({
    source: "somewhere, 2026-03-04",
    policies: { ...policies, null: { Version: "2012-10-17", Statement: [] } },
  });
  const reference = buildManagedPolicyReference(raw);

  it("keeps everything but Sids and the order of actions", () => {
    expect(reference.document("arn:aws:iam::aws:policy/A")?.Statement).toEqual([
      { Effect: "Allow", Action: ["S3:Get*", "ec2-x:A", "ec2:B", "s3:PutObject"], Resource: ["*"] },
      { Effect: "Deny", NotAction: ["iam:*"], NotResource: ["arn:aws:s3:::b", "arn:aws:s3:::a"] },
      {
        Effect: "Allow",
        Action: ["*"],
        Resource: ["*"],
        Condition: { Null: { "aws:TokenIssueTime": "true" } },
      },
    ]);
    expect(reference.document("arn:aws:iam::aws:policy/path/B")?.Statement).toEqual([
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: ["*"] },
    ]);
  });

  it("takes the date from the source and leaves out what is no policy", () => {
    expect(reference.version).toBe("2026-03-04");
    expect(reference.names).toEqual(["A", "path/B"]);
  });

  it("refuses what it would lose", () => {
    const with_ = (statement: object) => ({
      source: "x",
      policies: {
        "arn:aws:iam::aws:policy/A": {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", ...statement }],
        },
      },
    });
    expect(() => compactManagedPolicies(with_({ Action: "*", Resource: "*", Principal: "*" }))).toThrow(
      "Principal",
    );
  });
});
