import type { AccountId } from "../../estate/index.js";
import type { BecomeModel } from "./model.js";
import { nearTargets } from "./near-targets.js";

const known = new WeakMap<BecomeModel, Map<AccountId, boolean>>();

/**
 * Whether no identity of the account surely ends up outside it. Becoming a role whose trust lets the account in, and
 * what the native estate document states, are the only steps that leave an account; a root session (`sts:AssumeRoot`)
 * is never sure.
 */
export function isConfined(model: BecomeModel, account: AccountId): boolean {
  let byAccount = known.get(model);
  if (byAccount === undefined) known.set(model, (byAccount = new Map<AccountId, boolean>()));
  let found = byAccount.get(account);
  if (found === undefined) byAccount.set(account, (found = findConfined(model, account)));
  return found;
}

function findConfined(model: BecomeModel, account: AccountId): boolean {
  const { estate } = model;
  if (estate.trusts.length > 0 || estate.links.length > 0) return false;
  if (model.members(account).some((index) => !isPlain(model, index))) return false;
  for (const role of nearTargets(model).trusting(account)) {
    const index = model.index(role);
    if (index === undefined || model.account(index) !== account) return false;
  }
  return true;
}

/** Roots act without a principal of their own. */
const isPlain = (model: BecomeModel, index: number): boolean =>
  (model.principal(index)?.provider ?? "aws") === "aws";
