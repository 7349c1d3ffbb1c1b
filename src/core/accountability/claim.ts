import type { Origin } from "../estate/index.js";
import type { OwnerProblem } from "./owner-problem.js";
import type { Rank } from "./scope-rank.js";

/** One line of the catalogue that names somebody for a role. */
export interface Claim {
  readonly holder: string;
  readonly deputy?: string;
  /** `build plane of workload etl`. */
  readonly via: string;
  readonly rank: Rank;
  /** The line names this very role; otherwise it is the next best that the catalogue offers. */
  readonly direct: boolean;
  /** Given for a time, by name: who leaves loses it, a manager does not inherit it. */
  readonly personal: boolean;
  readonly origin?: Origin;
}

export interface Claims {
  /** Narrowest first, direct before indirect. */
  readonly found: readonly Claim[];
  /** Lines that would fit and count for nothing. */
  readonly void: readonly OwnerProblem[];
}
