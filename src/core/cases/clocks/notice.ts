import type { Role } from "../../accountability/index.js";
import type { PersonId } from "../person.js";

/**
 * Something that becomes due by time alone. `id` names it for good: carrying it out twice does nothing the second
 * time, so that a queue may deliver it at least once.
 */
export interface Notice {
  readonly id: string;
  readonly kind:
    /** A clock ends soon. */
    | "reminder"
    /** A clock has run out: the next on the ladder is told. */
    | "late"
    /** A request, dispute, refused order or broken glass waits for an answer. */
    | "unanswered"
    /** An approval, signature or term ends soon. */
    | "ending"
    /** An order was not answered in time (R71). */
    | "silence"
    /** An approval, signature or term has ended (R62). */
    | "lapse";
  /** ISO instant from which on it is due. */
  readonly at: string;
  /** ISO instant from which on it says nothing new any more; absent: it stays due until it is carried out. */
  readonly until?: string;
  /** What it is about: a clock, an order, a request, a dispute, a glass, by id. */
  readonly about: string;
  readonly role: Role;
  /** Whom to tell; empty: nobody was found, which is shown. */
  readonly to: readonly PersonId[];
  /** ISO instant: the end that it speaks of. */
  readonly end: string;
}
