import type { PrincipalId } from "../../estate/index.js";
import type { AccessDecision, AccessEngine } from "../engine.js";
import type { AccessAnswer, AccessChange, AccessQuestion } from "./difference.js";

export interface AccessDifference {
  readonly lost: readonly AccessChange[];
  readonly gained: readonly AccessChange[];
  /** The right stays and holds under other conditions of the request. */
  readonly conditional: readonly AccessChange[];
  /** Rows beyond the limit, over all lists. */
  readonly more: number;
}

interface Sides {
  readonly lost: readonly PrincipalId[];
  readonly gained: readonly PrincipalId[];
  readonly both: (principal: PrincipalId) => boolean;
}

/**
 * The set difference over principals and actions, by own rights: two who-cans per question, then sets. `watched`:
 * identities whose rights may have got other conditions. Rows are in order of question and identity.
 */
export function accessDifference(
  before: AccessEngine,
  after: AccessEngine,
  questions: readonly AccessQuestion[],
  watched: readonly PrincipalId[],
  limit: number,
): AccessDifference {
  const lost: AccessChange[] = [];
  const gained: AccessChange[] = [];
  const conditional: AccessChange[] = [];
  let more = 0;
  const keep = (list: AccessChange[], make: () => AccessChange | undefined): void => {
    if (list.length >= limit) more += 1;
    else {
      const row = make();
      if (row !== undefined) list.push(row);
    }
  };
  for (const question of questions) {
    const sides = sidesOf(before, after, question);
    for (const who of sides.lost) keep(lost, () => rowOf(before, after, who, question));
    for (const who of sides.gained) keep(gained, () => rowOf(before, after, who, question));
    for (const who of watched)
      if (sides.both(who)) keep(conditional, () => conditionsOf(before, after, who, question));
  }
  return { lost, gained, conditional, more };
}

/** By number where both sides count alike; a change that names somebody new counts anew, so then by name. */
export function sidesOf(
  before: AccessEngine,
  after: AccessEngine,
  { action, resource }: AccessQuestion,
): Sides {
  const [old, now] = [before.whoCan(action, resource), after.whoCan(action, resource)];
  if (before.actors === after.actors || sameActors(before.actors, after.actors)) {
    const name = (index: number): PrincipalId => before.actors[index] ?? ("" as PrincipalId);
    let lost = old.allowed.minus(now.allowed);
    let gained = now.allowed.minus(old.allowed);
    if (old.unknown.size > 0) lost = lost.or(old.unknown.minus(now.allowed.or(now.unknown)));
    if (now.unknown.size > 0) gained = gained.or(now.unknown.minus(old.allowed.or(old.unknown)));
    return {
      lost: [...lost].map(name),
      gained: [...gained].map(name),
      both: (principal) => {
        const index = before.indexOf(principal);
        return index !== undefined && old.allowed.has(index) && now.allowed.has(index);
      },
    };
  }
  const names = ({ actors }: AccessEngine, set: Iterable<number>): Set<PrincipalId> =>
    new Set([...set].flatMap((index) => actors[index] ?? []));
  const [could, mightHave] = [names(before, old.allowed), names(before, old.unknown)];
  const [can, might] = [names(after, now.allowed), names(after, now.unknown)];
  return {
    lost: [
      ...[...could].filter((id) => !can.has(id)),
      ...[...mightHave].filter((id) => !can.has(id) && !might.has(id)),
    ].sort(),
    gained: [
      ...[...can].filter((id) => !could.has(id)),
      ...[...might].filter((id) => !could.has(id) && !mightHave.has(id)),
    ].sort(),
    both: (principal) => could.has(principal) && can.has(principal),
  };
}

const compared = new WeakMap<readonly PrincipalId[], readonly PrincipalId[]>();

/** Lists of actors that hold the same identities in the same order; looked through once. */
function sameActors(left: readonly PrincipalId[], right: readonly PrincipalId[]): boolean {
  if (compared.get(left) === right) return true;
  if (left.length !== right.length || left.some((id, index) => id !== right[index])) return false;
  compared.set(left, right);
  return true;
}

function rowOf(
  before: AccessEngine,
  after: AccessEngine,
  principal: PrincipalId,
  { action, resource, pattern }: AccessQuestion,
): AccessChange {
  const [old, now] = [before.decide(principal, action, resource), after.decide(principal, action, resource)];
  const block = now.blocks.find(({ kind }) => kind !== "no-grant") ?? now.blocks[0];
  const losing = now.verdict === false || old.verdict === true;
  return {
    principal,
    action,
    resource: pattern ?? resource,
    before: answerOf(old),
    after: answerOf(now),
    ...(losing && block !== undefined ? { because: block.text } : {}),
    evidence: losing
      ? [...old.grants.slice(0, 1), ...(block?.evidence === undefined ? [] : [block.evidence])]
      : now.grants.slice(0, 1),
    missing: now.verdict === "unknown" ? now.missing : [],
  };
}

const answerOf = ({ verdict }: AccessDecision): AccessAnswer =>
  verdict === true ? "can" : verdict === false ? "cannot" : "unknown";

function conditionsOf(
  before: AccessEngine,
  after: AccessEngine,
  principal: PrincipalId,
  { action, resource, pattern }: AccessQuestion,
): AccessChange | undefined {
  const [old, now] = [before.decide(principal, action, resource), after.decide(principal, action, resource)];
  const texts = ({ residual }: AccessDecision): readonly string[] =>
    residual.map(({ kind, text }) => (kind === "require" ? text : `not (${text})`));
  const [had, has] = [new Set(texts(old)), new Set(texts(now))];
  const onlyIf = [...has].filter((text) => !had.has(text));
  const noLongerOnlyIf = [...had].filter((text) => !has.has(text));
  if (onlyIf.length === 0 && noLongerOnlyIf.length === 0) return undefined;
  return {
    principal,
    action,
    resource: pattern ?? resource,
    before: "can",
    after: "can",
    ...(onlyIf.length === 0 ? {} : { onlyIf }),
    ...(noLongerOnlyIf.length === 0 ? {} : { noLongerOnlyIf }),
    evidence: now.residual.slice(0, 1).map(({ evidence }) => evidence),
    missing: [],
  };
}
