import type { Role } from "../accountability/index.js";
import { itemOf } from "./commands/places.js";
import type { Place } from "./events/envelope.js";
import type { PersonId } from "./person.js";
import type { CaseState } from "./state.js";

/** What people said and settled about who answers: evidence for or against a candidate (ownership 6b, attestation). */
export interface OwnershipFeedback {
  readonly dispute: string;
  readonly at: string;
  /** The role of the work that was disputed. */
  readonly role: Role;
  readonly person: PersonId;
  /** False: it is not theirs. True: it is theirs after all, or the answer names them. */
  readonly holds: boolean;
  /** Who settled it; a claim of the person alone weighs nothing. */
  readonly settledBy: PersonId;
}

/** The settled disputes of `not mine`, for the weights of ownership and for the catalogue's drafts. */
export function ownershipFeedback(state: CaseState): readonly OwnershipFeedback[] {
  return state.disputes.flatMap((item): readonly OwnershipFeedback[] => {
    const { answer, place } = item;
    const role = place === undefined ? undefined : roleOf(state, place);
    if (item.ground !== "not-mine" || answer === undefined || role === undefined) return [];
    const settled = { dispute: item.id, at: answer.at, role, settledBy: answer.by };
    return [
      { ...settled, person: item.by, holds: !answer.upheld },
      ...(answer.upheld && answer.person !== undefined
        ? [{ ...settled, person: answer.person, holds: true }]
        : []),
    ];
  });
}

function roleOf(state: CaseState, place: Place): Role | undefined {
  const { plan } = state;
  const lead =
    place.track === "contain"
      ? plan.contain.lead
      : place.track === "trace"
        ? plan.trace.lead
        : itemOf(state, place)?.accountable;
  return lead === "not decided yet" ? undefined : lead;
}

/** A closure as an estate states it (`closures` of remit.estate/1): what later analyses recognise a repeat by (R10). */
export interface StatedClosure {
  readonly accessPathKey: string;
  readonly closedAt: string;
  readonly signer: PersonId;
}

export const closuresOf = (state: CaseState): readonly StatedClosure[] =>
  state.closures.map(({ accessPathKey, at, signer }) => ({ accessPathKey, closedAt: at, signer }));
