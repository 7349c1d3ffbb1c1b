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
  closure = (targets: readonly number[]): Closure =>
    closeOver(
      parts,
      targets.map((member) => ({ member, rank: 0 as const, hop: () => [] })),
      stopAt,
    ),
): Closure {
  const seeds = seedsFor(engine, parts, action, resource);
  const first = closeOver(parts, seeds, stopAt);
  const more = jointSeeds(engine, parts, action, resource, first, stopAt, closure);
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
 * Who holds the right or becomes somebody that does is a member, and whoever could end up with it by rewriting as far as
 * that goes. Only where neither is so, everybody is looked for, once.
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
  const held = closure(holders).members;
  const ends = endsOf(parts, accountsNear(engine, parts, resource), stopAt);
  const known = new Set(held);
  let all: ReadonlySet<number> | undefined;
  const everybody = (): ReadonlySet<number> =>
    (all ??= new Set(closeOverRight(engine, parts, action, resource, stopAt, closure).members));
  return {
    candidates: [...new Set([...held, ...ends.members])].sort((a, b) => a - b),
    has: (member) => known.has(member) || ends.may(member, action, resource) || everybody().has(member),
  };
}
