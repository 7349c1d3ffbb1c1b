import { accountOfArn, type AccountId } from "../../estate/index.js";
import { proveEdge, rewritingEdge, type EdgeSketch } from "./edge.js";
import { computeRules } from "./escalations/compute-rules.js";
import { computeShapes } from "./escalations/compute.js";
import type { BecomeModel } from "./model.js";
import { trustWouldAdmit } from "./one-step-access.js";
import type { Rewriting } from "./one-rewriting.js";
import { rankOf, type Found, type Rank } from "./found.js";
import { push, type Parts } from "./step-types.js";
import { canHold, computeAssumption, takeoverFits, takeovers } from "./steps.js";

/** Who can first rewrite itself or another, and then take a step into the frontier. */
export function* rewrittenSteps(
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
        if (best !== undefined && best.rank <= leastRank(rewriting)) continue;
        for (const target of targets) {
          if (target === actor || target === rewriting.identity) continue;
          const step = afterRewriting(parts, rewriting, target);
          if (step === undefined || (best !== undefined && best.rank <= step.rank)) continue;
          best = step;
          if (step.rank === leastRank(rewriting)) break;
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

/** No step after it is better. */
const leastRank = ({ verdict }: Rewriting): Rank => rankOf(verdict, false);

/** The best step into `target` with the rights gained by a rewriting. */
export function afterRewriting(
  { model, compute }: Parts,
  rewriting: Rewriting,
  target: number,
): Found | undefined {
  const identity = rewriting.as;
  const least = leastRank(rewriting);
  const principal = model.principal(target);
  if (principal === undefined) return undefined;
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
    if (best?.rank === least) return best;
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
    if (best?.rank === least) return best;
  }
  return best;
}
