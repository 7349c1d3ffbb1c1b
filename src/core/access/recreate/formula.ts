import type { AccountId, Evidence, MissingFact, Tri } from "../../estate/index.js";
import type { PropertyTruth } from "../recreation.js";

/**
 * What has to be true so that a weakness is back (recreation.md 2): monotone and/or over rights and properties.
 * Nothing is negated, therefore a set of actors computed bottom-up is exact, and more access never makes it better.
 */
export type Formula = Can | Is | All | Any | Open;

/** `can(action, resource)`: one actor is allowed to by every layer, by itself or as somebody it can become. */
export interface Can {
  readonly kind: "can";
  readonly action: string;
  readonly resource: string;
  /** Rights asked on `*` act on the account of whoever calls: only identities of this account can. */
  readonly account?: AccountId;
  /**
   * The policy of the resource hands this right out too: whoever may write that policy gives it to itself, and drops
   * the denies that the policy holds.
   */
  readonly grantedBy?: { readonly action: string; readonly resource: string };
}

/** `is(property)` after containment. */
export interface Is {
  readonly kind: "is";
  readonly truth: PropertyTruth;
}

export interface All {
  readonly kind: "all";
  readonly parts: readonly Formula[];
}

export interface Any {
  readonly kind: "any";
  readonly parts: readonly Formula[];
}

/** `open(G)`: guard rail G does not stand in the way, because it is off or because the actor lifts it. */
export interface Open {
  readonly kind: "open";
  readonly guard: Guard;
}

export interface Guard {
  /** In words: `block public access of the bucket (BlockPublicPolicy)`. */
  readonly name: string;
  /** write: the call is refused. effect: the call succeeds, the exposure has no effect. */
  readonly kind: "write" | "effect";
  /** True: the guard is known to be off. Not collected: unknown, and then `open` is unknown for everybody. */
  readonly off: PropertyTruth;
  /** What it takes to lift it; `never` when nobody of this estate can. */
  readonly lift: Formula;
}

export const can = (action: string, resource: string, account?: AccountId): Can =>
  account === undefined ? { kind: "can", action, resource } : { kind: "can", action, resource, account };
/** The same right, where the writer of the resource's policy can give it to itself. */
export const canOrGrant = (action: string, resource: string, by: Can): Can => ({
  ...can(action, resource, by.account),
  grantedBy: { action: by.action, resource: by.resource },
});
export const is = (truth: PropertyTruth): Is => ({ kind: "is", truth });
export const all = (...parts: readonly Formula[]): All => ({ kind: "all", parts });
export const any = (...parts: readonly Formula[]): Any => ({ kind: "any", parts });
export const open = (guard: Guard): Open => ({ kind: "open", guard });

/** A property whose value is known from what the formula itself established. */
export const fact = (
  value: Tri,
  label: string,
  evidence: readonly Evidence[] = [],
  missing: readonly MissingFact[] = [],
): PropertyTruth => ({
  value,
  label,
  evidence,
  missing,
});

export const never = (label: string): Is => is(fact(false, label));

/**
 * The same formula with every effect guard taken as open, except those to keep: what a scanner that looks at settings
 * alone would see.
 */
export function withoutEffectGuards(
  formula: Formula,
  keep: (guard: Guard) => boolean = () => false,
): Formula {
  switch (formula.kind) {
    case "all":
    case "any":
      return { kind: formula.kind, parts: formula.parts.map((part) => withoutEffectGuards(part, keep)) };
    case "open":
      return formula.guard.kind === "effect" && !keep(formula.guard)
        ? is(fact(true, `${formula.guard.name} does not change the setting`))
        : open({ ...formula.guard, lift: withoutEffectGuards(formula.guard.lift, keep) });
    case "can":
    case "is":
      return formula;
  }
}

/** Guards that are known to stand in the way, first mention first. */
export function closedGuards(formula: Formula, kind: Guard["kind"]): readonly Guard[] {
  if (formula.kind === "open")
    return formula.guard.kind === kind && formula.guard.off.value === false ? [formula.guard] : [];
  return formula.kind === "all" || formula.kind === "any"
    ? formula.parts.flatMap((part) => closedGuards(part, kind))
    : [];
}

/** Every right that the formula asks about, first mention first, without repeats. */
export function rightsOf(formula: Formula): readonly Can[] {
  const found = new Map<string, Can>();
  const visit = (node: Formula): void => {
    if (node.kind === "can") found.set(canKey(node), node);
    else if (node.kind === "open") visit(node.guard.lift);
    else if (node.kind !== "is") node.parts.forEach(visit);
  };
  visit(formula);
  return [...found.values()];
}

/** Every property and guard that the formula reads. */
export function truthsOf(formula: Formula): readonly PropertyTruth[] {
  if (formula.kind === "can") return [];
  if (formula.kind === "is") return [formula.truth];
  if (formula.kind === "open") return [formula.guard.off, ...truthsOf(formula.guard.lift)];
  return formula.parts.flatMap(truthsOf);
}

export const canKey = (right: Can): string =>
  `${right.action} ${right.resource} ${right.account ?? ""}${right.grantedBy === undefined ? "" : ` ${right.grantedBy.action}`}`;

/** Whether the weakness stands without anybody doing anything. */
export function standing(formula: Formula): Tri {
  if (formula.kind === "can") return false;
  if (formula.kind === "is") return formula.truth.value;
  if (formula.kind === "open") {
    return formula.guard.off.value === false ? standing(formula.guard.lift) : formula.guard.off.value;
  }
  const values = formula.parts.map(standing);
  const decisive = formula.kind === "any";
  if (values.includes(decisive)) return decisive;
  return values.includes("unknown") ? "unknown" : !decisive;
}

/** The facts that decide whether the weakness stands without anybody doing anything, where nobody knows. */
export function standingMissing(formula: Formula): readonly MissingFact[] {
  if (standing(formula) !== "unknown") return [];
  if (formula.kind === "is") return formula.truth.missing;
  if (formula.kind === "open")
    return formula.guard.off.value === false
      ? standingMissing(formula.guard.lift)
      : formula.guard.off.missing;
  return formula.kind === "can" ? [] : formula.parts.flatMap(standingMissing);
}
