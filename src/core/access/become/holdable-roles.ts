import type { AccountId } from "../../estate/index.js";
import { computeRules } from "./escalations/compute-rules.js";
import type { ComputeRule } from "./escalations/rule.js";
import type { Parts } from "./step-types.js";
import { canHold } from "./steps.js";

export interface Holdable {
  readonly rule: ComputeRule;
  /** Roles of the account that what the rule drives can hold. */
  readonly roles: readonly number[];
  readonly holds: ReadonlySet<number>;
  /** Those of them that listed compute of its kind runs as. */
  readonly running: ReadonlySet<number>;
}

const known = new WeakMap<Parts, Map<AccountId, readonly Holdable[]>>();

/** Every rule of compute with the roles of one account that it could give. */
export function holdableRoles(parts: Parts, account: AccountId): readonly Holdable[] {
  const { model, compute } = parts;
  let byAccount = known.get(parts);
  if (byAccount === undefined) known.set(parts, (byAccount = new Map<AccountId, readonly Holdable[]>()));
  let found = byAccount.get(account);
  if (found === undefined) {
    const all = model.members(account).filter((index) => model.services(index).length > 0);
    found = computeRules.map((rule) => {
      const { needs } = rule;
      const roles = all.filter((role) => canHold(model, rule, role));
      const runs = (role: number): boolean =>
        needs !== undefined && compute.running(needs, model.id(role)).length > 0;
      return { rule, roles, holds: new Set(roles), running: new Set(roles.filter(runs)) };
    });
    byAccount.set(account, found);
  }
  return found;
}
