import type { Demand } from "./demand.js";

/** Cheapest choice for one connected part of a problem, by price alone. */
export interface Choice {
  readonly chosen: readonly string[];
  readonly cost: number;
  readonly exact: boolean;
  /** Nothing is cheaper than this. */
  readonly bound: number;
  readonly nodes: number;
}

/**
 * Branch and bound. The demand with fewest elements is branched on; the bound raises a price for every open demand as far as
 * the prices of its elements carry (dual ascent): no choice is cheaper than their sum. Undefined where a demand
 * cannot be met; `stopped` where the limit was reached before any choice was found, which proves nothing.
 */
export function cheapestChoice(
  demands: readonly Demand[],
  priceOf: (key: string) => number,
  maxNodes: number,
): Choice | "stopped" | undefined {
  const sorted = (keys: readonly string[]): readonly string[] =>
    [...keys].sort((a, b) => priceOf(a) - priceOf(b) || compare(a, b));
  const always = demands
    .filter(({ when = [] }) => when.length === 0)
    .map(({ members }) => sorted(members))
    .sort((a, b) => a.length - b.length);
  const dependent = demands.flatMap(({ members, when = [] }) =>
    when.length === 0 ? [] : [{ members: sorted(members), when }],
  );
  /** Demands that choosing these brings about and that they do not meet. */
  const broughtAbout = (chosen: readonly string[]): readonly (readonly string[])[] =>
    dependent.length === 0
      ? []
      : dependent
          .filter(
            ({ members, when }) =>
              when.every((key) => chosen.includes(key)) && !members.some((key) => chosen.includes(key)),
          )
          .map(({ members }) => members);
  const costOf = (keys: readonly string[]): number => keys.reduce((sum, key) => sum + priceOf(key), 0);
  const lower = (open: readonly (readonly string[])[], excluded: ReadonlySet<string>): number => {
    const left = new Map<string, number>();
    let sum = 0;
    for (const set of open) {
      let raise = Infinity;
      for (const key of set) if (!excluded.has(key)) raise = Math.min(raise, left.get(key) ?? priceOf(key));
      if (raise === Infinity) return Infinity;
      if (raise === 0) continue;
      sum += raise;
      for (const key of set) if (!excluded.has(key)) left.set(key, (left.get(key) ?? priceOf(key)) - raise);
    }
    return sum;
  };
  let best = greedyChoice(always, broughtAbout, costOf);
  let bestCost = best === undefined ? Infinity : costOf(best);
  let nodes = 0;
  let stopped = false;
  const search = (
    open: readonly (readonly string[])[],
    chosen: readonly string[],
    cost: number,
    excluded: ReadonlySet<string>,
  ): void => {
    if (nodes >= maxNodes) {
      stopped = true;
      return;
    }
    nodes += 1;
    const all = dependent.length === 0 ? open : [...open, ...broughtAbout(chosen)];
    if (all.length === 0) {
      if (cost < bestCost) {
        best = chosen;
        bestCost = cost;
      }
      return;
    }
    if (cost + lower(all, excluded) >= bestCost) return;
    const branch = all
      .map((set) => set.filter((key) => !excluded.has(key)))
      .reduce((least, set) => (set.length < least.length ? set : least));
    const barred = new Set(excluded);
    for (const key of branch) {
      search(
        open.filter((set) => !set.includes(key)),
        [...chosen, key],
        cost + priceOf(key),
        new Set(barred),
      );
      // What follows leaves this one out: each set of choices is looked at once.
      barred.add(key);
    }
  };
  const root = lower(always, new Set());
  search(always, [], 0, new Set());
  if (best === undefined) return stopped ? "stopped" : undefined;
  return {
    chosen: best,
    cost: bestCost,
    exact: !stopped,
    bound: stopped ? Math.min(bestCost, root) : bestCost,
    nodes,
  };
}

/** Most demands met per price, again and again; then whatever turns out not to be needed is left out, dearest first. */
function greedyChoice(
  always: readonly (readonly string[])[],
  broughtAbout: (chosen: readonly string[]) => readonly (readonly string[])[],
  costOf: (keys: readonly string[]) => number,
): readonly string[] | undefined {
  let chosen: readonly string[] = [];
  let sets = always;
  while (sets.length > 0) {
    const next = covering(sets, chosen, costOf);
    if (next === undefined) return undefined;
    chosen = next;
    sets = broughtAbout(chosen);
  }
  const meets = (keys: ReadonlySet<string>): boolean =>
    always.every((set) => set.some((key) => keys.has(key))) && broughtAbout([...keys]).length === 0;
  const kept = new Set(chosen);
  for (const key of [...chosen].sort((a, b) => costOf([b]) - costOf([a]) || compare(a, b))) {
    kept.delete(key);
    if (!meets(kept)) kept.add(key);
  }
  return chosen.filter((key) => kept.has(key));
}

function covering(
  sets: readonly (readonly string[])[],
  before: readonly string[],
  costOf: (keys: readonly string[]) => number,
): readonly string[] | undefined {
  const members = new Map<string, number[]>();
  sets.forEach((set, at) => {
    for (const key of set) {
      const list = members.get(key);
      if (list === undefined) members.set(key, [at]);
      else list.push(at);
    }
  });
  const open = new Set(sets.keys());
  const chosen = [...before];
  while (open.size > 0) {
    let best: { key: string; rate: number } | undefined;
    for (const [key, list] of members) {
      const gain = list.reduce((sum, at) => sum + Number(open.has(at)), 0);
      if (gain === 0) continue;
      const rate = costOf([key]) / gain;
      if (best === undefined || rate < best.rate || (rate === best.rate && key < best.key))
        best = { key, rate };
    }
    if (best === undefined) return undefined;
    chosen.push(best.key);
    for (const at of members.get(best.key) ?? []) open.delete(at);
  }
  return chosen;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
