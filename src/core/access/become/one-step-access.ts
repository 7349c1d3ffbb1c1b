import type { Principal, PrincipalId, Tri } from "../../estate/index.js";
import { globMatches } from "../glob.js";
import { takeoverRules } from "./escalations/identity-rules.js";
import { mutableRole, type BecomeModel } from "./model.js";
import { coversAction } from "./statements.js";

export interface Access {
  readonly action: string;
  readonly resource: PrincipalId;
  readonly verdict: true | "unknown";
}

/** The identities among `members` that the actor can become in one step, with the first way that is proven. */
export function accessOf(
  model: BecomeModel,
  actor: PrincipalId,
  members: readonly number[],
): ReadonlyMap<number, Access> {
  const found = new Map<number, Access>();
  const ask = (action: string, indices: readonly number[]): void => {
    const targets = indices.map(model.id);
    for (const { target, verdict } of model.engine.targetsOf(actor, action, targets)) {
      const index = model.index(target as PrincipalId);
      if (index === undefined || found.get(index)?.verdict === true) continue;
      if (found.has(index) && verdict !== true) continue;
      found.set(index, { action, resource: target as PrincipalId, verdict });
    }
  };
  const roles = members.filter((index) => model.kind(index) === "role");
  ask("sts:AssumeRole", roles);
  for (const rule of takeoverRules) {
    if (rule.actions.length > 1 || rule.when === "inactive-key") continue;
    const [action] = rule.actions;
    if (action === undefined) continue;
    ask(
      action,
      rule.target === "role"
        ? roles.filter((index) => mutableRole(model.principal(index)))
        : members.filter((index) => model.kind(index) === "user"),
    );
  }
  return found;
}

/** Whether a trust policy would let `principal` in if its identity policies were rewritten. */
export function trustWouldAdmit(role: Principal, principal: Principal): Tri {
  let result: Tri = false;
  for (const statement of role.trustPolicy?.document.statements ?? []) {
    const who = statement.principal;
    if (who === undefined || !coversAction(statement, "sts:AssumeRole")) continue;
    const digits = principal.account?.replace(/^aws:/, "") ?? "";
    const named =
      who.any ||
      who.aws.some(
        (text) =>
          text === "*" ||
          text === principal.id ||
          text === digits ||
          globMatches(`arn:*:iam::${digits}:root`, text),
      );
    if (named === who.negated) continue;
    if (statement.effect === "Deny") {
      if (statement.conditions.length === 0) return false;
      if (result === true) result = "unknown";
    } else if (statement.conditions.length === 0) result = result === false ? true : result;
    else if (result === false) result = "unknown";
  }
  return result;
}
