import type { AuthorityEvent } from "./authority-events.js";
import type { ClockEvent } from "./clock-events.js";
import type { CommanderEvent } from "./commander-events.js";
import type { DisputeEvent } from "./dispute-events.js";
import type { Envelope } from "./envelope.js";
import type { OpeningEvent } from "./opening-events.js";
import type { VerificationEvent } from "./verification-events.js";
import type { WorkEvent } from "./work-events.js";

/** Something that happened in a case: what, without when and by whom. */
export type CaseFact =
  OpeningEvent | WorkEvent | AuthorityEvent | CommanderEvent | DisputeEvent | VerificationEvent | ClockEvent;

export type CaseEventKind = CaseFact["kind"];

/** One link of the chain of a case. Plain JSON: what is not there is absent. */
export interface CaseEvent extends Envelope {
  readonly fact: CaseFact;
}
