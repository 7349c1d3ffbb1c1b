import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { bitmapOf } from "./bitmap.js";
import type { ActorSet } from "./engine.js";

const indices = fc.array(fc.oneof(fc.nat(70), fc.nat(200_000)), { maxLength: 40 });
const ascending = (set: Iterable<number>): readonly number[] => [...new Set(set)].sort((a, b) => a - b);

test("a set of actors is what a plain set of the same numbers is, however far apart they stand", () => {
  fc.assert(
    fc.property(indices, indices, indices, (left, right, gone) => {
      const [a, b] = [new Set(left), new Set(right)];
      const [one, two] = [bitmapOf(left), bitmapOf(right)];
      expect([...one]).toEqual(ascending(left));
      expect(one.size).toBe(a.size);
      expect([...one.and(two)]).toEqual(ascending(left.filter((item) => b.has(item))));
      expect([...one.or(two)]).toEqual(ascending([...left, ...right]));
      expect([...one.minus(two)]).toEqual(ascending(left.filter((item) => !b.has(item))));
      // Sets that are no bitmap are taken by their members.
      expect([...one.and(plain(right))]).toEqual([...one.and(two)]);
      for (const item of [...left, ...right, ...gone]) expect(one.has(item)).toBe(a.has(item));
      for (const item of gone) one.remove(item);
      expect(one.list()).toEqual(ascending(left.filter((item) => !gone.includes(item))));
      expect(one.isEmpty).toBe(one.size === 0);
      const words: number[] = [];
      one.eachWord((word, at) => {
        for (let bit = 0; bit < 32; bit++) if (((word >>> bit) & 1) === 1) words.push(at * 32 + bit);
      });
      expect(words).toEqual(one.list());
    }),
    { numRuns: runs.property },
  );
});

function plain(items: readonly number[]): ActorSet {
  const set = bitmapOf(items);
  return {
    size: set.size,
    has: (index: number) => set.has(index),
    and: (other: ActorSet) => set.and(other),
    or: (other: ActorSet) => set.or(other),
    minus: (other: ActorSet) => set.minus(other),
    [Symbol.iterator]: () => items[Symbol.iterator](),
  };
}
