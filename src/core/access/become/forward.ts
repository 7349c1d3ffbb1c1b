import type { PrincipalId } from "../../estate/index.js";
import type { BecomeEdge } from "../become.js";
import { afterRewriting } from "./after-rewriting.js";
import { rankOf, type Rank } from "./found.js";
import type { Parts } from "./step-types.js";
import { edgeOrDoubt, rewritingEdge, type EdgeSketch } from "./edge.js";
import { rootSession } from "./root-session.js";
import { computeRules } from "./escalations/compute-rules.js";
import { mutableRole } from "./model.js";
import {
  canHold,
  computeAssumption,
  computeSketch,
  runningSketch,
  takeoverFits,
  takeovers,
} from "./steps.js";

/** One way out of an identity. */
export interface Forward {
  readonly to: number;
  readonly rank: Rank;
  readonly hop: () => readonly BecomeEdge[];
}

/** Every direct way from one identity to others, rewriting included (then `to` is whom it rewrites). */
export function* stepsOut(parts: Parts, from: number): Generator<Forward> {
  const { model, compute, rewritings, native } = parts;
  const { engine } = model;
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
    const targets = model.identities
      .filter((index) => index !== from && model.kind(index) === kind)
      .map(model.id);
    for (const { target, verdict } of engine.targetsOf(id, action, targets)) {
      const to = model.index(target as PrincipalId);
      if (to === undefined) continue;
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
  const members = model.members(account).filter((index) => index !== from);
  for (const rule of takeovers) {
    let hits: Map<number, true | "unknown"> | undefined;
    const targets = members.filter(
      (index) =>
        model.kind(index) === rule.target && (rule.target === "user" || mutableRole(model.principal(index))),
    );
    for (const action of rule.actions) {
      const asked = hits === undefined ? targets : targets.filter((index) => hits?.has(index) === true);
      const next = new Map<number, true | "unknown">();
      for (const { target, verdict } of engine.targetsOf(id, action, asked.map(model.id))) {
        const index = model.index(target as PrincipalId);
        if (index !== undefined)
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
  const roles = members.filter((index) => model.services(index).length > 0);
  const passed = new Map(
    engine.targetsOf(id, "iam:PassRole", roles.map(model.id)).map((hit) => [hit.target, hit.verdict]),
  );
  for (const rule of computeRules) {
    for (const role of roles) {
      const principal = model.principal(role);
      if (principal === undefined || !canHold(model, rule, role)) continue;
      if (rule.needs !== undefined && rule.runsAsRole === true) {
        for (const resource of compute.running(rule.needs, principal.id)) {
          const actor = compute.actorsOn(rule, resource.id).find(({ holder }) => holder === from);
          if (actor !== undefined) yield out(runningSketch(rule, actor, role, resource.id), actor.verdict);
        }
      }
      const verdict = rule.passRole ? passed.get(principal.id) : true;
      if (verdict === undefined || computeAssumption(compute, rule, principal) === false) continue;
      const actor = compute.actors(rule, account).get(from);
      const sketch = actor === undefined ? undefined : computeSketch(model, compute, rule, actor, role);
      if (sketch !== undefined) yield out(sketch, verdict);
    }
  }
  for (const rewriting of rewritings.of(from)) {
    const edge = (): readonly BecomeEdge[] => [rewritingEdge(model, rewriting)].flatMap((item) => item ?? []);
    yield { to: rewriting.identity, rank: rankOf(rewriting.verdict, false), hop: edge };
  }
}

/** Ways that open once the identity has rewritten itself or another. */
export function* stepsAfterRewriting(parts: Parts, from: number): Generator<Forward> {
  const { model, rewritings } = parts;
  for (const rewriting of rewritings.of(from)) {
    for (const to of model.identities) {
      if (to === from || to === rewriting.identity) continue;
      const step = afterRewriting(parts, rewriting, to);
      if (step !== undefined) yield { to, rank: step.rank, hop: step.hop };
    }
  }
}
