import type { AccessEngine, RoleStep } from "../access/index.js";
import type { PrincipalId } from "../estate/index.js";
import { kept } from "./kept.js";

/** Roles that somebody gets to by assuming one after the other, as actors: in the first layer those of one step. */
export interface RoleReach {
  readonly layers: readonly (readonly number[])[];
  /** How many roles there are in all layers. */
  readonly size: number;
  /** False when the limit ended the walk: there are more. */
  readonly complete: boolean;
}

export interface RoleReaches {
  /** Undefined: from here nobody can be walked forwards. `sure`: only over steps that are proven. */
  of(principal: PrincipalId, sure: boolean): RoleReach | undefined;
  /** Roles in the order in which they are assumed to get to one of `wanted`: the shortest, of these the first by id. */
  wayTo(
    reach: RoleReach,
    sure: boolean,
    wanted: (role: number) => boolean,
  ): readonly PrincipalId[] | undefined;
}

/** Roles that one walk looks further from. */
export const mostRoles = 1000;
/** Reaches, and roles of which it is kept whom they may become. */
const mostReaches = 2000;
const mostSteps = 20_000;

interface Steps {
  readonly sure: readonly number[];
  readonly all: readonly number[];
}

const rolesOf = (steps: readonly RoleStep[], sure: boolean): readonly number[] =>
  steps.flatMap(({ to, verdict }) => (verdict === true || !sure ? [to] : []));

/** Walks forward over `sts:AssumeRole`: the same whatever somebody wants to do at its end. */
export function roleReaches(engine: AccessEngine): RoleReaches {
  const reaches = kept<RoleReach | null>(mostReaches);
  const steps = kept<Steps | null>(mostSteps);
  const stepsOf = (id: PrincipalId, sure: boolean): readonly number[] | undefined => {
    const found = steps(id, () => {
      const all = engine.assumable?.(id);
      return all === undefined ? null : { sure: rolesOf(all, true), all: rolesOf(all, false) };
    });
    return sure ? found?.sure : found?.all;
  };
  const idOf = (role: number): PrincipalId | undefined => engine.actors[role];
  const walk = (principal: PrincipalId, sure: boolean): RoleReach | null => {
    const first = stepsOf(principal, sure);
    if (first === undefined) return null;
    // Where it starts is not among them until a step leads back there.
    const seen = new Set(first);
    const layers: (readonly number[])[] = [];
    let frontier: readonly number[] = first;
    while (frontier.length > 0) {
      layers.push(frontier);
      const next: number[] = [];
      if (seen.size > mostRoles) return { layers, size: seen.size, complete: false };
      for (const role of frontier) {
        const id = idOf(role);
        const further = id === undefined ? undefined : stepsOf(id, sure);
        // Whom it may become is known from the other end only.
        if (further === undefined) return { layers, size: seen.size, complete: false };
        for (const to of further) {
          if (seen.has(to)) continue;
          seen.add(to);
          next.push(to);
        }
      }
      frontier = next.sort((a, b) => a - b);
    }
    return { layers, size: seen.size, complete: true };
  };
  return {
    of: (principal, sure) =>
      reaches(`${String(sure)} ${principal}`, () => walk(principal, sure)) ?? undefined,
    wayTo({ layers }, sure, wanted) {
      let good: readonly number[] = [];
      let last = 0;
      for (; last < layers.length; last++) {
        good = (layers[last] ?? []).filter(wanted);
        if (good.length > 0) break;
      }
      if (good.length === 0) return undefined;
      // Back from the last layer: of each one those that lead on.
      const leading: ReadonlySet<number>[] = [new Set(good)];
      for (let at = last - 1; at >= 0; at--) {
        const [beyond] = leading;
        const on = (layers[at] ?? []).filter((role) => {
          const id = idOf(role);
          return id !== undefined && stepsOf(id, sure)?.some((to) => beyond?.has(to) === true) === true;
        });
        leading.unshift(new Set(on));
      }
      const way: PrincipalId[] = [];
      let choice: readonly number[] = layers[0] ?? [];
      for (const layer of leading) {
        const role = choice.find((index) => layer.has(index));
        const id = role === undefined ? undefined : idOf(role);
        if (id === undefined) return undefined;
        way.push(id);
        choice = stepsOf(id, sure) ?? [];
      }
      return way;
    },
  };
}
