import type { Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { accountsNear, closeOver, seedsFor } from "./closure.js";
import { jointSeeds } from "./joint.js";
import { endsOf, saturationSeeds } from "./saturation-seeds.js";
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

/** The members of `closeOverRight` without their walks, for whoever asks about few. */
export interface Obtaining {
  /** Nobody else is one: ascending. */
  readonly candidates: readonly number[];
  has(member: number): boolean;
}

/**
 * Who holds the right, and who becomes somebody that does, is in `holding`. Everybody else would have to rewrite
 * somebody first, by itself or as somebody it becomes: the most that it can end up with, by however many rewritings and
 * as however many identities at once, says whether it is a member.
 */
export function obtaining(
  engine: AccessEngine,
  parts: Parts,
  action: string,
  resource: string,
  stopAt: ActorSet | undefined,
  closure: (targets: readonly number[]) => Closure,
): Obtaining {
  const { model } = parts;
  const { allowed, unknown } = engine.whoCan(action, resource);
  const holders = [...allowed.or(unknown)].filter(
    (index) => model.isIdentity(index) && stopAt?.has(index) !== true,
  );
  const holding = closure(holders).members;
  const ends = endsOf(parts, accountsNear(engine, parts, resource), stopAt);
  const known = new Set(holding);
  return {
    candidates: [...new Set([...holding, ...ends.members])].sort((a, b) => a - b),
    has: (member) => known.has(member) || ends.may(member, action, resource),
  };
}
