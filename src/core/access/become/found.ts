import type { BecomeEdge } from "../become.js";

/** Bits: 1 = something is assumed, 2 = a missing fact decides. Lower is better. */
export type Rank = 0 | 1 | 2 | 3;

/** One way, found from the target's side, by which `holder` ends up as `target`. */
export interface Found {
  readonly holder: number;
  readonly target: number;
  readonly rank: Rank;
  /** The edges from holder to target; two when the holder first rewrites something. */
  readonly hop: () => readonly BecomeEdge[];
}

export const rankOf = (verdict: true | "unknown", assumed: boolean): Rank =>
  ((verdict === true ? 0 : 2) + (assumed ? 1 : 0)) as Rank;
