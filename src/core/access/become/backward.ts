import type { AccountId, PrincipalId } from "../../estate/index.js";
import { rewrittenSteps } from "./after-rewriting.js";
import { edgeOrDoubt, type EdgeSketch } from "./edge.js";
import { computeRules } from "./escalations/compute-rules.js";
import type { ComputeRule } from "./escalations/rule.js";
import type { BecomeModel } from "./model.js";
import { rankOf, type Found } from "./found.js";
import { push, type Parts } from "./step-types.js";
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
 * Everyone one step away from a set of identities. The frontier is asked as a set: one engine call per action, never
 * one per pair of holder and target (access.md, algorithm 9). `seen` holders need not be reported again.
 */
export function* stepsInto(parts: Parts, frontier: readonly number[], seen: Seen): Generator<Found> {
  yield* assumeSteps(parts, frontier);
  yield* takeoverSteps(parts, frontier);
  yield* computeSteps(parts, frontier, seen);
  yield* parts.native.into(frontier);
  yield* rewrittenSteps(parts, frontier, seen);
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

function* computeSteps(parts: Parts, frontier: readonly number[], seen: Seen): Generator<Found> {
  const { model } = parts;
  const roles = frontier.filter((index) => model.services(index).length > 0);
  if (roles.length === 0) return;
  const held = computeRules.map((rule) => ({
    rule,
    roles: roles.filter((role) => canHold(model, rule, role)),
  }));
  for (const { rule, roles: fitting } of held) {
    if (!rule.passRole && fitting.length > 0) yield* existingSteps(parts, rule, fitting, seen);
  }
  yield* passSteps(
    parts,
    held.filter(({ rule, roles: fitting }) => rule.passRole && fitting.length > 0),
    seen,
  );
}

/**
 * PassRole works only inside one account (IAM user guide, "Granting a user permissions to pass a role"): one question
 * for all roles, then only its holders are looked at, each rule's roles in their own account.
 */
function* passSteps(
  { model, compute }: Parts,
  held: readonly { rule: ComputeRule; roles: readonly number[] }[],
  seen: Seen,
): Generator<Found> {
  const all = [...new Set(held.flatMap(({ roles }) => roles))].sort((a, b) => a - b);
  const byAccount = new Map<AccountId, number[]>();
  for (const role of all) {
    const account = model.account(role);
    if (account !== undefined) push(byAccount, account, role);
  }
  for (const { holder } of model.holders("iam:PassRole", all.map(model.id))) {
    const account = model.account(holder);
    const near = account === undefined ? undefined : byAccount.get(account);
    if (account === undefined || near === undefined || seen(holder)) continue;
    const rules = held.flatMap(({ rule, roles }) => {
      const actor = compute.actors(rule, account).get(holder);
      return actor === undefined ? [] : [{ rule, roles, actor }];
    });
    if (rules.length === 0) continue;
    const passed = model.engine.targetsOf(model.id(holder), "iam:PassRole", near.map(model.id));
    for (const { rule, roles, actor } of rules) {
      for (const hit of passed) {
        const role = model.index(hit.target as PrincipalId);
        if (role === undefined || role === holder || !roles.includes(role)) continue;
        const sketch = computeSketch(model, compute, rule, actor, role);
        if (sketch === undefined) continue;
        yield found(model, sketch, hit.verdict);
        if (hit.verdict === true) break;
      }
    }
  }
}

function* existingSteps(
  { model, compute }: Parts,
  rule: ComputeRule,
  roles: readonly number[],
  seen: Seen,
): Generator<Found> {
  const open = new Map<AccountId, number>();
  for (const role of roles) {
    const principal = model.principal(role);
    if (principal === undefined || rule.needs === undefined) continue;
    for (const resource of compute.running(rule.needs, principal.id)) {
      for (const actor of compute.actorsOn(rule, resource.id)) {
        if (actor.holder !== role)
          yield found(model, runningSketch(rule, actor, role, resource.id), actor.verdict);
      }
    }
    const account = model.account(role);
    if (account === undefined || computeAssumption(compute, rule, principal) === false) continue;
    // What runs as one unlisted role could run as any: the first stands for all of the account.
    const before = open.get(account);
    if (before === undefined) open.set(account, role);
    else if (!open.has(`${account}+` as AccountId)) open.set(`${account}+` as AccountId, role);
  }
  for (const [key, role] of open) {
    if (key.endsWith("+")) continue;
    const second = open.get(`${key}+` as AccountId);
    for (const actor of compute.actors(rule, key).values()) {
      if (seen(actor.holder)) continue;
      const target = actor.holder === role ? second : role; // nobody needs compute to become what it is
      const sketch = target === undefined ? undefined : computeSketch(model, compute, rule, actor, target);
      if (sketch !== undefined) yield found(model, sketch, actor.verdict);
    }
  }
}
