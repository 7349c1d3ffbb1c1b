import { accountOfArn, type AccountId, type PrincipalId } from "../../estate/index.js";
import type { BecomeEdge } from "../index.js";
import type { Compute } from "./compute.js";
import { edgeOrDoubt, proveEdge, rewritingEdge, type EdgeSketch } from "./edge.js";
import { computeRules } from "./escalations/compute-rules.js";
import { computeShapes } from "./escalations/compute.js";
import type { ComputeRule } from "./escalations/rule.js";
import type { BecomeModel } from "./model.js";
import type { NativeSteps } from "./native-steps.js";
import { trustWouldAdmit, type Rewriting, type Rewritings } from "./rewriting.js";
import {
  canHold,
  computeAssumption,
  computeSketch,
  runningSketch,
  takeoverFits,
  takeovers,
} from "./steps.js";

/** Bits: 1 = something is assumed, 2 = a missing fact decides. Lower is better. */
export type Rank = 0 | 1 | 2 | 3;

/** One way, found from the target's side, by which `holder` ends up as `target`. */
export interface Found {
  readonly holder: number;
  readonly target: number;
  readonly rank: Rank;
  /** The edges from holder to target; two when the holder first rewrites something. */
  hop(): readonly BecomeEdge[];
}

export interface Parts {
  readonly model: BecomeModel;
  readonly compute: Compute;
  readonly rewritings: Rewritings;
  readonly native: NativeSteps;
}

export const rankOf = (verdict: true | "unknown", assumed: boolean): Rank =>
  ((verdict === true ? 0 : 2) + (assumed ? 1 : 0)) as Rank;

/**
 * Everyone one step away from a set of identities. The frontier is asked as a set: one engine call per action, never
 * one per pair of holder and target (access.md, algorithm 9). `seen` holders need not be reported again.
 */
export function* stepsInto(
  parts: Parts,
  frontier: readonly number[],
  seen: (holder: number) => boolean,
): Generator<Found> {
  yield* assumeSteps(parts, frontier);
  yield* takeoverSteps(parts, frontier);
  yield* computeSteps(parts, frontier);
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
    const targets = frontier.filter((index) => model.principal(index)?.kind === kind).map(model.id);
    for (const { holder, target, verdict } of model.holders(action, targets)) {
      const to = model.index(target as PrincipalId);
      if (to === undefined || to === holder) continue;
      yield found(model, { from: holder, to, via, asks: [{ action, resource: target }] }, verdict);
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

function* computeSteps(parts: Parts, frontier: readonly number[]): Generator<Found> {
  const { model } = parts;
  const byService = new Map<string, number[]>();
  for (const index of frontier) {
    for (const service of model.services(index)) push(byService, service, index);
  }
  if (byService.size === 0) return;
  const passers = new Map<string, ReturnType<BecomeModel["holders"]>>();
  for (const rule of computeRules) {
    const roles = [...new Set(rule.services.flatMap((service) => byService.get(service) ?? []))]
      .filter((role) => canHold(model, rule, role))
      .sort((a, b) => a - b);
    if (roles.length === 0) continue;
    if (rule.passRole) yield* passSteps(parts, rule, roles, passers);
    else yield* existingSteps(parts, rule, roles);
  }
}

/** PassRole works only inside one account (IAM user guide, "Granting a user permissions to pass a role"). */
function* passSteps(
  { model, compute }: Parts,
  rule: ComputeRule,
  roles: readonly number[],
  passers: Map<string, ReturnType<BecomeModel["holders"]>>,
): Generator<Found> {
  const key = roles.join(",");
  let holders = passers.get(key);
  if (holders === undefined) {
    holders = model.holders("iam:PassRole", roles.map(model.id));
    passers.set(key, holders);
  }
  const byAccount = new Map<AccountId, number[]>();
  for (const role of roles) {
    const account = model.account(role);
    if (account !== undefined) push(byAccount, account, role);
  }
  for (const witness of holders) {
    const account = model.account(witness.holder);
    if (account === undefined) continue;
    const actor = compute.actors(rule, account).get(witness.holder);
    const near = byAccount.get(account);
    if (actor === undefined || near === undefined) continue;
    const first = model.index(witness.target as PrincipalId);
    const sketch =
      first === undefined || first === witness.holder
        ? undefined
        : computeSketch(model, compute, rule, actor, first);
    if (sketch !== undefined && first !== undefined && model.account(first) === account) {
      yield found(model, sketch, witness.verdict);
      if (witness.verdict === true) continue;
    }
    for (const hit of model.engine.targetsOf(model.id(witness.holder), "iam:PassRole", near.map(model.id))) {
      const role = model.index(hit.target as PrincipalId);
      const other =
        role === undefined || role === witness.holder
          ? undefined
          : computeSketch(model, compute, rule, actor, role);
      if (other === undefined) continue;
      yield found(model, other, hit.verdict);
      if (hit.verdict === true) break;
    }
  }
}

function* existingSteps(
  { model, compute }: Parts,
  rule: ComputeRule,
  roles: readonly number[],
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
      const target = actor.holder === role ? second : role; // nobody needs compute to become what it is
      const sketch = target === undefined ? undefined : computeSketch(model, compute, rule, actor, target);
      if (sketch !== undefined) yield found(model, sketch, actor.verdict);
    }
  }
}

/** Who can first rewrite itself or another, and then take a step into the frontier. */
function* rewrittenSteps(
  parts: Parts,
  frontier: readonly number[],
  seen: (holder: number) => boolean,
): Generator<Found> {
  const { model, rewritings } = parts;
  const byAccount = new Map<AccountId, number[]>();
  for (const index of frontier) {
    for (const account of reachableFrom(model, index)) push(byAccount, account, index);
  }
  for (const [account, targets] of [...byAccount].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    for (const actor of rewritings.candidates(account)) {
      if (seen(actor)) continue;
      let best: Found | undefined;
      for (const rewriting of rewritings.of(actor)) {
        for (const target of targets) {
          if (target === actor || target === rewriting.identity) continue;
          const step = afterRewriting(parts, rewriting, target);
          if (step === undefined || (best !== undefined && best.rank <= step.rank)) continue;
          best = step;
          if (step.rank === 0) break;
        }
        if (best?.rank === 0) break;
      }
      if (best !== undefined) yield best;
    }
  }
}

/** Accounts whose identities could step into this one with rewritten rights: its own, and those its trust names. */
function reachableFrom(model: BecomeModel, index: number): ReadonlySet<AccountId> {
  const accounts = new Set<AccountId>();
  const own = model.account(index);
  if (own !== undefined) accounts.add(own);
  for (const { principal } of model.principal(index)?.trustPolicy?.document.statements ?? []) {
    for (const text of principal?.aws ?? []) {
      const account =
        accountOfArn(text) ?? (/^\d{12}$/.test(text) ? (`aws:${text}` as AccountId) : undefined);
      if (account !== undefined) accounts.add(account);
    }
  }
  return accounts;
}

/** The best step into `target` with the rights gained by a rewriting. */
export function afterRewriting(
  { model, compute }: Parts,
  rewriting: Rewriting,
  target: number,
): Found | undefined {
  const identity = model.principal(rewriting.identity);
  const principal = model.principal(target);
  if (identity === undefined || principal === undefined) return undefined;
  const steps = (sketch: EdgeSketch, verdict: true | "unknown"): Found => ({
    holder: rewriting.actor,
    target,
    rank: rankOf(
      verdict === true && rewriting.verdict === true ? true : "unknown",
      sketch.assumption !== undefined,
    ),
    hop: () => [rewritingEdge(model, rewriting), proveEdge(model, sketch)].flatMap((edge) => edge ?? []),
  });
  const sketch = (via: string, asks: EdgeSketch["asks"], more: Partial<EdgeSketch> = {}): EdgeSketch => ({
    from: rewriting.identity,
    to: target,
    via,
    asks,
    after: rewriting,
    ...more,
  });
  let best: Found | undefined;
  const offer = (candidate: EdgeSketch, extra: true | "unknown" = true): void => {
    let verdict: true | "unknown" = extra;
    for (const { action, resource } of candidate.asks) {
      const may = rewriting.may(action, resource);
      if (may === false) return;
      if (may === "unknown") verdict = "unknown";
    }
    const step = steps(verdict === "unknown" ? { ...candidate, verdict } : candidate, verdict);
    if (best === undefined || step.rank < best.rank) best = step;
  };
  if (principal.kind === "role") {
    const admitted = trustWouldAdmit(principal, identity);
    if (admitted !== false)
      offer(sketch("assume-role", [{ action: "sts:AssumeRole", resource: principal.id }]), admitted);
  }
  if (identity.account !== principal.account || identity.account === undefined) return best;
  for (const rule of takeovers) {
    const fit = takeoverFits(model, rule, principal);
    if (fit !== undefined)
      offer(
        sketch(
          rule.id,
          rule.actions.map((action) => ({ action, resource: principal.id })),
          fit,
        ),
      );
    if ((best as Found | undefined)?.rank === 0) return best;
  }
  const digits = identity.account.replace(/^aws:/, "");
  for (const rule of computeRules) {
    if (principal.kind !== "role" || !canHold(model, rule, target)) continue;
    const assumption = computeAssumption(compute, rule, principal);
    if (assumption === false) continue;
    const asks = rule.actions.map(({ action, on }) => ({
      action,
      resource: on === "*" ? "*" : computeShapes[on].arn.replace("{account}", digits),
    }));
    offer(
      sketch(
        rule.id,
        [...(rule.passRole ? [{ action: "iam:PassRole", resource: principal.id }] : []), ...asks],
        assumption === undefined ? {} : { assumption },
      ),
    );
    if ((best as Found | undefined)?.rank === 0) return best;
  }
  return best;
}

export function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
