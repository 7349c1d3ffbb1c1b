import type { Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { accountsNear, closeOver, seedsFor, type Seed } from "./closure.js";
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
  const { seeds, second } = shownFor(engine, parts, action, resource, stopAt, closure);
  const open = saturationSeeds(
    parts,
    { action, resource },
    accountsNear(engine, parts, resource),
    second,
    stopAt,
  );
  return open.length === 0 ? second : closeOver(parts, [...seeds, ...open], stopAt);
}

/** Whoever holds the right, also after one rewriting or as two identities at once, closed. */
function shownFor(
  engine: AccessEngine,
  parts: Parts,
  action: string,
  resource: string,
  stopAt: ActorSet | undefined,
  closure: (targets: readonly number[]) => Closure,
): { readonly seeds: readonly Seed[]; readonly second: Closure } {
  const seeds = seedsFor(engine, parts, action, resource);
  const first = closeOver(parts, seeds, stopAt);
  const more = jointSeeds(engine, parts, action, resource, first, stopAt, closure);
  return more.length === 0
    ? { seeds, second: first }
    : { seeds: [...seeds, ...more], second: closeOver(parts, [...seeds, ...more], stopAt) };
}

/** The members of `closeOverRight` without their walks, for whoever asks about few. */
export interface Obtaining {
  /** Nobody else is one: ascending. */
  readonly candidates: readonly number[];
  has(member: number): boolean;
}

/**
 * Who holds the right or becomes somebody that does is a member, and whoever could end up with it by rewriting as far as
 * that goes, or becomes somebody who could. Where none is so, those whose way is shown are looked for, once.
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
  let shown: ReadonlySet<number> | undefined;
  const isShown = (member: number): boolean =>
    (shown ??= new Set(shownFor(engine, parts, action, resource, stopAt, closure).second.members)).has(
      member,
    );
  const mayBecome = (member: number): boolean =>
    ends.becomes(member, closure).some((end) => ends.may(end, action, resource));
  return {
    candidates: [...new Set([...held, ...ends.members])].sort((a, b) => a - b),
    has: (member) =>
      known.has(member) || ends.may(member, action, resource) || isShown(member) || mayBecome(member),
  };
}
