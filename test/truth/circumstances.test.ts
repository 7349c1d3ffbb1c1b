import { describe, expect, test } from "vitest";
import { createEstate, resourceId, type Estate } from "../../src/core/estate/index.js";
import type { EstateText, StatementText } from "../policy-estate.js";
import {
  accessKey,
  allow,
  analysisOf,
  blocks,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  roleArn,
  trusts,
  userArn,
} from "../recreation/real-access.js";

/**
 * Somebody may first change what a right depends on: the tags that it is bound to, the boundary that it asks for, the
 * SCP that refuses it (recreation.md 2). Such a way leaves the answer open, and names who; it is never `none`.
 */
const svc = userArn("svc");
const key = { credentials: [accessKey(svc)] };
const iam = (path: string): string => `arn:aws:iam::${prod}:${path}`;
const ask = (estate: Estate) => {
  const { verdict, missing, basis } = analysisOf(estate).recreate({
    resource: resourceId(bucketArn),
    weakness: "s3.public",
    subLocator: "",
  });
  return { verdict, basis, facts: missing.map((fact) => fact.key) };
};
const only = (values: Readonly<Record<string, string>>): Partial<StatementText> => ({
  Condition: { StringEquals: values },
});
const open = (topic: string, who = svc) => ({ verdict: "unknown", facts: [`${topic}|${who}`] });
const writer = inline(allow("s3:PutBucketPolicy"));

describe("tags that a right is bound to (IAM User Guide, Controlling access to AWS resources using tags)", () => {
  const byOwnTag = allow("s3:PutBucketPolicy", "*", only({ "aws:PrincipalTag/team": "exports" }));
  const alone = (...statements: readonly StatementText[]) =>
    ask(bucketEstate({ [svc]: inline(...statements) }, {}, key));

  test("of the identity itself: whoever tags itself meets the condition", () => {
    expect(alone(byOwnTag, allow("iam:TagUser", svc))).toMatchObject(open("tags-set"));
    expect(alone(byOwnTag, allow("iam:TagUser", userArn("other"))).verdict).toBe("none");
    expect(alone(byOwnTag).verdict).toBe("none");
  });

  test("a tag that is there needs nobody", () => {
    const tagged = bucketEstate({ [svc]: { ...inline(byOwnTag), tags: { team: "exports" } } }, {}, key);
    expect(ask(tagged).verdict).toBe("possible");
  });

  test("of a role on the way: whoever tags the role becomes it", () => {
    const becomes = allow("sts:AssumeRole", "*", only({ "aws:ResourceTag/open": "yes" }));
    const role = { [roleArn("deploy")]: { ...writer, ...trusts({ AWS: iam("root") }) } };
    const found = (...statements: readonly StatementText[]) =>
      ask(bucketEstate({ [svc]: inline(becomes, ...statements), ...role }, {}, key));
    expect(found(allow("iam:TagRole", roleArn("deploy")))).toMatchObject(open("tags-set"));
    expect(found().verdict).toBe("none");
  });

  test("of the bucket: whoever tags it, and whoever takes away the tag that a Deny looks for", () => {
    const tags = { team: "exports" };
    const found = (condition: Partial<StatementText>, ...rights: readonly StatementText[]) => {
      const base = bucketEstate(
        { [svc]: inline(allow("s3:PutBucketPolicy", "*", condition), ...rights) },
        {},
        key,
      );
      const resources = base.resources.map((item) =>
        item.id === bucketArn ? { ...item, tags, tagsCollected: true as const } : item,
      );
      return ask(createEstate({ ...base, resources }));
    };
    const bound = only({ "aws:ResourceTag/team": "web" });
    expect(found(bound, allow("s3:PutBucketTagging"))).toMatchObject(open("tags-set"));
    expect(found(bound).verdict).toBe("none");
    const refused: StatementText = {
      Effect: "Deny",
      Action: "s3:PutBucketPolicy",
      Resource: "*",
      ...only({ "aws:ResourceTag/team": "exports" }),
    };
    expect(found({}, refused, allow("s3:PutBucketTagging"))).toMatchObject(open("tags-set"));
    expect(found({}, refused).verdict).toBe("none");
  });

  test("somebody else's right to tag opens nothing to it", () => {
    const principals = {
      [svc]: inline(byOwnTag),
      [userArn("tagger")]: inline(allow("iam:TagUser", svc)),
    };
    expect(ask(bucketEstate(principals, {}, key)).verdict).toBe("none");
  });
});

describe("a boundary that a right asks for (iam:PermissionsBoundary)", () => {
  const box = iam("policy/box");
  const role = { [roleArn("deploy")]: { ...inline(allow("logs:PutLogEvents")), ...trusts({ AWS: svc }) } };
  const writes = allow("iam:PutRolePolicy", roleArn("deploy"), only({ "iam:PermissionsBoundary": box }));

  const managed = { [box]: { Statement: [allow("s3:*")] } };
  const found = (boundary: string | undefined, ...rights: readonly StatementText[]) => {
    const [[id, text] = ["", {}]] = Object.entries(role);
    const carried = boundary === undefined ? text : { ...text, boundary };
    return ask(bucketEstate({ [svc]: inline(writes, ...rights), [id]: carried }, { managed }, key));
  };

  test("where the identity carries it, the right is there; where it does not, it is not", () => {
    expect(found(box).verdict).toBe("possible");
    expect(found(undefined).verdict).toBe("none");
    expect(found(iam("policy/other")).verdict).toBe("none");
  });

  test("whoever sets it first writes the policy: open", () => {
    const sets = (on: string): StatementText => allow("iam:PutRolePermissionsBoundary", on);
    expect(found(undefined, sets(roleArn("deploy")))).toMatchObject(open("boundary-set"));
    expect(found(undefined, sets(roleArn("elsewhere"))).verdict).toBe("none");
  });

  test("a Deny that spares one boundary refuses the others", () => {
    const guard: StatementText = {
      Effect: "Deny",
      Action: "iam:PutRolePolicy",
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": box } },
    };
    const free = allow("iam:PutRolePolicy", roleArn("deploy"));
    const [[id, text] = ["", {}]] = Object.entries(role);
    const asked = (boundary?: string) =>
      ask(
        bucketEstate(
          { [svc]: inline(free, guard), [id]: boundary === undefined ? text : { ...text, boundary } },
          { managed },
          key,
        ),
      ).verdict;
    expect(asked(box)).toBe("possible");
    expect(asked()).toBe("none");
  });
});

describe("an identity made by one and given its rights by another, both of whom one actor becomes", () => {
  const fresh = iam("role/new-*");
  const parts = (create: readonly string[], give: readonly string[]) => ({
    [svc]: inline(allow("sts:AssumeRole")),
    [roleArn("creator")]: { ...inline(allow(create, fresh)), ...trusts({ AWS: svc }) },
    [roleArn("giver")]: { ...inline(allow(give, fresh)), ...trusts({ AWS: svc }) },
  });

  test("it leaves the answer open", () => {
    expect(ask(bucketEstate(parts(["iam:CreateRole"], ["iam:PutRolePolicy"]), {}, key)).verdict).toBe(
      "unknown",
    );
    expect(ask(bucketEstate(parts(["iam:CreateRole"], ["iam:AttachRolePolicy"]), {}, key)).verdict).toBe(
      "unknown",
    );
    expect(ask(bucketEstate(parts(["iam:CreateRole"], ["iam:GetRole"]), {}, key)).verdict).toBe("none");
  });
});

describe("the same for a way around the setting: somebody from outside who gets to read by several steps", () => {
  const management = "999999999999";
  const topics = ["organization", "scp", "rcp", "org-s3-policy", "declarative-policies"].concat([
    "access-keys",
    "console",
    "root-credentials",
  ]);
  /** Nobody sets anything of S3 again: what is left is reading. */
  const frozen: Partial<EstateText> = {
    resources: {
      [bucketArn]: {
        account: prod,
        policy: { Statement: [] },
        properties: {
          ...blocks("", false),
          ownershipControls: "BucketOwnerEnforced",
          "acl.publicGrants": [],
          "acl.publicObjects": false,
        },
      },
    },
    accounts: { [prod]: "o-test", [management]: "o-test" },
    covered: topics
      .map((topic) => `${topic}|aws:${prod}`)
      .concat(`iam|aws:${management}`, `inventory|aws:${prod}/s3:access-point`, "resource-policy|o-test"),
    organization: {
      management,
      parents: { "r-1": null, [prod]: "r-1", [management]: "r-1" },
      policies: [
        { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", prod, management] },
        {
          id: "p-guard",
          type: "scp",
          targets: ["r-1"],
          document: {
            Statement: [
              {
                Effect: "Deny",
                Action: ["s3:Put*", "s3:Create*", "organizations:*"],
                Resource: "*",
              },
            ],
          },
        },
      ],
      enabled: ["scp"],
    },
  };
  const vendor = { AWS: "arn:aws:iam::444444444444:root" };
  const fresh = iam("role/new-*");
  const parts = (give: string) => ({
    [roleArn("vendor")]: { ...inline(allow("sts:AssumeRole")), ...trusts(vendor) },
    [roleArn("creator")]: {
      ...inline(allow("iam:CreateRole", fresh)),
      ...trusts({ AWS: roleArn("vendor") }),
    },
    [roleArn("giver")]: { ...inline(allow(give, fresh)), ...trusts({ AWS: roleArn("vendor") }) },
  });

  test("it leaves the answer open", () => {
    expect(ask(bucketEstate(parts("iam:PutRolePolicy"), frozen))).toMatchObject(
      open("several-at-once", roleArn("vendor")),
    );
    expect(ask(bucketEstate(parts("iam:GetRole"), frozen)).verdict).toBe("none");
  });
});

describe("a service control policy that somebody lifts first (recreation.md 2, organisation guards)", () => {
  const management = "999999999999";
  const operator = `arn:aws:iam::${management}:user/operator`;
  const topics = ["organization", "scp", "rcp", "org-s3-policy", "declarative-policies"].concat([
    "access-keys",
    "console",
    "root-credentials",
  ]);
  const organization: Partial<EstateText> = {
    accounts: { [prod]: "o-test", [management]: "o-test" },
    covered: [prod, management]
      .flatMap((account) => topics.map((topic) => `${topic}|aws:${account}`))
      .concat(`inventory|aws:${prod}/s3:access-point`, "resource-policy|o-test"),
    organization: {
      management,
      parents: { "r-1": null, [prod]: "r-1", [management]: "r-1" },
      policies: [
        { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", prod, management] },
        {
          id: "p-guard",
          type: "scp",
          targets: ["r-1"],
          document: { Statement: [{ Effect: "Deny", Action: "s3:Put*", Resource: "*" }] },
        },
      ],
      enabled: ["scp"],
    },
  };
  const deploy = { [roleArn("deploy")]: { ...writer, ...trusts({ AWS: operator }) } };
  const found = (rights: readonly string[], more: NonNullable<EstateText["principals"]> = deploy) =>
    ask(
      bucketEstate({ [operator]: inline(allow(rights)), ...more }, organization, {
        credentials: [accessKey(operator)],
      }),
    );

  test("an identity of the management account that also becomes the one that is refused", () => {
    for (const lift of ["DetachPolicy", "UpdatePolicy", "DisablePolicyType", "MoveAccount"])
      expect(found([`organizations:${lift}`, "sts:AssumeRole"]), lift).toMatchObject(
        open("scp-lifted", operator),
      );
    expect(found(["organizations:ListPolicies", "sts:AssumeRole"]).verdict).toBe("none");
    expect(found(["organizations:DetachPolicy"], { [roleArn("deploy")]: writer }).verdict).toBe("none");
  });

  test("through an administrator of the account as well, whom the policy refuses too", () => {
    const administrator = { [roleArn("admin")]: { ...inline(allow("*")), ...trusts({ AWS: operator }) } };
    expect(found(["organizations:DetachPolicy", "sts:AssumeRole"], administrator)).toMatchObject(
      open("scp-lifted", operator),
    );
  });

  test("an identity of the account itself that takes the account out of the organisation", () => {
    const leaves = (rights: readonly string[]) =>
      ask(bucketEstate({ [svc]: inline(allow(rights)) }, organization, key));
    expect(leaves(["s3:PutBucketPolicy", "organizations:LeaveOrganization"])).toMatchObject(
      open("scp-lifted"),
    );
    expect(leaves(["s3:PutBucketPolicy"]).verdict).toBe("none");
  });
});

describe("an organisation policy lifted from an account that the organisation delegates to (recreation.md 2)", () => {
  const management = "999999999999";
  const member = "888888888888";
  const operator = `arn:aws:iam::${member}:user/operator`;
  const topics = ["organization", "scp", "rcp", "org-s3-policy", "declarative-policies"].concat([
    "access-keys",
    "console",
    "root-credentials",
  ]);
  const perimeter = {
    Statement: [
      {
        Effect: "Deny" as const,
        Action: "s3:*",
        Resource: "*",
        Principal: "*" as const,
        Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-test" } },
      },
      {
        Effect: "Deny" as const,
        Action: "organizations:LeaveOrganization",
        Resource: "*",
        Principal: "*" as const,
      },
    ],
  };
  const accounts = [prod, member, management];
  const organization = (delegation: readonly StatementText[] | "none" | "unread"): Partial<EstateText> => ({
    accounts: Object.fromEntries(accounts.map((id) => [id, "o-test"])),
    covered: accounts
      .flatMap((account) => topics.map((topic) => `${topic}|aws:${account}`))
      .concat(
        `inventory|aws:${prod}/s3:access-point`,
        delegation === "none" ? ["resource-policy|o-test"] : [],
      ),
    organization: {
      management,
      parents: { "r-1": null, ...Object.fromEntries(accounts.map((id) => [id, "r-1"])) },
      policies: [
        { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", ...accounts] },
        { id: "perimeter", type: "rcp", targets: ["r-1"], document: perimeter },
      ],
      enabled: ["scp", "rcp"],
    },
    ...(typeof delegation === "string"
      ? {}
      : {
          resources: {
            [`arn:aws:organizations::${management}:resourcepolicy/o-test/rp-1`]: {
              kind: "organizations:resource-policy",
              account: management,
              policy: { Statement: delegation },
            },
          },
        }),
  });
  /** One key that writes the bucket policy and lifts the perimeter, if its account is let do so. */
  const people = {
    [operator]: inline(allow(["organizations:DetachPolicy", "sts:AssumeRole"])),
    [roleArn("deploy")]: { ...writer, ...trusts({ AWS: operator }) },
  };
  const found = (delegation: Parameters<typeof organization>[0]) =>
    ask(bucketEstate(people, organization(delegation), { credentials: [accessKey(operator)] }));
  const lets = (more: Partial<StatementText> = {}): StatementText => ({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${member}:root` },
    Action: ["organizations:DetachPolicy", "organizations:UpdatePolicy"],
    Resource: "*",
    ...more,
  });

  test("named by the delegation policy: it can", () => {
    expect(found([lets()]).verdict).toBe("possible");
    expect(found([lets({ Principal: { AWS: member } })]).verdict).toBe("possible");
  });

  test("for another type of policy, another action or another account: it cannot", () => {
    const type = (value: string) => ({ Condition: { StringEquals: { "organizations:PolicyType": value } } });
    expect(found([lets(type("BACKUP_POLICY"))]).verdict).toBe("none");
    expect(found([lets({ Action: "organizations:DescribePolicy" })]).verdict).toBe("none");
    // Who lives in that account nobody told.
    expect(found([lets({ Principal: { AWS: "777777777777" } })])).toMatchObject(
      open("iam", "aws:777777777777"),
    );
    expect(found([lets(type("RESOURCE_CONTROL_POLICY"))])).toMatchObject(open("delegation-scope", "o-test"));
  });

  test("not read: unknown and named, for as long as somebody of a member account holds the right", () => {
    expect(found("none").verdict).toBe("none");
    expect(found("unread")).toMatchObject(open("delegation", "o-test"));
    const without = { ...people, [operator]: inline(allow("sts:AssumeRole")) };
    const estate = bucketEstate(without, organization("unread"), { credentials: [accessKey(operator)] });
    expect(ask(estate).verdict).toBe("none");
  });
});
