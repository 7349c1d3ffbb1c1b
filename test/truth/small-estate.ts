import fc from "fast-check";
import type { EstateText, PolicyText, StatementText } from "../policy-estate.js";

export const account = "222222222222";
const management = "999999999999";
export const bucket = "arn:aws:s3:::acme-reports";
const iam = (path: string): string => `arn:aws:iam::${account}:${path}`;
export const users = [iam("user/u0"), iam("user/u1")];
export const roles = [iam("role/r0"), iam("role/r1"), iam("role/r2")];
const group = iam("group/g0");
const shared = iam("policy/shared");
const guard = iam("policy/guard");
const limits = [iam("policy/limit-s3"), iam("policy/limit-iam"), iam("policy/limit-wide")];

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/** Action with the resources that it is asked on here. */
const pool: readonly (readonly [action: string, targets: readonly string[]])[] = [
  ...[
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketAcl",
    "s3:PutBucketOwnershipControls",
  ].map((action) => [action, [bucket]] as const),
  ["s3:PutObjectAcl", [`${bucket}/*`]],
  ["s3:PutAccountPublicAccessBlock", ["*"]],
  ["s3:Put*", [bucket, `${bucket}*`]],
  ...["Put", "Attach", "Delete", "Detach"].map((verb) => [`iam:${verb}RolePolicy`, roles] as const),
  ...["Put", "Attach", "Delete", "Detach"].map((verb) => [`iam:${verb}UserPolicy`, users] as const),
  ...["Put", "Attach"].map((verb) => [`iam:${verb}GroupPolicy`, [group]] as const),
  ["iam:AddUserToGroup", [group]],
  ["iam:CreateAccessKey", users],
  ["iam:UpdateAssumeRolePolicy", roles],
  ["iam:CreatePolicyVersion", [shared, guard]],
  ["iam:DeleteRolePermissionsBoundary", roles],
  ["iam:PutUserPermissionsBoundary", users],
  ["sts:AssumeRole", roles],
];

const statement = (Effect: "Allow" | "Deny"): fc.Arbitrary<StatementText> =>
  fc
    .constantFrom(...pool)
    .chain(([Action, targets]) =>
      fc.constantFrom(...targets, "*").map((Resource) => ({ Effect, Action, Resource }) as const),
    );
const allow: fc.Arbitrary<PolicyText> = fc
  .array(statement("Allow"), { minLength: 1, maxLength: 2 })
  .map((Statement) => ({ Statement }));
const deny: fc.Arbitrary<PolicyText> = statement("Deny").map((item) => ({ Statement: [item] }));
const rarely = <Value>(value: fc.Arbitrary<Value>, freq = 3): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq });
const given = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });

const holder = fc
  .record({
    allows: fc.array(allow, { maxLength: 2 }),
    deny: rarely(deny, 2),
    attached: fc.subarray([shared, guard], { maxLength: 2 }),
    boundary: rarely(fc.constantFrom(...limits), 2),
  })
  .map(({ allows, deny: no, attached, boundary }) => ({
    policies: [...allows, ...(no === undefined ? [] : [no])],
    attached,
    ...given("boundary", boundary),
  }));
const trust: fc.Arbitrary<PolicyText> = fc
  .constantFrom<StatementText["Principal"]>(
    { AWS: iam("root") },
    { AWS: users[0] ?? "" },
    { AWS: roles[0] ?? "" },
    { Service: "organizations.amazonaws.com" },
  )
  .map((Principal) => ({
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", ...(Principal === undefined ? {} : { Principal }) },
    ],
  }));

const blocks = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
const settings = (prefix: string, values: readonly boolean[]): Record<string, boolean> =>
  Object.fromEntries(
    flags.map((flag, index) => [`${prefix}publicAccessBlock.${flag}`, values[index] === true]),
  );
const limit = (Action: readonly string[]): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});

/** Small accounts where everything was collected: two users with keys, three roles, a group, policies, one bucket. */
export const smallEstate: fc.Arbitrary<EstateText> = fc
  .record({
    users: fc.array(holder, { minLength: 2, maxLength: 2 }),
    membership: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    roles: fc.array(fc.tuple(holder, trust), { minLength: 3, maxLength: 3 }),
    group: fc.array(allow, { maxLength: 1 }),
    shared: allow,
    guard: deny,
    scp: rarely(deny, 1),
    own: blocks,
    whole: fc.oneof({ weight: 2, arbitrary: fc.constant([false, false, false, false]) }, blocks),
    bucketDeny: rarely(statement("Deny"), 4),
    enforced: fc.boolean(),
    acl: fc.boolean(),
  })
  .map((seed): EstateText => ({
    accounts: { [account]: "o-test", [management]: "o-test" },
    covered: [
      ...["organization", "scp", "rcp", "org-s3-policy", "declarative-policies", "access-keys", "console"],
      "root-credentials",
    ]
      .map((topic) => `${topic}|aws:${account}`)
      .concat(`inventory|aws:${account}/s3:access-point`),
    principals: Object.fromEntries([
      ...users.map(
        (id, i) => [id, { ...seed.users[i], groups: seed.membership[i] === true ? [group] : [] }] as const,
      ),
      ...roles.map(
        (id, i) => [id, { ...seed.roles[i]?.[0], ...given("trust", seed.roles[i]?.[1]) }] as const,
      ),
      [group, { policies: seed.group }] as const,
    ]),
    managed: {
      [shared]: seed.shared,
      [guard]: seed.guard,
      [limits[0] ?? ""]: limit(["s3:*"]),
      [limits[1] ?? ""]: limit(["iam:*", "sts:*"]),
      [limits[2] ?? ""]: limit(["s3:*", "iam:*", "sts:*"]),
    },
    organization: {
      management,
      parents: { "r-1": null, [account]: "r-1", [management]: "r-1" },
      policies: [
        { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", account, management] },
        ...(seed.scp === undefined
          ? []
          : [{ id: "p-guard", type: "scp" as const, document: seed.scp, targets: ["r-1"] }]),
      ],
      enabled: ["scp", "rcp"],
    },
    resources: {
      [bucket]: {
        account,
        policy: {
          Statement: [
            {
              Sid: "PublicRead",
              Effect: "Allow",
              Principal: "*",
              Action: "s3:GetObject",
              Resource: `${bucket}/*`,
            },
            ...(seed.bucketDeny === undefined
              ? []
              : [
                  {
                    ...seed.bucketDeny,
                    Action: "s3:Put*",
                    Principal: "*" as const,
                    Resource: [bucket, `${bucket}/*`],
                  },
                ]),
          ],
        },
        properties: {
          ...settings("", seed.own),
          ownershipControls: seed.enforced ? "BucketOwnerEnforced" : "ObjectWriter",
          "acl.publicGrants": seed.acl ? ["AllUsers:READ"] : [],
          "acl.publicObjects": false,
        },
      },
      [`aws:${account}`]: {
        kind: "aws:account",
        account,
        properties: { ...settings("s3.", seed.whole), "root.accessKeyActive": false, "root.mfa": true },
      },
    },
  }));

/** The account and the bucket of `smallEstate` with nothing in the way and nobody in it. */
export const bareEstate: EstateText = {
  accounts: { [account]: "none" },
  covered: [
    ...["organization", "scp", "rcp", "org-s3-policy", "declarative-policies", "access-keys", "console"],
    "root-credentials",
  ].map((topic) => `${topic}|aws:${account}`),
  resources: {
    [bucket]: {
      account,
      policy: {
        Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucket}/*` }],
      },
      properties: {
        ...settings("", [false, false, false, false]),
        ownershipControls: "ObjectWriter",
        "acl.publicGrants": [],
        "acl.publicObjects": false,
      },
    },
    [`aws:${account}`]: {
      kind: "aws:account",
      account,
      properties: {
        ...settings("s3.", [false, false, false, false]),
        "root.accessKeyActive": false,
        "root.mfa": true,
      },
    },
  },
};
