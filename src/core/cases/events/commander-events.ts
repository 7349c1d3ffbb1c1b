import type { Role } from "../../accountability/index.js";
import type { PersonId } from "../person.js";

/** R70: one commander at a time, for a term. */
export interface CommanderAppointed {
  readonly kind: "commander-appointed";
  readonly person: PersonId;
  /** ISO instant. */
  readonly until: string;
}

/** The hand-over counts once the other accepts. */
export interface HandoverOffered {
  readonly kind: "handover-offered";
  readonly to: PersonId;
}

export interface HandoverAccepted {
  readonly kind: "handover-accepted";
  readonly person: PersonId;
}

export interface TermEnded {
  readonly kind: "term-ended";
  readonly person: PersonId;
  readonly because: "ended" | "expired" | "departed";
}

/** R71. An order moves no accountability (R72). */
export interface Ordered {
  readonly kind: "ordered";
  /** `O1`, `O2`, … */
  readonly order: string;
  readonly to: Role;
  /** Who is asked by name; absent: whoever answers for the role. */
  readonly person?: PersonId;
  readonly action: string;
  /** Id of a step of the plan, where it is one. */
  readonly step?: string;
  /** ISO instant; silence counts from there. */
  readonly answerBy: string;
}

export interface OrderAcknowledged {
  readonly kind: "order-acknowledged";
  readonly order: string;
}

export interface OrderRefused {
  readonly kind: "order-refused";
  readonly order: string;
  readonly reason: string;
}

/** People say that it was carried out. */
export interface OrderDone {
  readonly kind: "order-done";
  readonly order: string;
  readonly text: string;
}

/** No answer in time: passed up the ladder. */
export interface OrderSilent {
  readonly kind: "order-silent";
  readonly order: string;
  /** Who is asked next; absent at the end of the ladder. */
  readonly next?: PersonId;
  /** ISO instant: when silence counts again. */
  readonly answerBy: string;
}

export interface OrderWithdrawn {
  readonly kind: "order-withdrawn";
  readonly order: string;
}

export type CommanderEvent =
  | CommanderAppointed
  | HandoverOffered
  | HandoverAccepted
  | TermEnded
  | Ordered
  | OrderAcknowledged
  | OrderRefused
  | OrderDone
  | OrderSilent
  | OrderWithdrawn;
