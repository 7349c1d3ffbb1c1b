import type { AccountId } from "../../estate/index.js";
import { stepsOut } from "./forward.js";
import { createHandles, type Handles } from "./handles.js";
import type { BecomeModel } from "./model.js";
import { isTreatedApart } from "./names.js";
import { hasUnread } from "./power.js";
import type { Parts } from "./step-types.js";
import { rolesByTrust } from "./trusted-accounts.js";

export const isUnread = (model: BecomeModel, index: number): boolean => {
  const principal = model.principal(index);
  return principal === undefined || hasUnread(model, principal);
};

export const apart = (model: BecomeModel, index: number): boolean => {
  const principal = model.principal(index);
  return principal !== undefined && isTreatedApart(model.estate, principal);
};

const handled = new WeakMap<BecomeModel, Handles>();
export function handlesOf(model: BecomeModel): Handles {
  let found = handled.get(model);
  if (found === undefined) handled.set(model, (found = createHandles(model)));
  return found;
}

/** Steps kept together over all identities; beyond, they are put together again. */
const mostOutward = 2_000_000;

const outward = new WeakMap<Parts, { readonly steps: Map<number, readonly number[]>; weight: number }>();

/** Whom it becomes in one step as everything stands; the same for every actor that is it. */
export function stepsFrom(parts: Parts, index: number): readonly number[] {
  let known = outward.get(parts);
  if (known === undefined) outward.set(parts, (known = { steps: new Map(), weight: 0 }));
  let found = known.steps.get(index);
  if (found === undefined) {
    found = [...new Set([...stepsOut(parts, index)].map(({ to }) => to))].sort((a, b) => a - b);
    known.weight += found.length + 1;
    if (known.weight > mostOutward) {
      known.steps.clear();
      known.weight = found.length + 1;
    }
    known.steps.set(index, found);
  }
  return found;
}

/** Roles of further accounts whose trust names one of these accounts, or anyone. */
export function rolesElsewhere(model: BecomeModel, accounts: readonly AccountId[]): readonly number[] {
  const inside = new Set(accounts);
  return rolesByTrust(model).flatMap(({ index, trusted }) => {
    const account = model.account(index);
    if (account !== undefined && inside.has(account)) return [];
    return trusted === "anyone" || trusted.some((item) => inside.has(item)) ? [index] : [];
  });
}
