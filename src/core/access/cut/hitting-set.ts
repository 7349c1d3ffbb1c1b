import { cheapestChoice, type Choice } from "./branch-and-bound.js";
import type { Demand } from "./demand.js";
import { componentsOf, withoutDominated, withoutSupersets } from "./reduction.js";

/** Something that can be chosen: its price, and who would have to do it. */
export interface Element {
  readonly key: string;
  readonly cost: number;
  /** Team or role; each that is asked costs `teamCost` once. */
  readonly owner: string;
}

export interface HittingSet {
  /** Keys, sorted. */
  readonly chosen: readonly string[];
  readonly cost: number;
  /** Proven to be the cheapest; else `bound` says what none can be cheaper than. */
  readonly exact: boolean;
  readonly bound: number;
}

export interface HittingLimits {
  /** Cost of asking one more owner. */
  readonly teamCost: number;
  /** Most nodes of the search; beyond it the best found so far is given with its bound. */
  readonly maxNodes: number;
}

/** Up to so many owners every choice of owners is looked at; beyond, all are asked and the answer is not proven. */
const mostOwners = 8;

/**
 * The cheapest set of elements that meets every demand. What owners cost couples everything, so each choice of owners is
 * looked at by itself; with that fixed, parts that share no element are solved apart. Deterministic: ties are decided by
 * key.
 */
export function cheapestHittingSet(
  demands: readonly Demand[],
  elements: ReadonlyMap<string, Element>,
  { teamCost, maxNodes }: HittingLimits,
): HittingSet | undefined {
  const priceOf = (key: string): number => elements.get(key)?.cost ?? Infinity;
  const ownerOf = (key: string): string => elements.get(key)?.owner ?? "";
  const fixed = demands.filter(({ when = [] }) => when.length === 0);
  const dependent = demands.filter(({ when = [] }) => when.length > 0);
  const needed = [
    ...withoutSupersets(fixed.map(({ members }) => members)).map((members): Demand => ({ members })),
    ...dependent,
  ];
  const owners = [...new Set(needed.flatMap(({ members }) => members.map(ownerOf)))].sort(compare);
  const costOf = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + priceOf(key), 0) + new Set(keys.map(ownerOf)).size * teamCost;
  let nodes = maxNodes;
  const solve = (allowed: ReadonlySet<string> | undefined): Choice | "stopped" | undefined => {
    const within =
      allowed === undefined
        ? needed
        : needed.map(({ members, ...rest }) => ({
            ...rest,
            members: members.filter((key) => allowed.has(ownerOf(key))),
          }));
    const solved = solveParts(within, priceOf, nodes);
    nodes -= solved === "stopped" ? nodes : (solved?.nodes ?? 0);
    return solved;
  };
  const found = solve(undefined);
  // Every element at once meets every demand that has one: dear, and said not to be proven least.
  const everybody = found === "stopped" ? everyElement(needed, priceOf) : found;
  if (everybody === undefined) return undefined;
  let best = everybody.chosen;
  let bestCost = costOf(best);
  let exact = everybody.exact;
  if (owners.length > mostOwners) exact = exact && bestCost <= everybody.bound + teamCost;
  else {
    for (const allowed of subsetsBySize(owners)) {
      // Fewer owners leave fewer choices: none of them is cheaper than with everybody.
      if (allowed.length * teamCost + everybody.bound >= bestCost) continue;
      const solved = solve(new Set(allowed));
      if (solved === undefined) continue;
      if (solved === "stopped") {
        exact = false;
        continue;
      }
      exact = exact && (solved.exact || solved.bound + allowed.length * teamCost >= bestCost);
      const cost = costOf(solved.chosen);
      if (cost >= bestCost) continue;
      best = solved.chosen;
      bestCost = cost;
    }
  }
  return {
    chosen: [...best].sort(compare),
    cost: bestCost,
    exact,
    bound: exact ? bestCost : Math.min(bestCost, everybody.bound + (best.length > 0 ? teamCost : 0)),
  };
}

function solveParts(
  demands: readonly Demand[],
  priceOf: (key: string) => number,
  maxNodes: number,
): Choice | "stopped" | undefined {
  let sum: Choice = { chosen: [], cost: 0, exact: true, bound: 0, nodes: 0 };
  for (const part of componentsOf(demands)) {
    const solved = cheapestChoice(
      withoutDominated(part, priceOf),
      priceOf,
      Math.max(1, maxNodes - sum.nodes),
    );
    if (solved === undefined || solved === "stopped") return solved;
    sum = {
      chosen: [...sum.chosen, ...solved.chosen],
      cost: sum.cost + solved.cost,
      exact: sum.exact && solved.exact,
      bound: sum.bound + solved.bound,
      nodes: sum.nodes + solved.nodes,
    };
  }
  return sum;
}

function everyElement(demands: readonly Demand[], priceOf: (key: string) => number): Choice | undefined {
  if (demands.some(({ members }) => members.length === 0)) return undefined;
  const chosen = [...new Set(demands.flatMap(({ members }) => members))];
  const cost = chosen.reduce((sum, key) => sum + priceOf(key), 0);
  return { chosen, cost, exact: false, bound: 0, nodes: 0 };
}

/** Every choice of owners, few before many. */
const subsetsBySize = (owners: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** owners.length }, (_, mask) =>
    owners.filter((_owner, at) => (mask >> at) & 1),
  ).sort((a, b) => a.length - b.length);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
