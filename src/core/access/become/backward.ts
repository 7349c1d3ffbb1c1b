import type { AccountId, PrincipalId } from "../../estate/index.js";
import { rewrittenSteps } from "./after-rewriting.js";
import { edgeOrDoubt, type EdgeSketch } from "./edge.js";
import { computeRules } from "./escalations/compute-rules.js";
import type { ComputeRule } from "./escalations/rule.js";
import type { BecomeModel } from "./model.js";
import { rankOf, type Found } from "./found.js";
import type { Parts } from "./step-types.js";
import { rootSession } from "./root-session.js";
import {
  canHold,
  computeAssumption,
  computeSketch,
  runningSketch,
  takeoverFits,
  takeovers,
} from "./steps.js";

/** Whether a holder is a member already. */
type Seen = (holder: number) => boolean;

/**
 * Everyone one step away from a set of identities; `seen` holders need not be reported again. What leads into one
 * identity is the same for every question and is worked out once; compute that nobody listed and rewriting, which open
 * all of an account at once, are asked of the set, never of each pair (access.md, algorithm 9).
 */
export function* stepsInto(parts: Parts, frontier: readonly number[], seen: Seen): Generator<Found> {
  const { single } = keptSteps(parts);
  for (const target of frontier) for (const step of single(target)) if (!seen(step.holder)) yield step;
  yield* unlistedSteps(parts, frontier, seen);
  yield* rewrittenSteps(parts, frontier, seen);
}

/** Steps kept together over all identities; beyond, they are worked out each time they are asked for. */
const mostSteps = 1_000_000;

interface KeptSteps {
  readonly single: (target: number) => readonly Found[];
}

const kept = new WeakMap<Parts, KeptSteps>();

function keptSteps(parts: Parts): KeptSteps {
  let found = kept.get(parts);
  if (found === undefined) {
    const known = new Map<number, readonly Found[]>();
    let weight = 0;
    found = {
      single(target) {
        let steps = known.get(target);
        if (steps === undefined) {
          steps = bestEach(stepsIntoOne(parts, target));
          weight += steps.length + 1;
          if (weight > mostSteps) {
            known.clear();
            weight = steps.length + 1;
          }
          known.set(target, steps);
        }
        return steps;
      },
    };
    kept.set(parts, found);
  }
  return found;
}

function* stepsIntoOne(parts: Parts, target: number): Generator<Found> {
  const one = [target];
  yield* assumeSteps(parts, one);
  yield* takeoverSteps(parts, one);
  yield* computeSteps(parts, target);
  yield* parts.native.into(one);
}

/** The least doubtful step of each holder, the first found where several are. */
function bestEach(steps: Iterable<Found>): readonly Found[] {
  const best = new Map<number, Found>();
  for (const step of steps) {
    const before = best.get(step.holder);
    if (before === undefined || step.rank < before.rank) best.set(step.holder, step);
  }
  return [...best.values()];
}

const found = (model: BecomeModel, sketch: EdgeSketch, verdict: true | "unknown"): Found => ({
  holder: sketch.from,
  target: sketch.to,
  rank: rankOf(sketch.verdict === "unknown" ? "unknown" : verdict, sketch.assumption !== undefined),
  hop: () => [edgeOrDoubt(model, sketch)],
});

function* assumeSteps({ model }: Parts, frontier: readonly number[]): Generator<Found> {
  for (const [kind, action, via] of [
    ["role", "sts:AssumeRole", "assume-role"],
    ["root", "sts:AssumeRoot", "assume-root"],
  ] as const) {
    const targets = frontier.filter((index) => model.kind(index) === kind).map(model.id);
    for (const { holder, target, verdict } of model.holders(action, targets)) {
      const to = model.index(target as PrincipalId);
      if (to === undefined || to === holder) continue;
      const sketch = { from: holder, to, via, asks: [{ action, resource: target }] };
      yield found(model, kind === "root" ? { ...sketch, ...rootSession(target) } : sketch, verdict);
    }
  }
}

function* takeoverSteps({ model }: Parts, frontier: readonly number[]): Generator<Found> {
  for (const rule of takeovers) {
    const groups = new Map<boolean, number[]>([
      [false, []],
      [true, []],
    ]);
    for (const index of frontier) {
      const principal = model.principal(index);
      const fit = principal === undefined ? undefined : takeoverFits(model, rule, principal);
      if (fit !== undefined) groups.get(fit.assumption !== undefined)?.push(index);
    }
    for (const indices of groups.values()) {
      for (const { holder, target, verdict } of holdersOfAll(model, rule.actions, indices.map(model.id))) {
        const to = model.index(target as PrincipalId);
        const principal = to === undefined ? undefined : model.principal(to);
        if (to === undefined || principal === undefined || to === holder) continue;
        const fit = takeoverFits(model, rule, principal);
        yield found(
          model,
          {
            from: holder,
            to,
            via: rule.id,
            asks: rule.actions.map((action) => ({ action, resource: target })),
            ...fit,
          },
          verdict,
        );
      }
    }
  }
}

/** Holders of every action on one and the same target. */
function* holdersOfAll(
  model: BecomeModel,
  actions: readonly string[],
  targets: readonly string[],
): Generator<{ holder: number; target: string; verdict: true | "unknown" }> {
  const [first, ...rest] = actions;
  if (first === undefined || targets.length === 0) return;
  const lists = rest.map((action) => new Set(model.holders(action, targets).map(({ holder }) => holder)));
  for (const witness of model.holders(first, targets)) {
    if (rest.length === 0) {
      yield witness;
      continue;
    }
    if (!lists.every((list) => list.has(witness.holder))) continue;
    let common = new Map(
      model.engine
        .targetsOf(model.id(witness.holder), first, targets)
        .map((hit) => [hit.target, hit.verdict]),
    );
    for (const action of rest) {
      const next = new Map(
        model.engine
          .targetsOf(model.id(witness.holder), action, targets)
          .map((hit) => [hit.target, hit.verdict]),
      );
      common = new Map(
        [...common].flatMap(([target, verdict]) => {
          const other = next.get(target);
          return other === undefined
            ? []
            : [[target, verdict === true && other === true ? true : "unknown"] as const];
        }),
      );
    }
    const hit = [...common].find(([, verdict]) => verdict === true) ?? [...common][0];
    if (hit !== undefined) yield { holder: witness.holder, target: hit[0], verdict: hit[1] };
  }
}

function* computeSteps(parts: Parts, target: number): Generator<Found> {
  const { model } = parts;
  if (model.services(target).length === 0) return;
  const rules = computeRules.filter((rule) => canHold(model, rule, target));
  for (const rule of rules) if (!rule.passRole) yield* runningSteps(parts, rule, target);
  yield* passSteps(
    parts,
    rules.filter(({ passRole }) => passRole),
    target,
  );
}

/**
 * PassRole works only inside one account (IAM user guide, "Granting a user permissions to pass a role"): its holders
 * there, each with what it can set up to run as the role.
 */
function* passSteps(
  { model, compute }: Parts,
  rules: readonly ComputeRule[],
  role: number,
): Generator<Found> {
  const own = model.account(role);
  if (own === undefined || rules.length === 0) return;
  const acting = rules.map((rule) => ({ rule, actors: compute.actors(rule, own) }));
  if (acting.every(({ actors }) => actors.size === 0)) return;
  for (const { holder, verdict } of model.holders("iam:PassRole", [model.id(role)])) {
    if (holder === role || model.account(holder) !== own) continue;
    for (const { rule, actors } of acting) {
      const actor = actors.get(holder);
      const sketch = actor === undefined ? undefined : computeSketch(model, compute, rule, actor, role);
      if (sketch !== undefined) yield found(model, sketch, verdict);
    }
  }
}

/** Compute that is known to run as the role, and who drives it. */
function* runningSteps({ model, compute }: Parts, rule: ComputeRule, role: number): Generator<Found> {
  const principal = model.principal(role);
  if (principal === undefined || rule.needs === undefined) return;
  for (const resource of compute.running(rule.needs, principal.id)) {
    for (const actor of compute.actorsOn(rule, resource.id)) {
      if (actor.holder !== role)
        yield found(model, runningSketch(rule, actor, role, resource.id), actor.verdict);
    }
  }
}

/** Compute that nobody listed: what runs as one such role could run as any, so the first stands for all of the account. */
function* unlistedSteps(
  { model, compute }: Parts,
  frontier: readonly number[],
  seen: Seen,
): Generator<Found> {
  const roles = frontier.filter((index) => model.services(index).length > 0);
  if (roles.length === 0) return;
  for (const rule of computeRules) {
    if (rule.passRole || rule.needs === undefined) continue;
    const open = new Map<AccountId, readonly [first: number, second?: number]>();
    for (const role of roles) {
      const account = model.account(role);
      const before = account === undefined ? undefined : open.get(account);
      if (account === undefined || before?.[1] !== undefined || !canHold(model, rule, role)) continue;
      const principal = model.principal(role);
      if (principal === undefined || computeAssumption(compute, rule, principal) === false) continue;
      open.set(account, before === undefined ? [role] : [before[0], role]);
    }
    for (const [account, [role, second]] of open) {
      for (const actor of compute.actors(rule, account).values()) {
        if (seen(actor.holder)) continue;
        const target = actor.holder === role ? second : role; // nobody needs compute to become what it is
        const sketch = target === undefined ? undefined : computeSketch(model, compute, rule, actor, target);
        if (sketch !== undefined) yield found(model, sketch, actor.verdict);
      }
    }
  }
}
