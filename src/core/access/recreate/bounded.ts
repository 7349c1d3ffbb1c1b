import type { Members } from "./members.js";

/** Answers kept while they weigh no more than a limit together; those not asked for longest go first. */
export interface Bounded<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value, weight: number): void;
}

export function createBounded<Key, Value>(limit: number): Bounded<Key, Value> {
  const known = new Map<Key, { readonly value: Value; readonly weight: number }>();
  let total = 0;
  return {
    get(key) {
      const found = known.get(key);
      if (found === undefined) return undefined;
      // A map keeps the order of insertion: what was asked for last stands last.
      known.delete(key);
      known.set(key, found);
      return found.value;
    },
    set(key, value, weight) {
      total += weight - (known.get(key)?.weight ?? 0);
      known.delete(key);
      known.set(key, { value, weight });
      for (const [oldest, { weight: freed }] of known) {
        if (total <= limit || known.size === 1) return;
        known.delete(oldest);
        total -= freed;
      }
    },
  };
}

/** The words of a set that are not empty, each after its place. */
type Sparse = Uint32Array;

interface Pair<Value> {
  readonly first: Sparse;
  readonly second: Sparse;
  readonly value: Value;
}

/**
 * Answers about two sets, kept up to `limit` (in words of the sets plus what `weigh` says of the answer). Sets are told
 * apart by their members: a hash only says where to look.
 */
export function rememberBySets<Value>(
  limit: number,
  weigh: (value: Value) => number,
  hashOf: (set: Members) => number = hash,
): (first: Members, second: Members, make: () => Value) => Value {
  const known = createBounded<string, readonly Pair<Value>[]>(limit);
  const weightOf = ({ first, second, value }: Pair<Value>): number =>
    first.length + second.length + weigh(value);
  return (first, second, make) => {
    const key = `${hashOf(first)} ${hashOf(second)}`;
    const bucket = known.get(key) ?? [];
    const before = bucket.find((item) => isSame(item.first, first) && isSame(item.second, second));
    if (before !== undefined) return before.value;
    const made: Pair<Value> = { first: sparse(first), second: sparse(second), value: make() };
    const pairs = [...(known.get(key) ?? []), made];
    known.set(
      key,
      pairs,
      pairs.reduce((sum, item) => sum + weightOf(item), 0),
    );
    return made.value;
  };
}

function hash(set: Members): number {
  let mixed = 0x811c9dc5;
  set.eachWord((word, at) => {
    mixed = Math.imul(mixed ^ word, 0x01000193) ^ Math.imul(at + 1, 0x85ebca6b);
  });
  return mixed >>> 0;
}

function sparse(set: Members): Sparse {
  const found: number[] = [];
  set.eachWord((word, at) => found.push(at, word));
  return Uint32Array.from(found);
}

function isSame(kept: Sparse, set: Members): boolean {
  let i = 0;
  let same = true;
  set.eachWord((word, at) => {
    if (kept[i] !== at || kept[i + 1] !== word >>> 0) same = false;
    i += 2;
  });
  return same && i === kept.length;
}
