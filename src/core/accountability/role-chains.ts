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
/** Roles of which it is kept who may assume them. */
export const mostAssumed = 50_000;

/** Who may assume one role, the same whatever it is assumed for. */
export type Assumers = readonly { readonly holder: number; readonly verdict: true | "unknown" }[];

/** What chains share over all calls that are asked about. */
export interface ChainMemory {
  readonly walks: Kept<Walk>;
  readonly assumers: Kept<Assumers>;
}

export const chainMemory = (): ChainMemory => ({ walks: kept(mostWalks), assumers: kept(mostAssumed) });

/** Walks backwards over `sts:AssumeRole` from the roles that may do `action`: a person may act through any of them. */
export function chainsTo(
  engine: AccessEngine,
  action: string,
  resource: string,
  memory: ChainMemory = chainMemory(),
): Chains {
  const set = engine.whoCan(action, resource);
  const allowed = rolesOf(engine, set.allowed);
  const open = rolesOf(engine, set.unknown);
  const sureWalk = walkOnce(engine, allowed, true, memory);
  // Where nothing was in doubt on the way, the walk that follows doubts as well is the same one.
  const maybeWalk =
    open.length === 0 && !sureWalk.doubted
      ? sureWalk
      : walkOnce(engine, [...allowed, ...open], false, memory);
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
  /** A step that nobody can prove or rule out was met. */
  readonly doubted: boolean;
}

const walkOnce = (
  engine: AccessEngine,
  start: readonly PrincipalId[],
  onlyCertain: boolean,
  memory: ChainMemory,
): Walk =>
  memory.walks(`${String(onlyCertain)} ${start.join(" ")}`, () => walk(engine, start, onlyCertain, memory));

/** Breadth first, so that the first way found is a shortest one; not complete when the limit was reached. */
function walk(
  engine: AccessEngine,
  start: readonly PrincipalId[],
  onlyCertain: boolean,
  { assumers }: ChainMemory,
): Walk {
  const ways = new Map<PrincipalId, readonly PrincipalId[]>();
  let doubted = false;
  const seen = new Map<PrincipalId, readonly PrincipalId[]>(start.map((role) => [role, [role]]));
  let frontier = start;
  while (frontier.length > 0) {
    if (seen.size > maxRoles) return { ways, complete: false, doubted };
    const next: PrincipalId[] = [];
    for (const target of [...frontier].sort()) {
      const way = seen.get(target) ?? [target];
      const found = assumers(target, () => engine.holdersOnTargets("sts:AssumeRole", [target]));
      for (const { holder, verdict } of found) {
        if (verdict !== true) doubted = true;
        if (onlyCertain && verdict !== true) continue;
        const id = engine.actors[holder];
        if (id === undefined || ways.has(id)) continue;
        ways.set(id, way);
        if (isRole(id) && !seen.has(id)) {
          seen.set(id, [id, ...way]);
          next.push(id);
        }
      }
    }
    frontier = next;
  }
  return { ways, complete: true, doubted };
}

const rolesOf = (engine: AccessEngine, indices: Iterable<number>): readonly PrincipalId[] =>
  [...indices].flatMap((index) => {
    const id = engine.actors[index];
    return id !== undefined && isRole(id) ? [id] : [];
  });

const isRole = (id: string): boolean => /^arn:[^:]+:iam::\d{12}:role\//.test(id);
