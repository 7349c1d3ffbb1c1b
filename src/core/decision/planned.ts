import type { Duty } from "../accountability/index.js";
import type { Action } from "./analysis.js";

/** What somebody would do, and the right that it takes. */
export interface Planned {
  /** The call whose right proves that the owner can act. */
  readonly duty?: Duty;
  readonly action?: Action;
}
