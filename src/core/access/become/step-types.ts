import type { BecomeEdge } from "../index.js";
import type { Compute } from "./compute.js";
import type { BecomeModel } from "./model.js";
import type { NativeSteps } from "./native-steps.js";
import type { Rewritings } from "./rewriting.js";

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

export interface Parts {
  readonly model: BecomeModel;
  readonly compute: Compute;
  readonly rewritings: Rewritings;
  readonly native: NativeSteps;
}

export const rankOf = (verdict: true | "unknown", assumed: boolean): Rank =>
  ((verdict === true ? 0 : 2) + (assumed ? 1 : 0)) as Rank;

export function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
