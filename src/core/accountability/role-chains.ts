import type { AccessEngine, AccessSet } from "../access/index.js";
import type { PrincipalId } from "../estate/index.js";
import { backwardWalks, type Walk } from "./backward-walks.js";
import { roleReaches } from "./role-reach.js";

/** Roles on the way to the one that may act, in the order in which they are assumed. */
export interface Chain {
  readonly roles: readonly PrincipalId[];
  readonly certain: boolean;
}

export interface Chains {
  /** A way over roles that somebody may assume; shortest first, certain before uncertain. */
  from(principal: PrincipalId): Chain | undefined;
  /** False when a limit ended the search from there: absence of a way proves nothing then. */
  complete(principal: PrincipalId): boolean;
}

export interface ChainFinder {
  /** Chains to whoever may do `action`. */
  to(action: string, resource: string): Chains;
  /** Roles that somebody surely gets to, as actors; undefined: there are more than are followed. */
  surely(principal: PrincipalId): readonly number[] | undefined;
}

/** A walk to no more roles than this asks about each; beyond, who may act is asked once. */
const fewRoles = 24;

/**
 * A person may act through any role that they get to over `sts:AssumeRole`. Whom they get to is walked forwards, once for
 * all that they are asked to do. Where there are more roles than one looks at, it is asked from the other end: backwards
 * from the roles that may act.
 */
export function chainFinder(engine: AccessEngine): ChainFinder {
  const reaches = roleReaches(engine);
  const walks = backwardWalks(engine);
  const to: ChainFinder["to"] = (action, resource) => {
    let asked: AccessSet | undefined;
    const set = (): AccessSet => (asked ??= engine.whoCan(action, resource));
    let backward: { readonly sure: Walk; readonly maybe: Walk } | undefined;
    const back = (): typeof backward & {} => (backward ??= walks(set()));
    /** Roles that may act: surely, or with `sure` false perhaps. */
    const mayAct = (size: number, sure: boolean): ((role: number) => boolean) => {
      if (asked === undefined && size <= fewRoles)
        return (role) => {
          const id = engine.actors[role];
          const verdict = id === undefined ? false : engine.verdict(id, action, resource);
          return verdict === true || (!sure && verdict === "unknown");
        };
      const { allowed, unknown } = set();
      return (role) => allowed.has(role) || (!sure && unknown.has(role));
    };
    const search = (principal: PrincipalId, sure: boolean): Found => {
      const reach = reaches.of(principal, sure);
      if (reach !== undefined) {
        const way = reaches.wayTo(reach, sure, mayAct(reach.size, sure));
        if (way !== undefined || reach.complete) return { way, complete: true };
      }
      const walk = sure ? back().sure : back().maybe;
      return { way: walk.ways.get(principal), complete: walk.complete };
    };
    return {
      from(principal) {
        const sure = search(principal, true).way;
        if (sure !== undefined) return { roles: sure, certain: true };
        const maybe = search(principal, false).way;
        return maybe === undefined ? undefined : { roles: maybe, certain: false };
      },
      complete: (principal) => search(principal, true).complete && search(principal, false).complete,
    };
  };
  return {
    to,
    surely(principal) {
      const reach = reaches.of(principal, true);
      return reach?.complete === true ? reach.layers.flat() : undefined;
    },
  };
}

interface Found {
  readonly way: readonly PrincipalId[] | undefined;
  readonly complete: boolean;
}
