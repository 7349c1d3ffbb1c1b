import type { Role } from "../../accountability/index.js";
import type { PersonId } from "../person.js";

/** A clock is near its end, and those who answer for it were told. */
export interface Reminded {
  readonly kind: "reminded";
  /** Id of the notice (`due`): it is sent once. */
  readonly notice: string;
  readonly to: readonly PersonId[];
}

/** A clock ran out, or a question was not answered: the next on the ladder was told. */
export interface Escalated {
  readonly kind: "escalated";
  readonly notice: string;
  readonly role: Role;
  readonly to: readonly PersonId[];
}

export type ClockEvent = Reminded | Escalated;
