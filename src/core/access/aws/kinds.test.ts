import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estates, questions } from "../../../../test/generators/policy-estate.js";
import { policyEstate } from "../../../../test/policy-estate.js";
import { runs } from "../../../../test/settings.js";
import { accountOfArn, principalId } from "../../estate/index.js";
import { createAccessEngine } from "../index.js";

const A = "111111111111";
const bucket = "arn:aws:s3:::exports";
const put = "s3:PutBucketPolicy";

describe("classes of principals (access.md, the algorithm): one answer for all that nothing tells apart", () => {
  test("identities of one kind, those apart left out, have the same envelope for every right", () => {
    fc.assert(
      fc.property(
        estates,
        fc.constantFrom(...questions),
        fc.record({ inline: fc.boolean(), attached: fc.boolean(), boundary: fc.boolean() }),
        (text, [action, resource], lifted) => {
          const engine = createAccessEngine(policyEstate(text));
          const answers = new Map<number, string>();
          for (const [index, id] of engine.actors.entries()) {
            const account = accountOfArn(id);
            const kind = engine.envelopeKind?.(id, lifted);
            if (kind === undefined || account === undefined) continue;
            const apart = engine.apart?.(action, resource, account);
            if (apart === undefined || apart.has(index)) continue;
            const own = String(engine.envelope(id, lifted).decide?.(action, resource).verdict);
            expect(`${id} ${answers.get(kind) ?? own}`).toBe(`${id} ${own}`);
            answers.set(kind, own);
          }
        },
      ),
      { numRuns: runs.property },
    );
  });

  const roles = ["etl", "landing-zone", "batch", "bound"].map((name) => `arn:aws:iam::${A}:role/${name}`);
  const [etl = "", zone = "", batch = "", bound = ""] = roles;
  const boundary = `arn:aws:iam::${A}:policy/limit`;
  const everything = { Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
  const engine = createAccessEngine(
    policyEstate({
      accounts: { [A]: "o-test" },
      covered: [`scp|aws:${A}`, `rcp|aws:${A}`],
      principals: {
        [etl]: { policies: [everything] },
        [zone]: { policies: [everything] },
        [batch]: {
          policies: [everything, { Statement: [{ Effect: "Deny", Action: put, Resource: bucket }] }],
        },
        [bound]: { boundary, policies: [everything] },
      },
      managed: { [boundary]: { Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] } },
      resources: { [bucket]: { account: A, policy: null } },
      organization: {
        management: "999999999999",
        parents: { r: null, [A]: "r", "999999999999": "r" },
        enabled: ["scp"],
        policies: [
          { id: "full", type: "scp", targets: ["r", A], document: "full" },
          {
            id: "guard",
            type: "scp",
            targets: ["r"],
            document: {
              Statement: [
                {
                  Effect: "Deny",
                  Action: "s3:*",
                  Resource: "*",
                  Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/landing-zone" } },
                },
              ],
            },
          },
        ],
      },
    }),
  );
  const kind = (id: string) => engine.envelopeKind?.(principalId(id));

  test("whom an SCP exempts by name is of another kind than those whom it binds", () => {
    expect(kind(zone)).not.toBe(kind(etl));
    expect(kind(batch)).toBe(kind(etl));
    expect(engine.whoCan(put, bucket).allowed.has(engine.indexOf(principalId(zone)) ?? -1)).toBe(true);
    expect(engine.whoCan(put, bucket).allowed.has(engine.indexOf(principalId(etl)) ?? -1)).toBe(false);
  });

  test("a boundary makes another kind, and a Deny of its own stands apart", () => {
    expect(kind(bound)).not.toBe(kind(etl));
    expect(
      [...(engine.apart?.(put, bucket, `aws:${A}` as never) ?? [])].map((i) => engine.actors[i]),
    ).toEqual([batch]);
  });
});
