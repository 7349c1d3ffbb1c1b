import type { Estate } from "../../estate/index.js";
import type { Change, UnappliedChange } from "./change.js";
import { draftOf, type ChangedEstate, type Draft } from "./draft.js";
import { disablePrincipal, removeConsent, revoke, revokeSessions, rotate } from "./identities.js";
import {
  addCondition,
  addStatement,
  narrowStatement,
  removeAttachment,
  removeMembership,
  removeStatement,
  type Refusal,
} from "./policies.js";
import { addGuardrail, isolate, pin, replaceCode, set, terraformPlan, upgrade } from "./settings.js";
import { federate, justInTime, removeTrust, requireMfa, tightenTrust } from "./trusts.js";

export interface AppliedChanges extends ChangedEstate {
  /** Changes that name nothing of the estate, or nothing that can be changed; the others were applied. */
  readonly unapplied: readonly UnappliedChange[];
}

/**
 * The estate as it would be: the pure truth that every overlay is held to. Changes are applied in order; what they do
 * not speak of stays the very same object.
 */
export function applyChanges(estate: Estate, changes: readonly Change[]): AppliedChanges {
  const draft = draftOf(estate);
  const unapplied: UnappliedChange[] = [];
  changes.forEach((change, at) => {
    const reason = applyOne(draft, change, at);
    if (reason !== undefined) unapplied.push({ change, reason });
  });
  return { ...draft.done(), unapplied };
}

function applyOne(draft: Draft, change: Change, at: number): Refusal {
  switch (change.kind) {
    case "set":
      return set(draft, change, at);
    case "revoke":
      return revoke(draft, change);
    case "rotate":
      return rotate(draft, change);
    case "removeStatement":
      return removeStatement(draft, change);
    case "narrowStatement":
      return narrowStatement(draft, change);
    case "addCondition":
      return addCondition(draft, change);
    case "addStatement":
      return addStatement(draft, change, at);
    case "removeAttachment":
      return removeAttachment(draft, change);
    case "removeMembership":
      return removeMembership(draft, change);
    case "tightenTrust":
      return tightenTrust(draft, change);
    case "removeTrust":
      return removeTrust(draft, change);
    case "disablePrincipal":
      return disablePrincipal(draft, change, at);
    case "revokeSessions":
      return revokeSessions(draft, change);
    case "removeConsent":
      return removeConsent(draft, change);
    case "addGuardrail":
      return addGuardrail(draft, change, at);
    case "federate":
      return federate(draft, change);
    case "justInTime":
      return justInTime(draft, change, at);
    case "requireMfa":
      return requireMfa(draft, change, at);
    case "replaceCode":
      return replaceCode(draft, change);
    case "terraformPlan":
      return terraformPlan(draft, change, at);
    case "upgrade":
      return upgrade(draft, change);
    case "pin":
      return pin(draft, change);
    case "isolate":
      return isolate(draft, change, at);
  }
}
