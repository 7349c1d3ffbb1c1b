import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAccessEngine } from "../../src/core/access/index.js";
import type { Tri } from "../../src/core/estate/index.js";
import { contextsFor, estates, names, questions } from "../generators/policy-estate.js";
import { policyEstate, type EstateText } from "../policy-estate.js";
import { runs } from "../settings.js";
import { allows } from "./allow.js";

const question = fc.constantFrom(...questions);

const verdicts = (text: EstateText, action: string, resource: string): ReadonlyMap<string, Tri> => {
  const engine = createAccessEngine(policyEstate(text));
  const { allowed, unknown } = engine.whoCan(action, resource);
  return new Map(
    engine.actors.map((id, i) => [id, allowed.has(i) ? true : unknown.has(i) ? "unknown" : false]),
  );
};

describe("engine against brute force (access.md, AWS allow, exactly)", () => {
  test("who-can says yes exactly where some request is allowed", () => {
    fc.assert(
      fc.property(estates, question, (text, [action, resource]) => {
        const contexts = contextsFor(text);
        for (const [caller, verdict] of verdicts(text, action, resource)) {
          // An account outside stands for all its identities: keys about the caller are then open, which brute force is not.
          if (
            caller === names.stranger &&
            /aws:(username|PrincipalTag|PrincipalArn)/.test(JSON.stringify(text))
          )
            continue;
          const expected = contexts.some((context) => allows(text, { caller, action, resource, context }));
          expect(`${caller} ${verdict}`).toBe(`${caller} ${expected}`);
        }
      }),
      { numRuns: runs.property },
    );
  }, 600_000);

  test("decide and who-can agree, and a yes comes with residual conditions only", () => {
    fc.assert(
      fc.property(estates, question, (text, [action, resource]) => {
        const engine = createAccessEngine(policyEstate(text));
        const { allowed, unknown } = engine.whoCan(action, resource);
        engine.actors.forEach((id, i) => {
          const decision = engine.decide(id, action, resource);
          expect(decision.verdict).toBe(allowed.has(i) ? true : unknown.has(i) ? "unknown" : false);
          if (decision.verdict === false) expect(decision.blocks.length).toBeGreaterThan(0);
          if (decision.verdict !== "unknown") expect(decision.missing).toEqual([]);
          else expect(decision.missing.length).toBeGreaterThan(0);
        });
      }),
      { numRuns: runs.property },
    );
  });

  test("without a document an answer stays or becomes unknown, it never flips (R38: missing is never no)", () => {
    const cuts: readonly ((text: EstateText) => EstateText)[] = [
      (text) => ({ ...text, covered: [] }),
      (text) => ({
        ...text,
        resources: Object.fromEntries(
          Object.entries(text.resources ?? {}).map(([id, { policy: _, ...rest }]) => [id, rest]),
        ),
      }),
      (text) => ({ ...text, managed: {} }),
      (text) => {
        const { organization: _, ...rest } = text;
        return {
          ...rest,
          covered: [],
          accounts: Object.fromEntries(Object.keys(text.accounts ?? {}).map((id) => [id, ""])),
        };
      },
      (text) => ({
        ...text,
        resources: Object.fromEntries(
          Object.entries(text.resources ?? {}).map(([id, { account: _, ...rest }]) => [id, rest]),
        ),
      }),
    ];
    fc.assert(
      fc.property(estates, question, fc.constantFrom(...cuts), (text, [action, resource], cut) => {
        const full = verdicts(text, action, resource);
        for (const [caller, verdict] of verdicts(cut(text), action, resource)) {
          if (verdict !== "unknown") expect(`${caller} ${verdict}`).toBe(`${caller} ${full.get(caller)}`);
        }
      }),
      { numRuns: runs.property },
    );
  });

  test("holders on targets are those of who-can, target by target", () => {
    const action = fc.constantFrom("iam:PutRolePolicy", "sts:AssumeRole", "kms:Decrypt");
    const targets = questions
      .map(([, resource]) => resource)
      .filter((resource) => !resource.includes(":s3:"));
    fc.assert(
      fc.property(estates, action, (text, asked) => {
        const engine = createAccessEngine(policyEstate(text));
        const witnesses = engine.holdersOnTargets(asked, targets);
        const best = new Map(witnesses.map(({ holder, verdict }) => [holder, verdict]));
        engine.actors.forEach((id, i) => {
          const each = targets.map((target) => engine.decide(id, asked, target).verdict);
          const expected = each.includes(true) ? true : each.includes("unknown") ? "unknown" : undefined;
          expect(`${id} ${best.get(i)}`).toBe(`${id} ${expected}`);
        });
        for (const { holder, target, verdict } of witnesses) {
          expect(engine.decide(engine.actors[holder]!, asked, target).verdict).toBe(verdict);
        }
      }),
      { numRuns: runs.property },
    );
  });
});
