import type { Principal, Tri } from "../../estate/index.js";
import { allOf, anyOf } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import type { BecomeModel } from "./model.js";
import { statementsOf, usesOf } from "./statements.js";

export interface Lifting {
  readonly lifted: Lifted;
  readonly asked: readonly { readonly action: string; readonly resource: string }[];
  readonly verdict: true | "unknown";
}

/** Whether the actor can do it, now or after the rewriting. */
type May = (action: string, resource: string) => Tri;

/**
 * What stands in the way of an identity that is being rewritten (its boundary, its own denies) and that the actor can
 * also take off: each removal is a right of its own (recreation.md 2). Undefined when there is nothing to lift, or when
 * nothing of it can be lifted.
 */
export function liftingOf(
  model: BecomeModel,
  actor: number,
  identity: Principal,
  after: May,
): Lifting | undefined {
  const { engine, estate } = model;
  const noun = identity.kind === "user" ? "User" : "Role";
  const may: May = (action, resource) =>
    anyOf([engine.decide(model.id(actor), action, resource).verdict, after(action, resource)]);
  const asked: { action: string; resource: string }[] = [];
  const verdicts: Tri[] = [];
  /** The first of some actions that all have the same effect. */
  const take = (actions: readonly string[], resource: string): Tri => {
    const answers = actions.map((action) => ({ action, verdict: may(action, resource) }));
    const best =
      answers.find(({ verdict }) => verdict === true) ?? answers.find(({ verdict }) => verdict === "unknown");
    if (best === undefined) return false;
    asked.push({ action: best.action, resource });
    return best.verdict;
  };
  const denies = (uses: Iterable<Principal["inline"][number]>): boolean =>
    [...statementsOf(uses)].some(({ statement }) => statement.effect === "Deny");
  const lifted: { inline?: boolean; attached?: boolean; boundary?: boolean } = {};
  const lift = (layer: keyof typeof lifted, parts: readonly Tri[]): void => {
    const verdict = parts.length === 0 ? false : allOf(parts);
    if (verdict === false) return;
    lifted[layer] = true;
    verdicts.push(verdict);
  };
  if (identity.boundary !== undefined) {
    lift("boundary", [
      take([`iam:Delete${noun}PermissionsBoundary`, `iam:Put${noun}PermissionsBoundary`], identity.id),
    ]);
  }
  if (denies(identity.inline))
    lift("inline", [take([`iam:Delete${noun}Policy`, `iam:Put${noun}Policy`], identity.id)]);
  const attachedDenies = denies([...usesOf(estate, { ...identity, inline: [] })]);
  const groups = identity.groups.filter((id) => {
    const group = estate.principal(id);
    return group !== undefined && denies(usesOf(estate, group));
  });
  if (attachedDenies || groups.length > 0) {
    lift("attached", [
      ...(attachedDenies ? [take([`iam:Detach${noun}Policy`], identity.id)] : []),
      ...groups.map((group) => take(["iam:RemoveUserFromGroup"], group)),
    ]);
  }
  if (verdicts.length === 0) return undefined;
  return { lifted, asked, verdict: allOf(verdicts) === true ? true : "unknown" };
}
