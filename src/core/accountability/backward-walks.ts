import type { AccessEngine, AccessSet } from "../access/index.js";
import type { PrincipalId } from "../estate/index.js";
import { kept } from "./kept.js";

/** Ways found from one set of roles. */
export interface Walk {
  readonly ways: ReadonlyMap<PrincipalId, readonly PrincipalId[]>;
  /** False when the limit ended the walk. */
  readonly complete: boolean;
  /** A step that nobody can prove or rule out was met. */
  readonly doubted: boolean;
}

/** Walks from those who may act: over what is proven alone, and over what is open too. */
export type BackwardWalks = (set: AccessSet) => { readonly sure: Walk; readonly maybe: Walk };

const maxRoles = 1000;
/** Sets of roles whose walks are kept: each may hold a way for everybody. */
const mostWalks = 16;
/** Roles of which it is kept who may assume them. */
const mostAssumed = 20_000;

/** Who may assume one role, the same whatever it is assumed for. */
type Assumers = readonly { readonly holder: number; readonly verdict: true | "unknown" }[];

/** The same administrators may do most things, so walks are kept by set. */
export function backwardWalks(engine: AccessEngine): BackwardWalks {
  const walks = kept<Walk>(mostWalks);
  const assumers = kept<Assumers>(mostAssumed);
  const assumersOf = (target: PrincipalId): Assumers =>
    assumers(target, () => engine.holdersOnTargets("sts:AssumeRole", [target]));
  const walkOnce = (start: readonly PrincipalId[], onlyCertain: boolean): Walk =>
    walks(`${String(onlyCertain)} ${start.join(" ")}`, () => walk(engine, assumersOf, start, onlyCertain));
  return (set) => {
    const allowed = rolesOf(engine, set.allowed);
    const open = rolesOf(engine, set.unknown);
    const sure = walkOnce(allowed, true);
    // Where nothing was in doubt on the way, the walk that follows doubts as well is the same one.
    const maybe = open.length === 0 && !sure.doubted ? sure : walkOnce([...allowed, ...open], false);
    return { sure, maybe };
  };
}

/** Breadth first, so that the first way found is a shortest one; not complete when the limit was reached. */
function walk(
  engine: AccessEngine,
  assumersOf: (target: PrincipalId) => Assumers,
  start: readonly PrincipalId[],
  onlyCertain: boolean,
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
      for (const { holder, verdict } of assumersOf(target)) {
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
