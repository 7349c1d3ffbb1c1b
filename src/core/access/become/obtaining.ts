import type { Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { accountsNear, closeOver, seedsFor } from "./closure.js";
import { jointSeeds } from "./joint.js";
import { saturationSeeds } from "./saturation-seeds.js";
import type { Parts } from "./step-types.js";

/**
 * `seedsFor`, closed; then with what one actor gains by being two identities at once; then with those of whom longer
 * chains of rewriting leave it open.
 */
export function closeOverRight(
  engine: AccessEngine,
  parts: Parts,
  action: string,
  resource: string,
  stopAt: ActorSet | undefined,
): Closure {
  const seeds = seedsFor(engine, parts, action, resource);
  const first = closeOver(parts, seeds, stopAt);
  const more = jointSeeds(engine, parts, action, resource, first, stopAt);
  const second = more.length === 0 ? first : closeOver(parts, [...seeds, ...more], stopAt);
  const open = saturationSeeds(
    parts,
    { action, resource },
    accountsNear(engine, parts, resource),
    second,
    stopAt,
  );
  return open.length === 0 ? second : closeOver(parts, [...seeds, ...more, ...open], stopAt);
}
