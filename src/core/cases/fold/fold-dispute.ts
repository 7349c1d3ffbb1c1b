import type { DisputeEvent } from "../events/dispute-events.js";
import type { CaseEvent } from "../events/event.js";
import type { CaseState, Dispute } from "../state.js";
import { actorOf } from "./actor.js";
import { workAt } from "./fold-work.js";

export function foldDispute(state: CaseState, fact: DisputeEvent, event: CaseEvent): CaseState {
  const by = actorOf(event);
  switch (fact.kind) {
    case "disputed": {
      const { dispute: id, ground, reason, place, should, evidence } = fact;
      const dispute: Dispute = {
        id,
        ground,
        reason,
        at: event.at,
        by,
        ...(place === undefined ? {} : { place }),
        ...(should === undefined ? {} : { should }),
        ...(evidence === undefined ? {} : { evidence }),
      };
      return { ...state, disputes: [...state.disputes, dispute] };
    }
    case "dispute-answered": {
      const { upheld, reason, person } = fact;
      const answer = { at: event.at, by, upheld, reason, ...(person === undefined ? {} : { person }) };
      const found = state.disputes.find(({ id }) => id === fact.dispute);
      const next = {
        ...state,
        disputes: state.disputes.map((item) => (item.id === fact.dispute ? { ...item, answer } : item)),
      };
      // It is theirs after all: the work may be put on them again.
      return upheld || found?.place === undefined
        ? next
        : workAt(next, found.place, (work) => ({
            ...work,
            declined: work.declined.filter((declined) => declined !== found.by),
          }));
    }
  }
}
