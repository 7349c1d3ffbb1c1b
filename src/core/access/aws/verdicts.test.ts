import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estates, questions } from "../../../../test/generators/policy-estate.js";
import { policyEstate } from "../../../../test/policy-estate.js";
import { runs } from "../../../../test/settings.js";
import { principalId } from "../../estate/index.js";
import { createAccessEngine } from "../index.js";
import { evidenceKey } from "./evidence.js";

const question = fc.constantFrom(...questions);

describe("verdicts without proofs say what the full examination says", () => {
  test("of rewritten identities, whatever is lifted (recreation.md 2, post-mutation reach)", () => {
    fc.assert(
      fc.property(
        estates,
        question,
        fc.record({ inline: fc.boolean(), attached: fc.boolean(), boundary: fc.boolean() }),
        (text, [action, resource], lifted) => {
          const engine = createAccessEngine(policyEstate(text));
          for (const id of engine.actors) {
            const envelope = engine.envelope(id, lifted);
            const proven = envelope.decide?.(action, resource).verdict;
            expect(`${id} ${envelope.may(action, resource)}`).toBe(`${id} ${proven}`);
          }
        },
      ),
      { numRuns: runs.property },
    );
  });

  test("of one actor, asked one by one", () => {
    fc.assert(
      fc.property(estates, question, (text, [action, resource]) => {
        const engine = createAccessEngine(policyEstate(text));
        for (const id of [...engine.actors, principalId("nobody")]) {
          const asked = [engine.verdict(id, action, resource), engine.verdict(id, action, resource)];
          expect(`${id} ${asked.join(" ")}`).toBe(
            `${id} ${[0, 1].map(() => engine.decide(id, action, resource).verdict).join(" ")}`,
          );
        }
      }),
      { numRuns: runs.property },
    );
  });

  test("of identities that do not exist yet, those that bear the name of another included", () => {
    fc.assert(
      fc.property(estates, question, fc.boolean(), (text, [action, resource], bounded) => {
        const estate = policyEstate(text);
        const engine = createAccessEngine(estate);
        const before = engine.actors.map((id) => createAccessEngine(estate).verdict(id, action, resource));
        const boundary = estate.principals.find((item) => item.boundary !== undefined)?.boundary;
        for (const item of estate.principals) {
          if (item.kind !== "user" && item.kind !== "role") continue;
          for (const id of [item.id, principalId(`${item.id}-new`)]) {
            const { boundary: _, ...rest } = item;
            const bare = { ...rest, id, tags: {}, inline: [], attached: [], groups: [] };
            const envelope = engine.newcomer(
              bounded && boundary !== undefined ? { ...bare, boundary } : bare,
            );
            expect(`${id} ${envelope.may(action, resource)}`).toBe(
              `${id} ${envelope.decide?.(action, resource).verdict}`,
            );
          }
        }
        expect(engine.actors.map((id) => engine.verdict(id, action, resource))).toEqual(before);
      }),
      { numRuns: runs.property },
    );
  });

  test("of one actor on many targets", () => {
    const targets = questions.map(([, resource]) => resource);
    fc.assert(
      fc.property(estates, question, (text, [action]) => {
        const engine = createAccessEngine(policyEstate(text));
        for (const id of engine.actors) {
          const hits = new Map(engine.targetsOf(id, action, targets).map((hit) => [hit.target, hit.verdict]));
          for (const target of targets.filter((item) => !item.includes("*"))) {
            const { verdict } = engine.decide(id, action, target);
            expect(`${id} ${target} ${hits.get(target) ?? false}`).toBe(`${id} ${target} ${verdict}`);
          }
        }
      }),
      { numRuns: runs.property },
    );
  });
});

test("an overlay that concerns no question leaves its answer, and one that does is asked anew (access.md, overlay)", () => {
  fc.assert(
    fc.property(estates, fc.nat(), (text, pick) => {
      const estate = policyEstate(text);
      const engine = createAccessEngine(estate);
      const keys = [
        ...estate.resources.flatMap(({ policies }) => [...(policies?.values() ?? [])]),
        ...estate.principals.flatMap(({ trustPolicy, inline }) => [
          ...(trustPolicy ? [trustPolicy] : []),
          ...inline,
        ]),
        ...estate.managedPolicies.flatMap(({ versions }) => versions.map(({ use }) => use)),
        ...estate.organizations.flatMap(({ policies }) => policies.flatMap(({ use }) => use ?? [])),
      ].flatMap((use) => use.document.statements.map((statement) => evidenceKey(use, statement)));
      const key = keys[pick % Math.max(1, keys.length)];
      if (key === undefined) return;
      const view = engine.withOverlay({ removedStatements: new Set([key]) });
      for (const [action, resource] of questions) {
        const { allowed, unknown } = view.whoCan(action, resource);
        view.actors.forEach((id, i) => {
          const found = allowed.has(i) ? true : unknown.has(i) ? "unknown" : false;
          expect(`${id} ${action} ${found}`).toBe(
            `${id} ${action} ${view.decide(id, action, resource).verdict}`,
          );
        });
      }
    }),
    { numRuns: runs.property },
  );
});

test("whoever deletes a role and makes it again is not bound by what the old one denied itself", () => {
  const role = principalId("arn:aws:iam::111111111111:role/etl");
  const estate = policyEstate({
    accounts: { "111111111111": "none" },
    principals: {
      [role]: { policies: [{ Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] }] },
    },
    resources: { "arn:aws:s3:::exports": { account: "111111111111", policy: null } },
  });
  const engine = createAccessEngine(estate);
  const [before] = estate.principals;
  if (before === undefined) throw new Error("no principal");
  const again = engine.newcomer({ ...before, inline: [] });
  expect(engine.verdict(role, "s3:GetObject", "arn:aws:s3:::exports/a")).toBe(false);
  expect(again.may("s3:GetObject", "arn:aws:s3:::exports/a")).toBe(true);
  expect(again.decide?.("s3:GetObject", "arn:aws:s3:::exports/a").verdict).toBe(true);
});
