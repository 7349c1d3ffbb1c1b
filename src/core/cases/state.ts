import type { Role } from "../accountability/index.js";
import type { Asked } from "./events/authority-events.js";
import type { DisputeGround } from "./events/dispute-events.js";
import type { Place, Track } from "./events/envelope.js";
import type { Outcome } from "./events/verification-events.js";
import type { Cause } from "./events/work-events.js";
import type { Hat, PersonId } from "./person.js";
import type { FollowUpName, Plan, PlanClock } from "./plan.js";

/**
 * A case as its events leave it. Plain JSON, so that a store may keep it beside the stream and build it again from
 * the stream. What depends on the time of day is no part of it: `statusAt`, `due`.
 */
export interface CaseState {
  readonly id: string;
  /** Sequence and hash of the last event, and when it was. */
  readonly sequence: number;
  readonly head: string;
  readonly at: string;
  readonly openedAt: string;
  /** When it was last opened, reopened or recurred: proofs from before count for nothing. */
  readonly since: string;
  /** Sequence of that event: what came before it belongs to an earlier round, also within the same millisecond. */
  readonly sinceSequence: number;
  /** As recorded. `accepted` holds only while a signature does: ask `statusAt`. */
  readonly status: "open" | "accepted" | "closed";
  readonly plan: Plan;
  /** Level of the decision when it was opened, and one more for every recurrence (D14). */
  readonly level: number;
  readonly recurrences: number;
  /** Earliest due time per clock over all analyses since `since`: a new analysis never gives more time. */
  readonly clocks: readonly Clock[];
  /** The `sinceSequence` that the clocks were set for: after a reopening the next analysis sets them anew. */
  readonly clocksOf: number;
  readonly incident?: { readonly at: string; readonly by: PersonId };
  readonly work: readonly Work[];
  readonly trace: TraceResult;
  /** Steps that people say they ran. */
  readonly steps: readonly SaidStep[];
  readonly followUps: readonly FollowUpState[];
  readonly approvals: readonly Approval[];
  readonly glass: readonly BrokenGlass[];
  readonly commander?: Term;
  readonly handover?: { readonly to: PersonId; readonly at: string };
  readonly pastTerms: readonly Term[];
  readonly orders: readonly Order[];
  readonly disputes: readonly Dispute[];
  /** The newest verification. */
  readonly verified?: Verification;
  /** Since when, without a break since `since`, snapshots show it so. */
  readonly proven: Proven;
  readonly closures: readonly Closure[];
  readonly mirrors: readonly Mirror[];
  readonly notes: readonly Note[];
  /** Everybody who started, finished or ran work of the fix or of containment: they sign no residual risk. */
  readonly fixers: readonly PersonId[];
  /** Notices that were sent. */
  readonly sent: readonly string[];
  /** Times that work changed hands (R73). */
  readonly handOffs: number;
  /** Rounds before this one, oldest first: each ended by a closure, a reopening or a recurrence. */
  readonly rounds: readonly Round[];
}

export interface Clock extends PlanClock {
  /** Task, rule and reason: what it is known by over analyses. */
  readonly id: string;
  /** Of a triage or a notification: when people said that it was done. */
  readonly doneAt?: string;
}

/** What is measured of a round (R42). */
export interface Round {
  readonly since: string;
  readonly ended: string;
  readonly by: "closed" | "reopened" | "recurred";
  readonly proven: Proven;
  /** As people say. */
  readonly saidContained?: string;
  readonly saidRevoked?: string;
  readonly saidFixed?: string;
}

/** Work on containment, on the trace, or on one item of the fix. */
export interface Work {
  readonly track: Track;
  /** Set exactly where the track is `fix`. */
  readonly item?: string;
  /** Absent: nobody has taken it, and its clock runs against the role. */
  readonly person?: PersonId;
  readonly since?: string;
  readonly startedAt?: string;
  /** As people say. */
  readonly finishedAt?: string;
  readonly finishedBy?: PersonId;
  /** Who gave it back as not theirs: it is not put on them again. */
  readonly declined: readonly PersonId[];
}

export interface TraceResult {
  readonly causes: readonly Cause[];
  readonly endedAt?: string;
  /** Set where it ended without a name, with a signature (R34). */
  readonly unknown?: { readonly signer: PersonId; readonly reason: string };
}

export interface SaidStep {
  readonly step: string;
  readonly person: PersonId;
  readonly at: string;
  readonly text: string;
}

export interface FollowUpState {
  readonly name: FollowUpName;
  readonly done?: { readonly at: string; readonly person: PersonId; readonly evidence: string };
  readonly waived?: {
    readonly at: string;
    readonly signer: PersonId;
    readonly reason: string;
    readonly notApplicable: boolean;
  };
}

export interface Approval {
  readonly id: string;
  readonly asked: Asked;
  readonly of: Role;
  readonly reason: string;
  readonly requestedAt: string;
  /** Of the event that asked. */
  readonly sequence: number;
  readonly requester: PersonId;
  readonly requesterAs: Hat;
  /** As asked; once granted, as granted. */
  readonly until: string;
  /** `granted` holds only until `until`: ask `inForce`. */
  readonly state: "requested" | "granted" | "refused" | "withdrawn" | "lapsed";
  readonly answeredAt?: string;
  readonly answeredBy?: PersonId;
  readonly answer?: string;
  /** Of a signature of residual risk: the controls that it rests on. */
  readonly compensating?: readonly string[];
}

export interface BrokenGlass {
  readonly id: string;
  readonly sequence: number;
  readonly step: string;
  readonly at: string;
  readonly person: PersonId;
  readonly reason: string;
  readonly notice: readonly Role[];
  readonly review?: {
    readonly at: string;
    readonly by: PersonId;
    readonly justified: boolean;
    readonly reason: string;
  };
}

export interface Term {
  readonly person: PersonId;
  readonly from: string;
  readonly until: string;
  readonly appointedBy: PersonId;
  readonly endedAt?: string;
}

export interface Order {
  readonly id: string;
  readonly to: Role;
  /** Who is asked now, after escalations. */
  readonly person?: PersonId;
  readonly action: string;
  readonly step?: string;
  readonly at: string;
  readonly by: PersonId;
  /** When silence counts next. */
  readonly answerBy: string;
  readonly state: "waiting" | "acknowledged" | "refused" | "done" | "withdrawn";
  /** Times that nobody answered; stays visible after an answer. */
  readonly silences: number;
  readonly answeredAt?: string;
  readonly answeredBy?: PersonId;
  readonly answer?: string;
}

export interface Dispute {
  readonly id: string;
  readonly ground: DisputeGround;
  readonly reason: string;
  readonly at: string;
  readonly by: PersonId;
  readonly place?: Place;
  readonly should?: Role;
  readonly evidence?: string;
  readonly answer?: {
    readonly at: string;
    readonly by: PersonId;
    readonly upheld: boolean;
    readonly reason: string;
    readonly person?: PersonId;
  };
}

export interface Verification {
  readonly at: string;
  readonly sequence: number;
  readonly snapshot: string;
  readonly analysis: string;
  readonly observedAt: string;
  readonly outcome: Outcome;
}

/** Each: observed at, of the first snapshot of the unbroken run that shows it. */
export interface Proven {
  readonly contained?: string;
  readonly revoked?: string;
  readonly fixed?: string;
  readonly durable?: string;
}

/** What a later repeat is held against (D14, row 13). */
export interface Closure {
  readonly at: string;
  readonly signer: PersonId;
  readonly accessPathKey: string;
  readonly reason: string;
}

export interface Mirror {
  readonly system: string;
  readonly key: string;
  readonly status: string;
  readonly at: string;
}

export interface Note {
  readonly at: string;
  readonly person: PersonId;
  readonly text: string;
}
