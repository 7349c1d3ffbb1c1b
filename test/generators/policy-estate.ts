import fc from "fast-check";
import type { EstateText, PolicyText, PrincipalText, StatementText } from "../policy-estate.js";

/** Small worlds in which every rule of the engine meets every other: two accounts of an organisation, one outside. */
export const world = {
  a: "111111111111",
  b: "222222222222",
  management: "333333333333",
  outside: "888888888888",
  bucket: "arn:aws:s3:::exports",
  key: "arn:aws:kms:eu-west-1:111111111111:key/k1",
} as const;

export const names = {
  ana: `arn:aws:iam::${world.a}:user/ana`,
  etl: `arn:aws:iam::${world.a}:role/etl`,
  bob: `arn:aws:iam::${world.b}:user/bob`,
  ops: `arn:aws:iam::${world.b}:role/ops`,
  mia: `arn:aws:iam::${world.management}:user/mia`,
  group: `arn:aws:iam::${world.a}:group/team`,
  stranger: `arn:aws:iam::${world.outside}:root`,
  linked: `arn:aws:iam::${world.a}:role/aws-service-role/x.amazonaws.com/linked`,
} as const;

export const questions: readonly (readonly [string, string])[] = [
  ["s3:GetObject", `${world.bucket}/report`],
  ["s3:PutBucketPolicy", world.bucket],
  ["s3:ListBucket", world.bucket],
  ["kms:Decrypt", world.key],
  ["sts:AssumeRole", names.etl],
  ["iam:PutRolePolicy", names.etl],
  ["iam:PutRolePolicy", names.linked],
];

const actions = fc.constantFrom(
  ...["*", "s3:*", "S3:Get*", "s3:GetObject", "s3:PutBucketPolicy", "s3:List?ucket", "kms:*", "kms:decrypt"],
  ...["sts:AssumeRole", "sts:*", "iam:*", "iam:Put*"],
);
const resources = fc.constantFrom(
  ...["*", "arn:aws:s3:::*", world.bucket, `${world.bucket}/*`, "arn:aws:s3:::${aws:PrincipalTag/team}*"],
  ...[
    `${world.bucket}/\${aws:username}*`,
    world.key,
    "arn:aws:kms:*:*:key/*",
    names.etl,
    `arn:aws:iam::${world.a}:role/*`,
  ],
);

const key = (name: string, operators: readonly string[], values: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...operators),
      fc.subarray([...values], { minLength: 1, maxLength: Math.min(2, values.length) }),
    )
    .map(([operator, chosen]) => ({ [operator]: { [name]: chosen } }));

const text = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"];
const both = (list: readonly string[]): readonly string[] => [
  ...list,
  ...list.map((name) => `${name}IfExists`),
];

const condition = fc.oneof(
  key("aws:SourceVpce", [...both(text), "Null"], ["v1", "v2", "v*"]).map(nullValues),
  key("aws:MultiFactorAuthPresent", ["Bool", "BoolIfExists", "Null"], ["true", "false"]),
  key("s3:max-keys", both(["NumericLessThan", "NumericGreaterThanEquals"]), ["5", "10"]),
  key(
    "aws:TagKeys",
    [
      "ForAnyValue:StringEquals",
      "ForAllValues:StringEquals",
      "ForAnyValue:StringNotEquals",
      "ForAllValues:StringLike",
    ],
    ["x", "y"],
  ),
  key(
    "aws:PrincipalArn",
    ["ArnLike", "ArnNotLike", "StringEquals"],
    [names.ana, names.etl, "arn:aws:iam::*:role/*"],
  ),
  key("aws:PrincipalAccount", ["StringEquals", "StringNotEquals"], [world.a, world.b]),
  key("aws:PrincipalOrgID", ["StringEquals", "StringNotEquals", "StringNotEqualsIfExists"], ["o-test"]),
  key("aws:PrincipalTag/team", both(text), ["exports", "e*"]),
  key("aws:username", ["StringEquals", "StringNotEquals"], ["ana", "bob"]),
  key("aws:SourceVpce", ["StringEquals", "StringNotEquals"], ["${aws:PrincipalTag/team}"]),
);

/** Null takes true and false only. */
function nullValues(clause: Record<string, Record<string, readonly string[]>>): typeof clause {
  return "Null" in clause
    ? { Null: { "aws:SourceVpce": [clause["Null"]?.["aws:SourceVpce"]?.length === 1 ? "true" : "false"] } }
    : clause;
}

/** For each request key, one value of every class that the conditions above can tell apart. */
const classes: readonly (readonly [string, readonly (readonly string[] | undefined)[]])[] = [
  ["aws:sourcevpce", [undefined, ["v1"], ["v2"], ["vx"], ["v*"], ["exports"], ["e"], ["e*"], ["zz"]]],
  ["aws:multifactorauthpresent", [undefined, ["true"], ["false"]]],
  ["s3:max-keys", [undefined, ["1"], ["5"], ["7"], ["10"]]],
  ["aws:tagkeys", [undefined, ["x"], ["y"], ["x", "y"], ["z"], ["x", "z"], ["y", "z"], ["x", "y", "z"]]],
];

export type RequestContext = Readonly<Record<string, readonly string[] | undefined>>;

/** Every complete request that the policies of the estate can tell apart. */
export function contextsFor(text: EstateText): readonly RequestContext[] {
  const mentioned = JSON.stringify(text).toLowerCase();
  let contexts: RequestContext[] = [{}];
  for (const [name, values] of classes) {
    const tried = mentioned.includes(name) ? values : [undefined];
    contexts = contexts.flatMap((context) => tried.map((value) => ({ ...context, [name]: value })));
  }
  return contexts;
}

const effect = fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const);
const conditions = fc.option(condition, { nil: undefined, freq: 2 });
const merged = (one: StatementText["Condition"] | undefined, two: StatementText["Condition"] | undefined) => {
  const all: Record<string, Record<string, string | readonly string[]>> = {};
  for (const part of [one, two])
    for (const [name, keys] of Object.entries(part ?? {})) all[name] = { ...all[name], ...keys };
  return Object.keys(all).length === 0 ? {} : { Condition: all };
};

const body = fc
  .record({
    effect,
    action: fc.uniqueArray(actions, { minLength: 1, maxLength: 2 }),
    notAction: fc.boolean().chain((rare) => (rare ? fc.boolean() : fc.constant(false))),
    resource: fc.uniqueArray(resources, { minLength: 1, maxLength: 2 }),
    notResource: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    one: conditions,
    two: fc.option(condition, { nil: undefined, freq: 1 }),
  })
  .map(({ effect, action, notAction, resource, notResource, one, two }): StatementText => ({
    Effect: effect,
    ...(notAction ? { NotAction: action } : { Action: action }),
    ...(notResource ? { NotResource: resource } : { Resource: resource }),
    ...merged(one, one === undefined ? undefined : two),
  }));

const identity: fc.Arbitrary<PolicyText> = fc
  .array(body, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Statement }));

const callers = fc.constantFrom(
  ...["*", names.ana, names.etl, names.bob, names.ops, names.stranger],
  ...[`arn:aws:iam::${world.a}:root`, world.b, `arn:aws:iam::${world.b}:root`, world.a],
);

const withPrincipal = fc
  .record({
    statement: body,
    aws: fc.uniqueArray(callers, { minLength: 1, maxLength: 2 }),
    negated: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ statement, aws, negated }): StatementText => {
    if (negated > 0) return { ...statement, Principal: aws.includes("*") ? "*" : { AWS: aws } };
    // A NotPrincipal that names an identity without its account is uncertain by design and has its own test.
    const accounts = [
      ...new Set(aws.filter((name) => name !== "*").map((name) => name.split(":")[4] ?? name)),
    ];
    return {
      ...statement,
      NotPrincipal: { AWS: [...aws.filter((name) => name !== "*"), ...accounts, world.a] },
    };
  });

const resourcePolicy: fc.Arbitrary<PolicyText> = fc
  .array(withPrincipal, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Statement }));

const trust: fc.Arbitrary<PolicyText> = fc
  .array(withPrincipal, { minLength: 1, maxLength: 2 })
  .map((statements) => ({
    Statement: statements
      .map(({ Resource: _, NotResource: __, ...statement }) => ({ ...statement, Action: "sts:AssumeRole" }))
      .map(({ NotAction: _, ...statement }) => statement),
  }));

const boundaryArn = `arn:aws:iam::${world.a}:policy/boundary`;
const managedArn = `arn:aws:iam::${world.a}:policy/shared`;

const holder = (boundary: boolean, trusted: boolean): fc.Arbitrary<PrincipalText> =>
  fc.record({
    policies: fc.array(identity, { maxLength: 2 }),
    attached: fc.subarray([managedArn], { maxLength: 1 }),
    ...(boundary ? { boundary: fc.constant(boundaryArn) } : {}),
    ...(trusted ? { trust } : {}),
    tags: fc.constantFrom({}, { team: "exports" }),
  });

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 2 });

const organization = fc
  .record({
    ou: fc.array(identity, { maxLength: 1 }),
    account: optional(identity),
    full: fc.integer({ min: 0, max: 5 }),
    rcp: optional(resourcePolicy),
  })
  .map(({ ou, account, full, rcp }): NonNullable<EstateText["organization"]> => ({
    management: world.management,
    enabled: ["scp", "rcp"],
    parents: { r: null, "ou-1": "r", [world.a]: "ou-1", [world.b]: "r", [world.management]: "r" },
    policies: [
      {
        id: "full",
        type: "scp",
        targets: full === 0 ? ["r", world.b] : ["r", "ou-1", world.a, world.b],
        document: "full",
      },
      ...ou.map((document, i) => ({ id: `p-ou-${i}`, type: "scp" as const, targets: ["ou-1"], document })),
      ...(account === null
        ? []
        : [{ id: "p-acct", type: "scp" as const, targets: [world.a], document: account }]),
      ...(rcp === null
        ? []
        : [
            {
              id: "p-rcp",
              type: "rcp" as const,
              targets: ["ou-1"],
              document: { Statement: rcp.Statement.map(denied) },
            },
          ]),
    ],
  }));

/** RCPs deny everybody by condition; they have no other principal. */
const denied = ({ Principal: _, NotPrincipal: __, ...statement }: StatementText): StatementText => ({
  ...statement,
  Effect: "Deny",
});

export const estates: fc.Arbitrary<EstateText> = fc
  .record({
    ana: fc.boolean().chain((boundary) => holder(boundary, false)),
    etl: fc.boolean().chain((boundary) => holder(boundary, true)),
    bob: holder(false, false),
    ops: holder(false, false),
    mia: holder(false, false),
    group: holder(false, false),
    boundary: identity,
    shared: identity,
    bucket: optional(resourcePolicy),
    key: resourcePolicy,
    organization,
  })
  .map(({ ana, etl, bob, ops, mia, group, boundary, shared, bucket, key, organization }): EstateText => ({
    accounts: { [world.a]: "o-test", [world.b]: "o-test", [world.management]: "o-test" },
    principals: {
      [names.ana]: { ...ana, groups: [names.group] },
      [names.etl]: etl,
      [names.bob]: bob,
      [names.ops]: ops,
      [names.mia]: mia,
      [names.group]: group,
      [names.linked]: { immutable: "service-linked" },
    },
    managed: { [boundaryArn]: boundary, [managedArn]: shared },
    resources: {
      [world.bucket]: { account: world.a, policy: bucket },
      [world.key]: { kind: "kms:key", policy: key },
    },
    organization,
    covered: [world.a, world.b, world.management].flatMap((number) => [
      `scp|aws:${number}`,
      `rcp|aws:${number}`,
    ]),
  }));
