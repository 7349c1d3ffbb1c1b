import type { PersonId } from "../person.js";
import type { FollowUpName } from "../plan.js";
import type { Place } from "./envelope.js";

/** Somebody took the work themselves. */
export interface Claimed extends Place {
  readonly kind: "claimed";
  readonly person: PersonId;
}

export interface Assigned extends Place {
  readonly kind: "assigned";
  readonly person: PersonId;
  /** Whose it was: a hand-off (R73). */
  readonly from?: PersonId;
}

/** Nobody holds it any more: given back, disputed, or the holder has left. */
export interface Released extends Place {
  readonly kind: "released";
  readonly person: PersonId;
  readonly because: "given-back" | "not-theirs" | "departed" | "role-changed";
}

export interface Started extends Place {
  readonly kind: "started";
}

/** People say that it is done. Shown as said; only a snapshot verifies it. */
export interface Finished extends Place {
  readonly kind: "finished";
  readonly text: string;
}

/** What made the exposure possible, by name (R33). */
export interface Cause {
  readonly what:
    "role" | "secret" | "federated-identity" | "service-principal" | "person" | "flaw" | "setting";
  readonly id: string;
}

export interface Traced {
  readonly kind: "traced";
  readonly causes: readonly Cause[];
}

/** Tracing ended without a name, and somebody who may sign residual risk answers for that (R34). */
export interface CauseUnknownSigned {
  readonly kind: "cause-unknown-signed";
  readonly reason: string;
}

/** "I ran it": stored beside what is computed, and marked as said. */
export interface Attested {
  readonly kind: "attested";
  /** Id of a step of the plan. */
  readonly step: string;
  readonly text: string;
}

/** A triage or a notification that a rule book asks for, as people say. */
export interface DutyDone {
  readonly kind: "duty-done";
  /** Id of the clock. */
  readonly clock: string;
  readonly text: string;
}

export interface FollowUpDone {
  readonly kind: "follow-up-done";
  readonly name: FollowUpName;
  readonly evidence: string;
}

/** R38: with signer and reason; `notApplicable` where the decision had pre-filled it from proof. */
export interface FollowUpWaived {
  readonly kind: "follow-up-waived";
  readonly name: FollowUpName;
  readonly reason: string;
  readonly notApplicable: boolean;
}

export type WorkEvent =
  | Claimed
  | Assigned
  | Released
  | Started
  | Finished
  | Traced
  | CauseUnknownSigned
  | Attested
  | DutyDone
  | FollowUpDone
  | FollowUpWaived;
