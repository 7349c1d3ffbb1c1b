import type { Role } from "../../accountability/index.js";
import type { PersonId } from "../person.js";
import type { Place } from "./envelope.js";

export type DisputeGround = "not-mine" | "wrong-verdict" | "counter-evidence";

export interface Disputed {
  readonly kind: "disputed";
  /** `D1`, `D2`, … within the case. */
  readonly dispute: string;
  readonly ground: DisputeGround;
  readonly reason: string;
  /** Of `not-mine`: the work that is disputed, and who it should be. */
  readonly place?: Place;
  readonly should?: Role;
  /** Of `counter-evidence`: digest of the document. */
  readonly evidence?: string;
}

export interface DisputeAnswered {
  readonly kind: "dispute-answered";
  readonly dispute: string;
  readonly upheld: boolean;
  readonly reason: string;
  /** Of `not-mine`, upheld: whom the answer names instead. */
  readonly person?: PersonId;
}

export type DisputeEvent = Disputed | DisputeAnswered;
