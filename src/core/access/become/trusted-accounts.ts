import { accountOfArn, awsAccount, type AccountId } from "../../estate/index.js";
import type { BecomeModel } from "./model.js";

interface Trusting {
  readonly index: number;
  readonly trusted: readonly AccountId[] | "anyone";
}

const known = new WeakMap<BecomeModel, readonly Trusting[]>();

/** Every role with the accounts that its trust names. */
export function rolesByTrust(model: BecomeModel): readonly Trusting[] {
  let found = known.get(model);
  if (found === undefined) {
    found = model.identities.flatMap((index): readonly Trusting[] => {
      const statements = model.principal(index)?.trustPolicy?.document.statements ?? [];
      if (statements.length === 0) return [];
      const named = new Set<AccountId>();
      for (const { effect, principal } of statements) {
        if (effect === "Deny" || principal === undefined) continue;
        if (principal.any || principal.negated || principal.aws.includes("*"))
          return [{ index, trusted: "anyone" }];
        for (const text of principal.aws) {
          const account = accountOfArn(text) ?? (/^\d{12}$/.test(text) ? awsAccount(text) : undefined);
          if (account !== undefined) named.add(account);
        }
      }
      return [{ index, trusted: [...named].sort() }];
    });
    known.set(model, found);
  }
  return found;
}

/** Accounts from which somebody could get into one of these, by trusts alone, themselves included. */
export function accountsBehind(model: BecomeModel, accounts: readonly AccountId[]): readonly AccountId[] {
  const found = new Set(accounts);
  const waiting = [...accounts];
  const all = [...new Set(model.identities.flatMap((index) => model.account(index) ?? []))];
  for (let account = waiting.pop(); account !== undefined; account = waiting.pop()) {
    for (const { index, trusted } of rolesByTrust(model)) {
      if (model.account(index) !== account) continue;
      for (const next of trusted === "anyone" ? all : trusted) {
        if (found.has(next)) continue;
        found.add(next);
        waiting.push(next);
      }
    }
  }
  return [...found].sort();
}
