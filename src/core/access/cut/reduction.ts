import type { Demand } from "./demand.js";

/** A set that contains another is met whenever the other is. */
export function withoutSupersets(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const unique = new Map(sets.map((set) => [[...new Set(set)].sort(compare).join("\n"), [...new Set(set)]]));
  const bySize = [...unique.values()].sort((a, b) => a.length - b.length);
  const kept: (readonly string[])[] = [];
  const holding = new Map<string, number[]>();
  for (const set of bySize) {
    const hits = new Map<number, number>();
    const covered =
      kept.some((other) => other.length === 0) ||
      set.some((key) =>
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

/** Parts of the problem that share no element. */
export function componentsOf(demands: readonly Demand[]): readonly (readonly Demand[])[] {
  const parent = demands.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[at] = root;
    return root;
  };
  const first = new Map<string, number>();
  demands.forEach(({ members, when = [] }, at) => {
    for (const key of [...members, ...when]) {
      const other = first.get(key);
      if (other === undefined) first.set(key, at);
      else parent[rootOf(at)] = rootOf(other);
    }
  });
  const groups = new Map<number, Demand[]>();
  demands.forEach((demand, at) => {
    const root = rootOf(at);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [demand]);
    else group.push(demand);
  });
  return [...groups.values()];
}

/**
 * Of elements that meet the same demands only the cheapest is ever worth choosing. Those on which a demand depends are kept:
 * choosing them has a price of its own.
 */
export function withoutDominated(
  demands: readonly Demand[],
  priceOf: (key: string) => number,
): readonly Demand[] {
  const special = new Set(demands.flatMap(({ when = [] }) => when));
  const meets = new Map<string, number[]>();
  demands.forEach(({ members }, at) => {
    for (const key of members) {
      const list = meets.get(key);
      if (list === undefined) meets.set(key, [at]);
      else list.push(at);
    }
  });
  const cheapest = new Map<string, string>();
  for (const [key, list] of meets) {
    if (special.has(key)) continue;
    const signature = list.join(" ");
    const known = cheapest.get(signature);
    const better =
      known === undefined ||
      priceOf(key) < priceOf(known) ||
      (priceOf(key) === priceOf(known) && key < known);
    if (better) cheapest.set(signature, key);
  }
  const kept = new Set(cheapest.values());
  return demands.map((demand) => ({
    ...demand,
    members: demand.members.filter((key) => special.has(key) || kept.has(key)),
  }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
