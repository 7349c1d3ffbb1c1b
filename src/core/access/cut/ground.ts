import type { Estate } from "../../estate/index.js";
import type { Hop } from "../recreation.js";
import type { Sanction } from "../sanction.js";
import type { Places } from "./located.js";
import type { UseIndex } from "./use.js";

export interface Ask {
  readonly action: string;
  readonly resource: string;
}

/** What candidates are read off. */
export interface Ground {
  readonly estate: Estate;
  readonly places: Places;
  readonly use: UseIndex;
  readonly sanctions: readonly Sanction[];
}

/** Every right that a hop takes, with what it is used on. */
export const asksOf = (hop: Hop): readonly Ask[] =>
  hop.asks ?? (hop.action === undefined ? [] : [{ action: hop.action, resource: hop.to }]);
