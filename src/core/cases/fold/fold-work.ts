import type { CaseEvent } from "../events/event.js";
import type { Place } from "../events/envelope.js";
import type { WorkEvent } from "../events/work-events.js";
import type { PersonId } from "../person.js";
import type { CaseState, FollowUpState, Work } from "../state.js";
import { isChange } from "../plan.js";
import { actorOf } from "./actor.js";

export function foldWork(state: CaseState, fact: WorkEvent, event: CaseEvent): CaseState {
  const { at } = event;
  const by = actorOf(event);
  switch (fact.kind) {
    case "claimed":
      return workAt(state, fact, (work) => ({ ...work, person: fact.person, since: at }));
    case "assigned": {
      const given = workAt(state, fact, (work) => ({ ...work, person: fact.person, since: at }));
      return fact.from === undefined ? given : { ...given, handOffs: given.handOffs + 1 };
    }
    case "released":
      return workAt(state, fact, (work) => {
        const { person: _person, since: _since, ...rest } = work;
        return fact.because === "not-theirs" && !work.declined.includes(fact.person)
          ? { ...rest, declined: [...work.declined, fact.person] }
          : rest;
      });
    case "started":
      return fixedBy(
        workAt(state, fact, (work) => ({ ...work, startedAt: work.startedAt ?? at })),
        fact.track === "trace" ? "" : by,
      );
    case "finished":
      return fixedBy(
        workAt(state, fact, (work) => ({ ...work, finishedAt: at, finishedBy: by })),
        by,
      );
    case "traced":
      return traceEnded(state, by, at, { causes: fact.causes, endedAt: at });
    case "cause-unknown-signed":
      return traceEnded(state, by, at, {
        causes: [],
        endedAt: at,
        unknown: { signer: by, reason: fact.reason },
      });
    case "attested":
      return fixedBy(
        { ...state, steps: [...state.steps, { step: fact.step, person: by, at, text: fact.text }] },
        isChange(state, fact.step) ? by : "",
      );
    case "duty-done":
      return {
        ...state,
        clocks: state.clocks.map((clock) => (clock.id === fact.clock ? { ...clock, doneAt: at } : clock)),
      };
    case "follow-up-done":
      return followUp(state, { name: fact.name, done: { at, person: by, evidence: fact.evidence } });
    case "follow-up-waived": {
      const { name, reason, notApplicable } = fact;
      return followUp(state, { name, waived: { at, signer: by, reason, notApplicable } });
    }
  }
}

export const samePlace = (a: Place, b: Place): boolean => a.track === b.track && a.item === b.item;

export const workAt = (state: CaseState, place: Place, change: (work: Work) => Work): CaseState => ({
  ...state,
  work: state.work.map((work) => (samePlace(work, place) ? change(work) : work)),
});

/** Whoever did work of containment or of the fix signs no residual risk in this case. */
const fixedBy = (state: CaseState, person: PersonId): CaseState =>
  person === "" || state.fixers.includes(person) ? state : { ...state, fixers: [...state.fixers, person] };

const traceEnded = (state: CaseState, by: PersonId, at: string, trace: CaseState["trace"]): CaseState => ({
  ...workAt(state, { track: "trace" }, (work) => ({ ...work, finishedAt: at, finishedBy: by })),
  trace,
});

const followUp = (state: CaseState, settled: FollowUpState): CaseState => ({
  ...state,
  followUps: [...state.followUps.filter(({ name }) => name !== settled.name), settled],
});
