import type { AccessEngine } from "../access/index.js";
import type { PrincipalId } from "../estate/index.js";
import { kept, type Kept } from "./kept.js";

/** Roles on the way to the one that may act, in the order in which they are assumed. */
export interface Chain {
  readonly roles: readonly PrincipalId[];
  readonly certain: boolean;
}

export interface Chains {
  /** A way over roles that somebody may assume; shortest first, certain before uncertain. */
  from(principal: PrincipalId): Chain | undefined;
  /** False when the limit ended the search: absence of a way proves nothing then. */
  readonly complete: boolean;
}

const maxRoles = 1000;
/** Sets of roles whose walks are kept: each may hold a way for everybody. */
export const mostWalks = 64;

/** Walks backwards over `sts:AssumeRole` from the roles that may do `action`: a person may act through any of them. */
export function chainsTo(
  engine: AccessEngine,
  action: string,
  resource: string,
  walks: Kept<Walk> = kept(mostWalks),
): Chains {
  const set = engine.whoCan(action, resource);
  const allowed = rolesOf(engine, set.allowed);
  const sureWalk = walkOnce(engine, allowed, true, walks);
  const maybeWalk = walkOnce(engine, [...allowed, ...rolesOf(engine, set.unknown)], false, walks);
  const certain = sureWalk.ways;
  const uncertain = maybeWalk.ways;
  const complete = sureWalk.complete && maybeWalk.complete;
  return {
    complete,
    from(principal) {
      const sure = certain.get(principal);
      if (sure !== undefined) return { roles: sure, certain: true };
      const maybe = uncertain.get(principal);
      return maybe === undefined ? undefined : { roles: maybe, certain: false };
    },
  };
}

/** Ways found from one set of roles; the same administrators may do most things, so it is kept per set. */
export interface Walk {
  readonly ways: ReadonlyMap<PrincipalId, readonly PrincipalId[]>;
  readonly complete: boolean;
}

function walkOnce(
  engine: AccessEngine,
  start: readonly PrincipalId[],
  onlyCertain: boolean,
  walks: Kept<Walk>,
): Walk {
  return walks(`${String(onlyCertain)} ${start.join(" ")}`, () => {
    const ways = new Map<PrincipalId, readonly PrincipalId[]>();
    return { complete: walk(engine, start, ways, onlyCertain), ways };
  });
}

/** Breadth first, so that the first way found is a shortest one; false when the limit was reached. */
function walk(
  engine: AccessEngine,
  start: readonly PrincipalId[],
  ways: Map<PrincipalId, readonly PrincipalId[]>,
  onlyCertain: boolean,
): boolean {
  const seen = new Map<PrincipalId, readonly PrincipalId[]>(start.map((role) => [role, [role]]));
  let frontier = start;
  while (frontier.length > 0) {
    if (seen.size > maxRoles) return false;
    const next: PrincipalId[] = [];
    for (const { holder, target, verdict } of engine.holdersOnTargets("sts:AssumeRole", frontier)) {
      if (onlyCertain && verdict !== true) continue;
      const id = engine.actors[holder];
      const way = seen.get(target as PrincipalId);
      if (id === undefined || way === undefined || ways.has(id)) continue;
      ways.set(id, way);
      if (isRole(id) && !seen.has(id)) {
        seen.set(id, [id, ...way]);
        next.push(id);
      }
    }
    frontier = next;
  }
  return true;
}

const rolesOf = (engine: AccessEngine, indices: Iterable<number>): readonly PrincipalId[] =>
  [...indices].flatMap((index) => {
    const id = engine.actors[index];
    return id !== undefined && isRole(id) ? [id] : [];
  });

const isRole = (id: string): boolean => /^arn:[^:]+:iam::\d{12}:role\//.test(id);
