import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  policyEstate,
  type EstateText,
  type PolicyText,
  type PrincipalText,
  type StatementText,
} from "../../../../test/policy-estate.js";
import { runs } from "../../../../test/settings.js";
import { createEstate, principalId } from "../../estate/index.js";
import { emptyBitmap } from "../bitmap.js";
import { createAccessEngine, createBecome, type AccessPolicy } from "../index.js";

const A = "111111111111";
const B = "222222222222";
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};
const boundary = `arn:aws:iam::${A}:policy/box`;
const bucket = "arn:aws:s3:::exports";

const ids = [
  `arn:aws:iam::${A}:user/u0`,
  `arn:aws:iam::${A}:user/u1`,
  `arn:aws:iam::${A}:role/r0`,
  `arn:aws:iam::${A}:role/r1`,
  `arn:aws:iam::${A}:role/r2`,
  `arn:aws:iam::${B}:role/r3`,
];

const action = fc.constantFrom(
  "sts:AssumeRole",
  "iam:CreateAccessKey",
  "iam:UpdateAssumeRolePolicy",
  "iam:PassRole",
  "lambda:*",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "s3:PutBucketPolicy",
  "ssm:StartSession",
  "*",
);
const resource = fc.constantFrom("*", ...ids);
const statement = (Effect: "Allow" | "Deny"): fc.Arbitrary<StatementText> =>
  fc.record({ Effect: fc.constant(Effect), Action: action, Resource: resource });
const trust: fc.Arbitrary<PolicyText> = fc
  .array(
    fc.constantFrom<Record<string, string>>(
      { AWS: `arn:aws:iam::${A}:root` },
      { AWS: ids[0] ?? "" },
      { AWS: ids[2] ?? "" },
      { Service: "lambda.amazonaws.com" },
      { Service: "glue.amazonaws.com" },
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((principals) => ({
    Statement: principals.map((Principal) => ({
      Effect: "Allow" as const,
      Action: "sts:AssumeRole",
      Principal,
    })),
  }));
const identity = fc.record({ statements: fc.array(statement("Allow"), { maxLength: 2 }), trust });

const world: fc.Arbitrary<EstateText> = fc
  .array(identity, { minLength: ids.length, maxLength: ids.length })
  .map((list) => ({
    accounts: { [A]: "none", [B]: "none" },
    managed: { [boundary]: { Statement: [{ Effect: "Allow", Action: ["s3:*", "sts:*"], Resource: "*" }] } },
    principals: Object.fromEntries(
      ids.map((id, at): [string, PrincipalText] => {
        const { statements = [], trust: trusted } = list[at] ?? {};
        return [
          id,
          {
            policies: statements.map((item) => ({ Statement: [item] })),
            ...(id.includes(":role/") && trusted !== undefined ? { trust: trusted } : {}),
          },
        ];
      }),
    ),
    resources: { [bucket]: { account: A, policy: null } },
  }));

const questionsOf = (text: EstateText) =>
  createBecome(createAccessEngine(createEstate(policyEstate(text))), policy);

/** Everyone who is reached at all, with the verdict, as `id` or `id?`. */
function members(text: EstateText): ReadonlySet<string> {
  const questions = questionsOf(text);
  const closure = questions.obtainers("s3:PutBucketPolicy", bucket);
  return new Set(closure.members.map((index) => questions.engine.actors[index] ?? ""));
}

const change = (
  text: EstateText,
  id: string,
  by: (principal: PrincipalText) => PrincipalText,
): EstateText => ({
  ...text,
  principals: { ...text.principals, [id]: by(text.principals?.[id] ?? {}) },
});

const subset = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): void =>
  expect([...inner].filter((item) => !outer.has(item))).toEqual([]);

test("a Deny, a boundary or an SCP added never adds an identity that can end up there", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...ids), statement("Deny"), (text, id, denied) => {
      const before = members(text);
      subset(
        members(
          change(text, id, (principal) => ({
            ...principal,
            policies: [...(principal.policies ?? []), { Statement: [denied] }],
          })),
        ),
        before,
      );
      subset(members(change(text, id, (principal) => ({ ...principal, boundary }))), before);
      const organization = (document: PolicyText | "full"): EstateText => ({
        ...text,
        accounts: { [A]: "o-test", [B]: "o-test" },
        organization: {
          enabled: ["scp"],
          parents: { "r-1": null, [A]: "r-1", [B]: "r-1" },
          policies: [
            { id: "p-1", type: "scp", targets: ["r-1", A, B], document: "full" },
            ...(document === "full" ? [] : [{ id: "p-2", type: "scp" as const, targets: [A], document }]),
          ],
        },
      });
      subset(members(organization({ Statement: [denied] })), members(organization("full")));
    }),
    { numRuns: runs.slowProperty },
  );
});

test("a statement taken away never adds one", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...ids), (text, id) => {
      const before = members(text);
      subset(
        members(
          change(text, id, (principal) => ({ ...principal, policies: (principal.policies ?? []).slice(1) })),
        ),
        before,
      );
      subset(
        members(
          change(text, id, (principal) =>
            principal.trust === undefined
              ? principal
              : { ...principal, trust: { Statement: principal.trust.Statement.slice(0, 1) } },
          ),
        ),
        before,
      );
    }),
    { numRuns: runs.slowProperty },
  );
});

test("the accounts that an identity reaches are those of whom it surely becomes", () => {
  let left = 0;
  fc.assert(
    fc.property(world, fc.boolean(), (text, known) => {
      const questions = questionsOf(known ? text : { ...text, accounts: { [A]: "none" } });
      for (const id of ids.map(principalId)) {
        const whom = [
          id,
          ...questions.reach(id).becomes.flatMap((item) => (item.verdict === true ? item.principal : [])),
        ];
        const accounts = new Set(
          whom.flatMap((item) => questions.engine.estate.principal(item)?.account ?? []),
        );
        const reached = questions.accountsReached?.(id) ?? new Set();
        expect([...reached].sort()).toEqual([...accounts].sort());
        if (accounts.size > 1) left += 1;
      }
    }),
    { numRuns: runs.slowProperty },
  );
  expect(left).toBeGreaterThan(0);
});

test("backward closure and forward search from every identity agree", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...ids), (text, target) => {
      const questions = questionsOf(text);
      const index = questions.engine.indexOf(principalId(target)) ?? -1;
      const closure = questions.closure([index]);
      for (const id of ids) {
        const from = questions.engine.indexOf(principalId(id)) ?? -1;
        const reach = questions.reach(principalId(id)).becomes.find(({ principal }) => principal === target);
        const inside = id === target || closure.members.includes(from);
        expect([id, inside, inside && id !== target ? closure.verdictOf(from) : undefined]).toEqual([
          id,
          id === target || reach !== undefined,
          reach?.verdict,
        ]);
      }
    }),
    { numRuns: runs.slowProperty * 2 },
  );
});

test("a walk is a chain of edges from the member to a target", () => {
  fc.assert(
    fc.property(world, (text) => {
      const questions = questionsOf(text);
      const target = questions.engine.indexOf(principalId(ids[4] ?? "")) ?? -1;
      const closure = questions.closure([target]);
      for (const member of closure.members) {
        const walk = closure.walk(member);
        if (member === target) {
          expect(walk).toEqual([]);
          continue;
        }
        expect(walk[0]?.from).toBe(questions.engine.actors[member]);
        expect(walk.at(-1)?.to).toBe(ids[4]);
        for (const [at, edge] of walk.entries()) if (at > 0) expect(edge.from).toBe(walk[at - 1]?.to);
        if (closure.verdictOf(member) === true)
          for (const edge of walk) expect([edge.via, edge.verdict]).toEqual([edge.via, true]);
      }
    }),
    { numRuns: runs.slowProperty * 2 },
  );
});

const roots = [`arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`];

test("asked one by one, the same can obtain a right as are found all at once (recreation.md 2)", () => {
  fc.assert(
    fc.property(world, fc.subarray([...ids], { maxLength: 2 }), fc.boolean(), (text, barred, rooted) => {
      const questions = questionsOf(text);
      const { engine } = questions;
      const stop = emptyBitmap();
      for (const id of [...barred, ...(rooted ? [] : roots)]) {
        const index = engine.indexOf(principalId(id));
        if (index !== undefined) stop.add(index);
      }
      for (const [action, on] of [
        ["s3:PutBucketPolicy", bucket],
        ["iam:PutRolePolicy", ids[4] ?? ""],
        ["sts:AssumeRole", ids[5] ?? ""],
      ] as const) {
        const all = questions.obtainers(action, on, stop).members.filter((index) => !stop.has(index));
        const each = questions.obtaining(action, on, stop, (targets) => questions.closure(targets, stop));
        const named = (indices: readonly number[]) => indices.map((index) => engine.actors[index]);
        expect(named(each.candidates.filter((index) => each.has(index) && !stop.has(index)))).toEqual(
          named(all),
        );
      }
    }),
    { numRuns: runs.slowProperty * 8 },
  );
});
