import { describe, expect, test } from "vitest";
import { createAccessEngine, type AccessPolicy, type Change } from "../../src/core/access/index.js";
import { applyChanges } from "../../src/core/access/change/apply.js";
import { changesOf } from "../../src/core/access/cut/compile.js";
import { reachProblem } from "../../src/core/access/cut/reach-problem.js";
import { cut, type Cut } from "../../src/core/access/cut/solve.js";
import type { UsedAccess } from "../../src/core/access/cut/use.js";
import {
  createEstate,
  principalId,
  type EstateFacts,
  type PrincipalId,
} from "../../src/core/estate/index.js";
import { loadReferenceData } from "../../src/readers/reference/index.js";
import { becomeOf, contentOf, documentsOf, labNames, loadLab, reachings, type Lab } from "../labs/lab.js";

const { managedPolicies, actions } = loadReferenceData();
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

/**
 * Rights marked as used: whatever the documents let the start do that no hop of the label takes, as an audit log would
 * show it for work that goes on.
 */
function usedOf({ labels, facts }: Lab): readonly UsedAccess[] {
  const taken = new Set(labels.hops.flatMap((hop) => hop.actions.map((action) => action.toLowerCase())));
  const start = principalId(labels.start);
  const engine = createAccessEngine(createEstate(facts), { managedPolicies, actions });
  const holder = facts.principals.find(({ id }) => id === start);
  const statements = [
    ...(holder?.inline ?? []).flatMap(({ document }) => document.statements),
    ...(holder?.attached ?? []).flatMap(({ arn }) =>
      facts.managedPolicies
        .filter((item) => item.arn === arn)
        .flatMap(({ versions }) => versions.flatMap(({ use }) => use.document.statements)),
    ),
  ];
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ action, resource }) =>
      action.patterns.flatMap((name) =>
        name.includes("*") || taken.has(name.toLowerCase())
          ? []
          : [{ principal: start, action: name, resource: resource?.patterns[0] ?? "*" }],
      ),
    )
    .filter(({ principal, action, resource }) => engine.verdict(principal, action, resource) === true);
}

function rightOn(actor: PrincipalId, target: string, documents: string) {
  const [action, resource] = contentOf(target, documents);
  return { actor, action, resource };
}

function cutOf(lab: Lab, used: readonly UsedAccess[]): Cut {
  const { labels, facts } = lab;
  const documents = documentsOf(lab.name);
  const engine = createAccessEngine(createEstate(facts), { managedPolicies, actions });
  const problem = reachProblem({
    engine,
    policy,
    used,
    walks: (become) =>
      reachings(become, labels, documents).map(({ target, walk, verdict }) => ({
        target,
        edges: walk,
        verdict,
        ...(/:(s3|ssm):/.test(target)
          ? { right: rightOn(walk.at(-1)?.to ?? principalId(labels.start), target, documents) }
          : {}),
      })),
  });
  // The start's own credential, the start and the target are not to be touched as such.
  return cut(problem, {
    allows: ({ edit }) =>
      edit.kind !== "changes" ||
      edit.changes.every(
        ({ kind }) => kind !== "revoke" && kind !== "federate" && kind !== "disablePrincipal",
      ),
  });
}

const after = (facts: EstateFacts, changes: readonly Change[]): EstateFacts => {
  const { estate, unapplied } = applyChanges(createEstate(facts), changes);
  expect(unapplied).toEqual([]);
  return estate;
};

const subsets = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: 2 ** items.length - 1 }, (_, mask) => items.filter((_item, at) => (mask >> at) & 1));

describe("cut of every lab (issue 3, done when 1)", async () => {
  const labs = await Promise.all(labNames().map(loadLab));
  const sizes: number[] = [];

  test("all 63 are there", () => expect(labs).toHaveLength(63));

  test.each(labs.map((lab) => [lab.name, lab] as const))("%s", (name, lab) => {
    const documents = documentsOf(name);
    const reached = (facts: EstateFacts): boolean =>
      reachings(becomeOf(facts), lab.labels, documents).length > 0;
    const used = usedOf(lab);
    const found = cutOf(lab, used);
    sizes.push(found.parts.length);
    expect(found.uncut).toEqual([]);
    expect(found.exact).toBe(true);
    expect(found.parts.length).toBeGreaterThan(0);
    expect(reached(after(lab.facts, changesOf(found.parts)))).toBe(false);
    // No proper subset does it, by exhaustion.
    expect(found.parts.length).toBeLessThanOrEqual(6);
    for (const some of subsets(found.parts))
      expect([
        some.map(({ candidates }) => candidates[0]?.title),
        reached(after(lab.facts, changesOf(some))),
      ]).toEqual([some.map(({ candidates }) => candidates[0]?.title), true]);
    // Every right that is marked as used goes on.
    const engine = createAccessEngine(createEstate(after(lab.facts, changesOf(found.parts))), {
      managedPolicies,
      actions,
    });
    for (const { principal, action, resource } of used)
      expect([action, resource, engine.verdict(principal, action, resource)]).toEqual([
        action,
        resource,
        true,
      ]);
    expect(found.breaks).toEqual([]);
  });

  test("figures", () => {
    console.log(
      `cut of labs: ${String(sizes.length)}; parts ${sizes.reduce((a, b) => a + b, 0)}, most ${String(Math.max(...sizes))}`,
    );
    expect(sizes).toHaveLength(63);
  });
});
