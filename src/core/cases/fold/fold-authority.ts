import type { AuthorityEvent } from "../events/authority-events.js";
import type { CaseEvent } from "../events/event.js";
import type { Approval, CaseState } from "../state.js";
import { actorOf } from "./actor.js";

export function foldAuthority(state: CaseState, fact: AuthorityEvent, event: CaseEvent): CaseState {
  const { at } = event;
  const by = actorOf(event);
  switch (fact.kind) {
    case "approval-requested": {
      const approval: Approval = {
        id: fact.approval,
        asked: fact.asked,
        of: fact.of,
        reason: fact.reason,
        requestedAt: at,
        sequence: event.sequence,
        requester: by,
        requesterAs: event.by.kind === "person" ? event.by.as : "MEMBER",
        until: fact.until,
        state: "requested",
      };
      return { ...state, approvals: [...state.approvals, approval] };
    }
    case "approval-granted":
      return answered(state, fact.approval, {
        state: "granted",
        until: fact.until,
        answeredAt: at,
        answeredBy: by,
      });
    case "approval-refused":
      return answered(state, fact.approval, {
        state: "refused",
        answeredAt: at,
        answeredBy: by,
        answer: fact.reason,
      });
    case "approval-withdrawn":
      return answered(state, fact.approval, { state: "withdrawn" });
    case "approval-lapsed":
      return answered(state, fact.approval, { state: "lapsed" });
    case "risk-signed":
      return {
        ...answered(state, fact.approval, {
          state: "granted",
          until: fact.until,
          answeredAt: at,
          answeredBy: by,
          answer: fact.reason,
          compensating: fact.compensating,
        }),
        status: "accepted",
      };
    case "risk-lapsed": {
      const lapsed = answered(state, fact.approval, { state: "lapsed" });
      const another = lapsed.approvals.some(isSignature);
      return { ...lapsed, status: lapsed.status === "accepted" && !another ? "open" : lapsed.status };
    }
    case "glass-broken": {
      const { glass: id, step, reason, notice } = fact;
      return {
        ...state,
        glass: [...state.glass, { id, sequence: event.sequence, step, at, person: by, reason, notice }],
      };
    }
    case "glass-reviewed": {
      const { justified, reason } = fact;
      const review = { at, by, justified, reason };
      return {
        ...state,
        glass: state.glass.map((item) => (item.id === fact.glass ? { ...item, review } : item)),
      };
    }
  }
}

/** Residual risk that was signed and has not lapsed by an event. */
export const isSignature = ({ asked, state }: Approval): boolean =>
  asked.kind === "residual-risk" && state === "granted";

const answered = (state: CaseState, id: string, answer: Partial<Approval>): CaseState => ({
  ...state,
  approvals: state.approvals.map((item) => (item.id === id ? { ...item, ...answer } : item)),
});
