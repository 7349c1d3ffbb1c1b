import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  policyEstate,
  type EstateText,
  type PolicyText,
  type PrincipalText,
  type StatementText,
} from "../../../test/policy-estate.js";
import { runs } from "../../../test/settings.js";
import { createAccessEngine, type AccessEngine } from "../access/index.js";
import { principalId } from "../estate/index.js";
import { mostRoles } from "./role-reach.js";
import { chainFinder } from "./role-chains.js";

const [A, B, outside] = ["111111111111", "222222222222", "888888888888"];
const user = (account: string, name: string): string => `arn:aws:iam::${account}:user/${name}`;
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const ids = [
  ...["ana", "bo"].map((name) => user(A, name)),
  user(B, "cy"),
  ...["r0", "r1", "team/r2", "r3"].map((name) => role(A, name)),
  ...["r4", "r5", "r6"].map((name) => role(B, name)),
];
const vendor = role(outside, "vendor");
const unlisted = role(A, "nobody-listed-it");

const resources = fc.constantFrom(
  ...["*", ...ids.filter((id) => id.includes(":role/")), vendor, unlisted],
  ...[role(A, "r*"), `arn:aws:iam::*:role/r?`, role(A, "${aws:PrincipalTag/team}/r2"), "arn:aws:iam::*"],
);
const conditions = fc.constantFrom<StatementText["Condition"]>(
  ...[undefined, undefined, undefined],
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringEquals: { "aws:PrincipalTag/team": "team" } },
);
const grant: fc.Arbitrary<StatementText> = fc
  .record({
    Effect: fc.constantFrom<"Allow" | "Deny">("Allow", "Allow", "Allow", "Deny"),
    actions: fc.constantFrom<Pick<StatementText, "Action" | "NotAction">>(
      { Action: "sts:AssumeRole" },
      { Action: "sts:AssumeRole" },
      { Action: "STS:Assume*" },
      { Action: "*" },
      { NotAction: ["s3:*"] },
      { Action: "sqs:SetQueueAttributes" },
    ),
    target: fc.oneof(
      resources.map((Resource) => ({ Resource })),
      resources.map((NotResource) => ({ NotResource })),
    ),
    Condition: conditions,
  })
  .map(({ Effect, actions, target, Condition }) => ({
    Effect,
    ...actions,
    ...target,
    ...(Condition === undefined ? {} : { Condition }),
  }));
const trusted = fc.constantFrom<Pick<StatementText, "Principal" | "NotPrincipal">>(
  ...[A, B, `arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`, outside, ...ids, vendor].map((AWS) => ({
    Principal: { AWS },
  })),
  { Principal: { AWS: [ids[0] ?? "", "AROAUNIQUEID"] } },
  { Principal: { AWS: `arn:aws:sts::${A}:assumed-role/r1/session` } },
  { Principal: "*" },
  { Principal: { Service: "ec2.amazonaws.com" } },
  { NotPrincipal: { AWS: [ids[3] ?? "", `arn:aws:iam::${A}:root`] } },
);
const trust: fc.Arbitrary<PolicyText | undefined> = fc.option(
  fc
    .array(
      fc
        .record({
          who: trusted,
          Effect: fc.constantFrom<"Allow" | "Deny">("Allow", "Allow", "Allow", "Allow", "Deny"),
          Condition: conditions,
        })
        .map(({ who, Effect, Condition }): StatementText => ({
          Effect,
          Action: "sts:AssumeRole",
          ...who,
          ...(Condition === undefined ? {} : { Condition }),
        })),
      { minLength: 1, maxLength: 2 },
    )
    .map((Statement) => ({ Statement })),
  { freq: 8, nil: undefined },
);
const boundary = `arn:aws:iam::${A}:policy/box`;
const principal = fc.record({
  grants: fc.array(grant, { maxLength: 3 }),
  trust,
  extra: fc.constantFrom<PrincipalText>(
    ...[{}, {}, {}, {}, {}],
    { uniqueId: "AROAUNIQUEID" },
    { tags: { team: "team" } },
    { boundary },
    { attached: [`arn:aws:iam::${A}:policy/nobody-supplied-it`] },
    { groups: [`arn:aws:iam::${A}:group/everybody`] },
  ),
});

const worlds: fc.Arbitrary<EstateText> = fc
  .record({
    list: fc.array(principal, { minLength: ids.length, maxLength: ids.length }),
    group: fc.array(grant, { maxLength: 1 }),
    queue: fc.array(grant, { maxLength: 2 }),
    uncovered: fc.subarray([A, B]),
  })
  .map(({ list, group, queue, uncovered }) => ({
    accounts: { [A]: "none", [B]: "none" },
    uncovered,
    managed: { [boundary]: { Statement: [{ Effect: "Allow", Action: ["sts:*"], Resource: "*" }] } },
    principals: {
      [`arn:aws:iam::${A}:group/everybody`]: { policies: [{ Statement: group }] },
      ...Object.fromEntries(
        ids.map((id, at): [string, PrincipalText] => {
          const { grants, trust: own, extra = {} } = list[at] ?? { grants: [] };
          const isRole = id.includes(":role/");
          const { groups = [], ...rest } = extra;
          return [
            id,
            {
              ...rest,
              ...(isRole ? {} : { groups }),
              policies: [...grants, ...(at % 4 === 0 ? queue : [])].map((item) => ({ Statement: [item] })),
              ...(isRole && own !== undefined ? { trust: own } : {}),
            },
          ];
        }),
      ),
    },
    resources: {
      "arn:aws:sqs:eu-west-1:111111111111:jobs": {
        policy: {
          Statement: [vendor, unlisted].map((AWS) => ({
            Effect: "Allow" as const,
            Action: "sqs:SetQueueAttributes",
            Resource: "*",
            Principal: { AWS },
          })),
        },
      },
    },
  }));

const questions = [
  ["sqs:SetQueueAttributes", "arn:aws:sqs:eu-west-1:111111111111:jobs"],
  ["iam:PutRolePolicy", role(A, "r0")],
  ["sts:AssumeRole", role(B, "r4")],
] as const;

/** Who may assume a role can be asked of each role alone: then chains are walked from those who may act. */
const backwardOnly = (engine: AccessEngine): AccessEngine => ({ ...engine, assumable: () => undefined });

const isRole = (id: string): boolean => /:role\//.test(id);

describe("whom somebody gets to over sts:AssumeRole (R58, verified)", () => {
  test("what an identity may assume is what each role says of who may assume it", () => {
    let steps = 0;
    fc.assert(
      fc.property(worlds, (text) => {
        const engine = createAccessEngine(policyEstate(text));
        const into = new Map(
          engine.actors.map((id, to) => [
            to,
            isRole(id)
              ? new Map(
                  engine
                    .holdersOnTargets("sts:AssumeRole", [id])
                    .map(({ holder, verdict }) => [holder, verdict]),
                )
              : new Map<number, true | "unknown">(),
          ]),
        );
        engine.actors.forEach((id, from) => {
          const found = engine.assumable?.(id);
          if (found === undefined) return;
          steps += found.length;
          const asked = engine.actors.flatMap((_, to) => {
            const verdict = into.get(to)?.get(from);
            return verdict === undefined ? [] : [{ to, verdict }];
          });
          expect(found, id).toEqual(asked);
        });
      }),
      { numRuns: runs.property },
    );
    expect(steps).toBeGreaterThan(runs.property);
  });

  test("walked from the person or from those who may act, the way and the doubt are the same", () => {
    const seen = { certain: 0, doubted: 0, far: 0, none: 0 };
    fc.assert(
      fc.property(worlds, fc.constantFrom(...questions), (text, [action, resource]) => {
        const engine = createAccessEngine(policyEstate(text));
        const forward = chainFinder(engine).to(action, resource);
        const backward = chainFinder(backwardOnly(engine)).to(action, resource);
        for (const id of engine.actors) {
          const way = forward.from(id);
          expect({ id, way, complete: forward.complete(id) }).toEqual({
            id,
            way: backward.from(id),
            complete: backward.complete(id),
          });
          if (way === undefined) seen.none += 1;
          else if (way.certain) seen.certain += 1;
          else seen.doubted += 1;
          if ((way?.roles.length ?? 0) > 2) seen.far += 1;
        }
      }),
      { numRuns: runs.property },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });

  test("more roles than are followed prove nothing from here; the other end is asked", () => {
    const many = Array.from({ length: mostRoles + 50 }, (_, n) => role(A, `s${n}`));
    const trusting = (principals: readonly string[]): PolicyText => ({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: principals } }],
    });
    const allow = (Action: string): PolicyText => ({
      Statement: [{ Effect: "Allow", Action, Resource: "*" }],
    });
    const estate = (owner: string) =>
      policyEstate({
        accounts: { [A]: "none" },
        principals: {
          [user(A, "ana")]: { policies: [allow("sts:AssumeRole")] },
          ...Object.fromEntries(many.map((id) => [id, { trust: trusting([`arn:aws:iam::${A}:root`]) }])),
          [role(A, "last")]: { trust: trusting([role(A, "s7")]) },
          [role(A, "owner")]: { trust: trusting([owner]), policies: [allow("iam:PutRolePolicy")] },
        },
      });
    const ana = principalId(user(A, "ana"));
    const ask = (owner: string) =>
      chainFinder(createAccessEngine(estate(owner))).to("iam:PutRolePolicy", role(A, "last"));
    expect(
      ask(role(A, "last"))
        .from(ana)
        ?.roles.map((id) => id.split("/")[1]),
    ).toEqual(["s7", "last", "owner"]);
    const apart = ask(user(B, "stranger"));
    expect([apart.from(ana), apart.complete(ana)]).toEqual([undefined, true]);
  });
});
