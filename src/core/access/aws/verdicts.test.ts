import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estates, questions } from "../../../../test/generators/policy-estate.js";
import { policyEstate } from "../../../../test/policy-estate.js";
import { runs } from "../../../../test/settings.js";
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
