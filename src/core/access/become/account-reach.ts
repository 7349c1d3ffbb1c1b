import type { AccountId, PrincipalId } from "../../estate/index.js";
import { isConfined } from "./confined.js";
import type { Forward } from "./forward.js";
import type { Parts } from "./step-types.js";

/**
 * Accounts of all that an identity surely becomes, its own included: those of `reach`, without looking at whom it
 * becomes inside an account that nobody leaves.
 */
export function accountsReached(
  { model }: Parts,
  principal: PrincipalId,
  stepsOf: (from: number) => Iterable<Forward>,
): ReadonlySet<AccountId> {
  const accounts = new Set<AccountId>();
  const start = model.index(principal);
  const waiting = start === undefined ? [] : [start];
  const seen = new Set(waiting);
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const account = model.principal(from)?.account;
    if (account !== undefined) {
      accounts.add(account);
      // What the native estate document states may lead anywhere.
      if (model.estate.grants.length === 0 && isConfined(model, account)) continue;
    }
    for (const { to, rank } of stepsOf(from)) {
      // A step in doubt is never sure, whatever follows it.
      if ((rank & 2) !== 0 || seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return accounts;
}
