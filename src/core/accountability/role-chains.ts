import type { AccessEngine } from "../access/index.js";
import type { PrincipalId } from "../estate/index.js";

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

/** Walks backwards over `sts:AssumeRole` from the roles that may do `action`: a person may act through any of them. */
export function chainsTo(engine: AccessEngine, action: string, resource: string): Chains {
  const set = engine.whoCan(action, resource);
  const certain = new Map<PrincipalId, readonly PrincipalId[]>();
  const uncertain = new Map<PrincipalId, readonly PrincipalId[]>();
  const complete =
    walk(engine, rolesOf(engine, set.allowed), certain, true) &&
    walk(engine, [...rolesOf(engine, set.allowed), ...rolesOf(engine, set.unknown)], uncertain, false);
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
