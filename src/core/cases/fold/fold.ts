import type { CaseEvent } from "../events/event.js";
import type { CaseState } from "../state.js";
import { foldAuthority } from "./fold-authority.js";
import { foldCommander } from "./fold-commander.js";
import { foldDispute } from "./fold-dispute.js";
import { foldOpening, opened } from "./fold-opening.js";
import { foldVerification } from "./fold-verification.js";
import { foldWork } from "./fold-work.js";

/**
 * The state after an event. Pure and total: an event that cannot be (the first is not `opened`, or `opened` comes
 * twice) leaves the state as it was. Whether the stream is whole is another question: `verifyCase`.
 */
export function fold(before: CaseState | undefined, event: CaseEvent): CaseState | undefined {
  const { fact } = event;
  if (before === undefined) return fact.kind === "opened" ? opened(event, fact.plan) : undefined;
  return { ...folded(before, event), sequence: event.sequence, head: event.hash, at: event.at };
}

/** The state after a whole stream; undefined for an empty one. */
export function foldAll(events: Iterable<CaseEvent>): CaseState | undefined {
  let state: CaseState | undefined;
  for (const event of events) state = fold(state, event);
  return state;
}

function folded(state: CaseState, event: CaseEvent): CaseState {
  const { fact } = event;
  switch (fact.kind) {
    case "opened":
    case "redecided":
    case "incident-declared":
    case "noted":
    case "mirrored":
      return foldOpening(state, fact, event);
    case "claimed":
    case "assigned":
    case "released":
    case "started":
    case "finished":
    case "traced":
    case "cause-unknown-signed":
    case "attested":
    case "duty-done":
    case "follow-up-done":
    case "follow-up-waived":
      return foldWork(state, fact, event);
    case "approval-requested":
    case "approval-granted":
    case "approval-refused":
    case "approval-withdrawn":
    case "approval-lapsed":
    case "risk-signed":
    case "risk-lapsed":
    case "glass-broken":
    case "glass-reviewed":
      return foldAuthority(state, fact, event);
    case "commander-appointed":
    case "handover-offered":
    case "handover-accepted":
    case "term-ended":
    case "ordered":
    case "order-acknowledged":
    case "order-refused":
    case "order-done":
    case "order-silent":
    case "order-withdrawn":
      return foldCommander(state, fact, event);
    case "disputed":
    case "dispute-answered":
      return foldDispute(state, fact, event);
    case "verified":
    case "closed":
    case "reopened":
    case "recurred":
      return foldVerification(state, fact, event);
    case "reminded":
    case "escalated":
      return { ...state, sent: [...state.sent, fact.notice] };
  }
}
