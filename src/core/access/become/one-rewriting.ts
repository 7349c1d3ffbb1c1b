import type { MissingFact, Principal, Tri } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import { deniedStill } from "./candidates.js";
import type { BecomeModel } from "./model.js";
import { gainedPower, type Gains, type Power } from "./power.js";

export interface Asked {
  readonly action: string;
  readonly resource: string;
}

/**
 * An actor that can change what `identity` (itself, or one that it can become) may do, or that makes a new one. After-
 * wards the rights are the envelope of that identity: boundary ∧ SCP ∧ ¬(denies that stay), never "admin"
 * (recreation.md 2, post-mutation reach).
 */
export interface Rewriting {
  readonly actor: number;
  /** Whom the walk goes on from: the rewritten identity; for a newcomer, which no document lists, the actor itself. */
  readonly identity: number;
  /** Who acts afterwards: the rewritten identity or the newcomer. */
  readonly as: Principal;
  readonly via: string;
  /** Actions with the resource each is asked on. */
  readonly asked: readonly Asked[];
  readonly verdict: true | "unknown";
  /** What `unknown` rests on beside the rights themselves. */
  readonly missing: readonly MissingFact[];
  /** `full`, or the documents whose grants are gained. */
  readonly gains: Gains;
  /** Something beside the organisation limits it: a boundary or a deny of its own. */
  readonly limited: boolean;
  /** The rewriting with which the rights that `asked` adds are held, where the actor does not hold them itself. */
  readonly before?: Rewriting;
  /** Layers of the identity that are taken off as well. */
  readonly lifted?: Lifted;
  /** For people, where rewriting is not the word. */
  readonly words?: string;
  readonly power: () => Power;
  /** What the actor can do afterwards that it could not show before. */
  readonly may: (action: string, resource: string) => Tri;
}

export const isWidest = (item: Rewriting): boolean =>
  item.verdict === true && item.gains === "full" && !item.limited;

type Made = Omit<Rewriting, "power" | "may" | "limited">;

export function rewritingOf(model: BecomeModel, made: Made): Rewriting {
  const lifted = made.lifted ?? {};
  let power: Power | undefined;
  const gained = (): Power => (power ??= gainedPower(model, made.as, made.gains, lifted));
  return {
    ...made,
    limited:
      (made.as.boundary !== undefined && lifted.boundary !== true) || deniedStill(model, made.as, lifted),
    power: gained,
    may: (action, resource) => gained().may(action, resource),
  };
}
