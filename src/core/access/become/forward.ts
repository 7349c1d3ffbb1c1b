import type { PrincipalId } from "../../estate/index.js";
import type { BecomeEdge } from "../become.js";
import { afterRewriting } from "./after-rewriting.js";
import { rankOf, type Rank } from "./found.js";
import type { Parts } from "./step-types.js";
import { edgeOrDoubt, rewritingEdge, type EdgeSketch } from "./edge.js";
import { rootSession } from "./root-session.js";
import { holdableRoles } from "./holdable-roles.js";
import type { BecomeModel } from "./model.js";
import { nearTargets } from "./near-targets.js";
import { computeAssumption, computeSketch, runningSketch, takeoverFits, takeovers } from "./steps.js";

/** One way out of an identity. */
export interface Forward {
  readonly to: number;
  readonly rank: Rank;
  readonly hop: () => readonly BecomeEdge[];
}

/** Steps kept together over all identities; beyond, they are worked out each time they are asked for. */
const mostSteps = 250_000;

/** Every direct way from one identity to others, rewriting included (then `to` is whom it rewrites). */
export const stepsOut = remembered(findSteps);

/** Ways that open once the identity has rewritten itself or another. */
export const stepsAfterRewriting = remembered(findStepsAfterRewriting);

function remembered(
  find: (parts: Parts, from: number) => Iterable<Forward>,
): (parts: Parts, from: number) => readonly Forward[] {
  const kept = new WeakMap<Parts, { readonly steps: Map<number, readonly Forward[]>; weight: number }>();
  return (parts, from) => {
    let known = kept.get(parts);
    if (known === undefined) kept.set(parts, (known = { steps: new Map(), weight: 0 }));
    let steps = known.steps.get(from);
    if (steps === undefined) {
      steps = [...find(parts, from)];
      known.weight += steps.length + 1;
      if (known.weight > mostSteps) {
        known.steps.clear();
        known.weight = steps.length + 1;
      }
      known.steps.set(from, steps);
    }
    return steps;
  };
}

function* findSteps(parts: Parts, from: number): Generator<Forward> {
  const { model, compute, rewritings, native } = parts;
  const { engine } = model;
  const near = nearTargets(model);
  const self = model.principal(from);
  const id = model.id(from);
  const out = (sketch: EdgeSketch, verdict: true | "unknown"): Forward => ({
    to: sketch.to,
    rank: rankOf(sketch.verdict === "unknown" ? "unknown" : verdict, sketch.assumption !== undefined),
    hop: () => [edgeOrDoubt(model, sketch)],
  });
  for (const [kind, action, via] of [
    ["role", "sts:AssumeRole", "assume-role"],
    ["root", "sts:AssumeRoot", "assume-root"],
  ] as const) {
    const targets = kind === "role" ? near.assumable(from) : rootsOf(model);
    for (const { target, verdict } of engine.targetsOf(id, action, targets)) {
      const to = model.index(target as PrincipalId);
      if (to === undefined || to === from) continue;
      const sketch = { from, to, via, asks: [{ action, resource: target }] };
      yield out(kind === "root" ? { ...sketch, ...rootSession(target) } : sketch, verdict);
    }
  }
  for (const edge of native.from(from)) {
    const to = model.index(edge.to);
    if (to !== undefined) yield { to, rank: 0, hop: () => [edge] };
  }
  const account = model.account(from);
  if (account === undefined || self === undefined) return;
  const { users, mutableRoles, serviceRoles } = near.of(account);
  for (const rule of takeovers) {
    let hits: Map<number, true | "unknown"> | undefined;
    const targets = rule.target === "user" ? users : mutableRoles;
    for (const action of rule.actions) {
      const asked: readonly PrincipalId[] =
        hits === undefined ? near.spoken(from, action, targets) : [...hits.keys()].map(model.id);
      const next = new Map<number, true | "unknown">();
      for (const { target, verdict } of engine.targetsOf(id, action, asked)) {
        const index = model.index(target as PrincipalId);
        if (index !== undefined && index !== from)
          next.set(index, verdict === true && hits?.get(index) !== "unknown" ? true : "unknown");
      }
      hits = next;
    }
    for (const [to, verdict] of hits ?? []) {
      const principal = model.principal(to);
      const fit = principal === undefined ? undefined : takeoverFits(model, rule, principal);
      if (fit !== undefined)
        yield out(
          {
            from,
            to,
            via: rule.id,
            asks: rule.actions.map((action) => ({ action, resource: model.id(to) })),
            ...fit,
          },
          verdict,
        );
    }
  }
  const passed = new Map<number, true | "unknown">();
  const asked = near.spoken(from, "iam:PassRole", serviceRoles);
  for (const { target, verdict } of engine.targetsOf(id, "iam:PassRole", asked)) {
    const index = model.index(target as PrincipalId);
    if (index !== undefined) passed.set(index, verdict);
  }
  for (const { rule, roles, holds, running } of holdableRoles(parts, account)) {
    const able = roles.length === 0 ? undefined : compute.actors(rule, account).get(from);
    const obeying: Iterable<number> = rule.runsAsRole === true ? running : [];
    const wanted = able === undefined ? obeying : rule.passRole ? [...passed.keys()] : roles;
    for (const role of wanted) {
      const principal = model.principal(role);
      if (role === from || principal === undefined || !holds.has(role)) continue;
      if (rule.needs !== undefined && rule.runsAsRole === true && running.has(role)) {
        for (const resource of compute.running(rule.needs, principal.id)) {
          const actor = compute.actorsOn(rule, resource.id).find(({ holder }) => holder === from);
          if (actor !== undefined) yield out(runningSketch(rule, actor, role, resource.id), actor.verdict);
        }
      }
      const verdict = rule.passRole ? passed.get(role) : true;
      if (able === undefined || verdict === undefined) continue;
      if (computeAssumption(compute, rule, principal) === false) continue;
      const sketch = computeSketch(model, compute, rule, able, role);
      if (sketch !== undefined) yield out(sketch, verdict);
    }
  }
  for (const rewriting of rewritings.of(from)) {
    const edge = (): readonly BecomeEdge[] => [rewritingEdge(model, rewriting)].flatMap((item) => item ?? []);
    yield { to: rewriting.identity, rank: rankOf(rewriting.verdict, false), hop: edge };
  }
}

const roots = new WeakMap<BecomeModel, readonly PrincipalId[]>();

function rootsOf(model: BecomeModel): readonly PrincipalId[] {
  let found = roots.get(model);
  if (found === undefined) {
    found = model.identities.filter((index) => model.kind(index) === "root").map(model.id);
    roots.set(model, found);
  }
  return found;
}

function* findStepsAfterRewriting(parts: Parts, from: number): Generator<Forward> {
  const { model, rewritings } = parts;
  const near = nearTargets(model);
  for (const rewriting of rewritings.of(from)) {
    const { id, account } = rewriting.as;
    // Becoming a role is the only step that leaves the account.
    const within = new Set(account === undefined ? [] : model.members(account));
    for (const role of near.admitting(account, id)) within.add(model.index(role) ?? from);
    for (const to of [...within].sort((a, b) => a - b)) {
      if (to === from || to === rewriting.identity) continue;
      const step = afterRewriting(parts, rewriting, to);
      if (step !== undefined) yield { to, rank: step.rank, hop: step.hop };
    }
  }
}
