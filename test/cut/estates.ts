import fc from "fast-check";
import type { EstateText, PolicyText, StatementText } from "../policy-estate.js";

/**
 * Accounts in which most buckets can come back, often in several ways: users with keys, roles in chains, roles that outsiders
 * or tokens enter, groups, shared policies, wildcards. Everything was collected.
 */
export const owner = "222222222222";
const management = "999999999999";
const stranger = "888888888888";
export const bucket = "arn:aws:s3:::acme-exports";
const iam = (path: string): string => `arn:aws:iam::${owner}:${path}`;
export const people = [iam("user/ana"), iam("user/ben"), iam("user/cat")];
export const workers = [iam("role/etl"), iam("role/etl-admin"), iam("role/gha"), iam("role/vendor")];
const [ana = "", ben = "", cat = ""] = people;
const [etl = "", etlAdmin = "", gha = "", vendor = ""] = workers;
const team = iam("group/team");
const shared = iam("policy/shared");
export const github = iam("oidc-provider/token.actions.githubusercontent.com");

const action = fc.constantFrom(
  ...["s3:PutBucketPolicy", "s3:PutBucket*", "s3:*", "s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock"],
  ...["s3:GetObject", "sts:AssumeRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
  ...["iam:AttachRolePolicy", "iam:CreateAccessKey", "iam:PutUserPolicy", "lambda:InvokeFunction"],
);
const targets = (name: string): readonly string[] =>
  name.startsWith("s3:")
    ? [bucket, `${bucket}*`, "*"]
    : name.startsWith("sts:") || name.includes("Role")
      ? [...workers, "*"]
      : name.includes("User") || name.includes("Key")
        ? [...people, "*"]
        : ["*"];

const statement: fc.Arbitrary<StatementText> = fc
  .uniqueArray(action, { minLength: 1, maxLength: 3 })
  .chain((Action) =>
    fc
      .constantFrom(...targets(Action[0] ?? "*"))
      .map((Resource): StatementText => ({ Effect: "Allow", Action, Resource })),
  );
const policy: fc.Arbitrary<PolicyText> = fc
  .array(statement, { minLength: 1, maxLength: 2 })
  .map((Statement) => ({ Statement }));
const few = (maxLength: number): fc.Arbitrary<readonly PolicyText[]> => fc.array(policy, { maxLength });
const holder = fc.record({ policies: few(2), attached: fc.subarray([shared]) });

const trust = (
  Principal: StatementText["Principal"],
  Condition?: StatementText["Condition"],
): PolicyText => ({
  Statement: [
    {
      Effect: "Allow",
      Action: Condition === undefined ? "sts:AssumeRole" : "sts:AssumeRoleWithWebIdentity",
      ...(Principal === undefined ? {} : { Principal }),
      ...(Condition === undefined ? {} : { Condition }),
    },
  ],
});
const inside = fc.constantFrom(
  trust({ AWS: `arn:aws:iam::${owner}:root` }),
  trust({ AWS: [ana, ben] }),
  trust({ AWS: etl }),
  trust({ Service: "organizations.amazonaws.com" }),
);
const subject = fc
  .constantFrom("repo:acme/*", "repo:acme/etl:environment:production", "repo:acme*")
  .map((value) =>
    trust({ Federated: github }, { StringLike: { "token.actions.githubusercontent.com:sub": value } }),
  );

export const estatesToCut: fc.Arbitrary<EstateText> = fc
  .record({
    users: fc.tuple(holder, holder, holder),
    member: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    group: few(1),
    roles: fc.tuple(holder, holder, holder, holder),
    trusts: fc.tuple(inside, inside, subject),
    outside: fc.constantFrom(`arn:aws:iam::${stranger}:root`, "*"),
    shared: policy,
    own: fc.boolean(),
    whole: fc.boolean(),
    deny: fc.boolean(),
  })
  .map((seed): EstateText => {
    const principal = (at: 0 | 1 | 2) => ({
      ...seed.users[at],
      groups: seed.member[at] ? [team] : [],
    });
    const block = (prefix: string, on: boolean): Record<string, boolean> =>
      Object.fromEntries(
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((flag) => [
          `${prefix}publicAccessBlock.${flag}`,
          on,
        ]),
      );
    return {
      accounts: { [owner]: "o-test", [management]: "o-test" },
      covered: [
        ...["organization", "scp", "rcp", "org-s3-policy", "declarative-policies", "access-keys", "console"],
        ...["root-credentials", "audit-log"],
      ]
        .map((topic) => `${topic}|aws:${owner}`)
        .concat(`inventory|aws:${owner}/s3:access-point`),
      principals: {
        [ana]: principal(0),
        [ben]: principal(1),
        [cat]: principal(2),
        [etl]: { ...seed.roles[0], trust: seed.trusts[0] },
        [etlAdmin]: { ...seed.roles[1], trust: seed.trusts[1] },
        [gha]: { ...seed.roles[2], trust: seed.trusts[2] },
        [vendor]: { ...seed.roles[3], trust: trust({ AWS: seed.outside }) },
        [team]: { policies: seed.group },
      },
      managed: { [shared]: seed.shared },
      organization: {
        management,
        parents: { "r-1": null, [owner]: "r-1", [management]: "r-1" },
        policies: [
          { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", owner, management] },
        ],
        enabled: ["scp", "rcp"],
      },
      resources: {
        [bucket]: {
          kind: "s3:bucket",
          account: owner,
          policy: {
            Statement: [
              {
                Sid: "PublicRead",
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: `${bucket}/*`,
              },
            ],
          },
          properties: {
            ...block("", seed.own),
            "acl.publicGrants": [],
            "acl.publicObjects": false,
            ownershipControls: "BucketOwnerEnforced",
          },
        },
        [`aws:${owner}`]: {
          kind: "aws:account",
          account: owner,
          properties: {
            ...block("s3.", seed.whole),
            "root.accessKeyActive": false,
            "root.mfa": true,
          },
        },
      },
    };
  });
