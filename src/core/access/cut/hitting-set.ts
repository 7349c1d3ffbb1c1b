/** Something that can be chosen: its price, and who would have to do it. */
export interface Element {
  readonly key: string;
  readonly cost: number;
  /** Team or role; each that is not yet asked costs `teamCost` once. */
  readonly owner: string;
}

/** Has to be met by one of `members`; with `when`, only where all of those are chosen. */
export interface Demand {
  readonly members: readonly string[];
  readonly when?: readonly string[];
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

/**
 * The cheapest set of elements that meets every demand. Branch and bound: the demand with fewest elements is branched on, the
 * bound is the sum of the cheapest elements of demands that share none. Deterministic: ties are decided by key.
 */
export function cheapestHittingSet(
  demands: readonly Demand[],
  elements: ReadonlyMap<string, Element>,
  { teamCost, maxNodes }: HittingLimits,
): HittingSet | undefined {
  if (demands.some(({ members, when }) => members.length === 0 && (when ?? []).length === 0))
    return undefined;
  const priceOf = (key: string): number => elements.get(key)?.cost ?? Infinity;
  const sorted = (keys: readonly string[]): readonly string[] =>
    [...keys].sort((a, b) => priceOf(a) - priceOf(b) || compare(a, b));
  const always = withoutSupersets(
    demands.filter(({ when }) => (when ?? []).length === 0).map(({ members }) => members),
  ).map(sorted);
  const dependent = demands.flatMap(({ members, when = [] }) =>
    when.length === 0 ? [] : [{ members: sorted(members), when }],
  );
  const costOf = (keys: readonly string[]): number => {
    const owners = new Set(keys.map((key) => elements.get(key)?.owner ?? ""));
    return keys.reduce((sum, key) => sum + priceOf(key), 0) + owners.size * teamCost;
  };
  /** Demands that choosing these brings about and that they do not meet. */
  const broughtAbout = (chosen: readonly string[]): readonly (readonly string[])[] =>
    dependent
      .filter(
        ({ members, when }) =>
          when.every((key) => chosen.includes(key)) && !members.some((key) => chosen.includes(key)),
      )
      .map(({ members }) => members);
  let best = greedy(always, broughtAbout, costOf);
  let bestCost = best === undefined ? Infinity : costOf(best);
  let nodes = 0;
  let cut = false;
  const lower = (open: readonly (readonly string[])[], excluded: ReadonlySet<string>): number => {
    const seen = new Set<string>();
    let sum = 0;
    for (const set of open) {
      const usable = set.filter((key) => !excluded.has(key));
      if (usable.length === 0) return Infinity;
      if (usable.some((key) => seen.has(key))) continue;
      for (const key of usable) seen.add(key);
      sum += priceOf(usable[0] ?? "");
    }
    return sum;
  };
  const search = (
    open: readonly (readonly string[])[],
    chosen: readonly string[],
    excluded: ReadonlySet<string>,
  ): void => {
    if (nodes >= maxNodes) {
      cut = true;
      return;
    }
    nodes += 1;
    const cost = costOf(chosen);
    const all = [...open, ...broughtAbout(chosen)];
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
        new Set(barred),
      );
      // What follows leaves this one out: each set of choices is looked at once.
      barred.add(key);
    }
  };
  const root = lower([...always].sort(byCheapest(priceOf)), new Set());
  if (demands.length > 0)
    search(
      [...always].sort((a, b) => a.length - b.length),
      [],
      new Set(),
    );
  if (best === undefined) return undefined;
  return {
    chosen: [...best].sort(compare),
    cost: bestCost,
    exact: !cut,
    bound: cut ? Math.min(bestCost, root + (always.length > 0 ? teamCost : 0)) : bestCost,
  };
}

const byCheapest =
  (priceOf: (key: string) => number) =>
  (a: readonly string[], b: readonly string[]): number =>
    priceOf(b[0] ?? "") - priceOf(a[0] ?? "") || a.length - b.length;

/** A set that contains another is met whenever the other is. */
function withoutSupersets(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const unique = new Map(sets.map((set) => [[...new Set(set)].sort(compare).join("\n"), [...new Set(set)]]));
  const bySize = [...unique.values()].sort((a, b) => a.length - b.length);
  const kept: (readonly string[])[] = [];
  const holding = new Map<string, number[]>();
  for (const set of bySize) {
    const hits = new Map<number, number>();
    const covered = set.some((key) =>
      (holding.get(key) ?? []).some((at) => {
        const count = (hits.get(at) ?? 0) + 1;
        hits.set(at, count);
        return count === kept[at]?.length;
      }),
    );
    if (covered) continue;
    for (const key of set) holding.set(key, [...(holding.get(key) ?? []), kept.length]);
    kept.push(set);
  }
  return kept;
}

/** Most sets met per price, again and again; then whatever turns out not to be needed is left out, dearest first. */
function greedy(
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
  const meets = (keys: readonly string[]): boolean =>
    always.every((set) => set.some((key) => keys.includes(key))) && broughtAbout(keys).length === 0;
  for (const key of [...chosen].sort((a, b) => costOf([b]) - costOf([a]) || compare(a, b))) {
    const rest = chosen.filter((item) => item !== key);
    if (meets(rest)) chosen = rest;
  }
  return chosen;
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
    const cost = costOf(chosen);
    let best: { key: string; rate: number } | undefined;
    for (const [key, list] of members) {
      const gain = list.reduce((sum, at) => sum + Number(open.has(at)), 0);
      if (gain === 0) continue;
      const rate = (costOf([...chosen, key]) - cost) / gain;
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
