import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createAccessEngine, createBecome, type AccessPolicy } from "../../src/core/access/index.js";
import { createEstate, principalId } from "../../src/core/estate/index.js";
import {
  policyEstate,
  type EstateText,
  type PolicyText,
  type PrincipalText,
  type StatementText,
} from "../policy-estate.js";
import { runs } from "../settings.js";
import { attack } from "./attacker.js";

const A = "111111111111";
const iam = `arn:aws:iam::${A}:`;
const box = `${iam}policy/box`;
const guard = `${iam}policy/guard`;
const tools = `${iam}policy/tools`;
const group = `${iam}group/g0`;
const ids = [`${iam}user/u0`, `${iam}user/u1`, `${iam}role/r0`, `${iam}role/r1`, `${iam}role/r2`];
const bucket = "arn:aws:s3:::exports";
const goal = { action: "s3:PutBucketPolicy", resource: bucket };
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

const action = fc.constantFrom(
  "sts:AssumeRole",
  "iam:CreateAccessKey",
  "iam:UpdateLoginProfile",
  "iam:UpdateAssumeRolePolicy",
  "iam:PassRole",
  "lambda:*",
  "iam:PutRolePolicy",
  "iam:AttachRolePolicy",
  "iam:PutUserPolicy",
  "iam:AttachUserPolicy",
  "iam:PutGroupPolicy",
  "iam:AttachGroupPolicy",
  "iam:AddUserToGroup",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:CreateGroup",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DetachRolePolicy",
  "iam:DetachUserPolicy",
  "iam:DeleteUserPolicy",
  "iam:RemoveUserFromGroup",
  "iam:Create*",
  "iam:Put*",
  "iam:*",
  "s3:PutBucketPolicy",
);
const resource = fc.constantFrom(
  "*",
  "*",
  ...ids,
  group,
  box,
  guard,
  tools,
  `${iam}role/*`,
  `${iam}role/n*`,
  `${iam}user/n*`,
  bucket,
);
const condition = fc.constantFrom<StatementText["Condition"]>(
  undefined,
  undefined,
  undefined,
  { StringEquals: { "iam:PermissionsBoundary": box } },
  { ArnEquals: { "iam:PolicyARN": tools } },
);
const deniedOnly = fc.constantFrom<StatementText["Condition"]>(
  undefined,
  undefined,
  { StringNotEquals: { "iam:PermissionsBoundary": box } },
  { ArnNotLike: { "aws:PrincipalArn": `${iam}role/n*` } },
);

function statement(Effect: "Allow" | "Deny"): fc.Arbitrary<StatementText> {
  return fc
    .record({
      actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      Resource: resource,
      Condition: Effect === "Allow" ? condition : deniedOnly,
    })
    .map(({ actions, Resource, Condition }) => ({
      Effect,
      Action: actions,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    }));
}
const documents = (max: number): fc.Arbitrary<PolicyText> =>
  fc.array(statement("Allow"), { minLength: 1, maxLength: max }).map((Statement) => ({ Statement }));
const trusted = fc.constantFrom<Record<string, string>>(
  { AWS: `arn:aws:iam::${A}:root` },
  ...ids.slice(0, 4).map((id) => ({ AWS: id })),
  { Service: "lambda.amazonaws.com" },
);
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const identity = fc.record({
  allow: fc.array(documents(2), { maxLength: 2 }),
  deny: fc.oneof(fc.constant(undefined), fc.constant(undefined), statement("Deny")),
  boundary: fc.constantFrom(undefined, undefined, box),
  attached: fc.constantFrom<readonly string[]>([], [], [guard], [tools]),
  member: fc.boolean(),
  trust: trusted,
});

const world: fc.Arbitrary<EstateText> = fc
  .record({
    list: fc.array(identity, { minLength: ids.length, maxLength: ids.length }),
    box: documents(3),
    tools: documents(2),
    guard: statement("Deny"),
    group: rarely(documents(1)),
    scp: rarely(statement("Deny")),
  })
  .map((parts) => ({
    accounts: { [A]: "o-test" },
    covered: [`scp|aws:${A}`, `rcp|aws:${A}`],
    managed: { [box]: parts.box, [tools]: parts.tools, [guard]: { Statement: [parts.guard] } },
    organization: {
      management: "999999999999",
      enabled: ["scp"],
      parents: { "r-1": null, [A]: "r-1" },
      policies: [
        { id: "p-1", type: "scp", targets: ["r-1", A], document: "full" },
        ...(parts.scp === undefined
          ? []
          : [{ id: "p-2", type: "scp" as const, targets: [A], document: { Statement: [parts.scp] } }]),
      ],
    },
    principals: Object.fromEntries<PrincipalText>([
      [group, { policies: parts.group === undefined ? [] : [parts.group] }],
      ...ids.map((id, at): [string, PrincipalText] => {
        const text = parts.list[at];
        const role = id.includes(":role/");
        return [
          id,
          {
            policies: [
              ...(text?.allow ?? []),
              ...(text?.deny === undefined ? [] : [{ Statement: [text.deny] }]),
            ],
            attached: text?.attached ?? [],
            ...(text?.boundary === undefined ? {} : { boundary: text.boundary }),
            ...(role || text?.member !== true ? {} : { groups: [group] }),
            ...(role
              ? {
                  trust: {
                    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: text?.trust ?? "*" }],
                  },
                }
              : {}),
          },
        ];
      }),
    ]),
    resources: { [bucket]: { account: A, policy: null } },
  }));

const counts = { asked: 0, both: 0, neither: 0, moreUnknown: 0, moreTrue: 0 };

function compare(text: EstateText): void {
  const questions = createBecome(createAccessEngine(createEstate(policyEstate(text))), policy);
  const closure = questions.obtainers(goal.action, goal.resource);
  for (const id of ids) {
    const index = questions.engine.indexOf(principalId(id)) ?? -1;
    const claimed = closure.members.includes(index);
    const calls = attack(text, id, A, goal);
    counts.asked += 1;
    if (calls !== undefined) {
      counts.both += 1;
      if (!claimed)
        throw new Error(`${id} gets there and the closure says that nobody can: ${calls.join("; ")}`);
    } else if (!claimed) counts.neither += 1;
    else if (closure.verdictOf(index) === "unknown") counts.moreUnknown += 1;
    else {
      counts.moreTrue += 1;
      if (process.env["REMIT_SHOW_MORE"] === "1")
        console.log(
          id,
          closure
            .walk(index)
            .map(
              (edge) =>
                `${edge.via} ${edge.from} ${edge.to} ${edge.actions.join("+")} ${edge.condition ?? ""}`,
            ),
          JSON.stringify(text.principals),
        );
    }
  }
}

test("whoever really gets there by IAM calls is in the closure: no way is missed (recreation.md 2)", () => {
  fc.assert(fc.property(world, compare), { numRuns: runs.slowProperty * 8 });
  console.log(
    `attacker: ${counts.asked} identities asked, ${counts.both} get there and are found, ${counts.neither} do not and are not; ` +
      `the closure claims more: ${counts.moreUnknown} unknown, ${counts.moreTrue} proven`,
  );
  expect(counts.both).toBeGreaterThan(0);
  expect(counts.neither).toBeGreaterThan(0);
}, 600_000);
