import type { ActorSet } from "./engine.js";

/** A mutable set of small integers while it is being filled; `freeze` hands it out. */
export interface Bitmap extends ActorSet {
  readonly words: Uint32Array;
  add(index: number): void;
  remove(index: number): void;
}

export function createBitmap(words: Uint32Array): Bitmap {
  let counted = -1;
  return {
    words,
    get size() {
      if (counted < 0) counted = words.reduce((sum, word) => sum + bits(word), 0);
      return counted;
    },
    has: (index) => (((words[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1,
    add(index) {
      words[index >>> 5] = (words[index >>> 5] ?? 0) | (1 << (index & 31));
      counted = -1;
    },
    remove(index) {
      words[index >>> 5] = (words[index >>> 5] ?? 0) & ~(1 << (index & 31));
      counted = -1;
    },
    and: (other) => combine(words, other, (a, b) => a & b),
    or: (other) => combine(words, other, (a, b) => a | b),
    minus: (other) => combine(words, other, (a, b) => a & ~b),
    *[Symbol.iterator]() {
      for (let at = 0; at < words.length; at++) {
        let word = words[at] ?? 0;
        while (word !== 0) {
          const low = word & -word;
          yield at * 32 + (31 - Math.clz32(low));
          word ^= low;
        }
      }
    },
  };
}

/** An empty set for indices below `capacity`. */
export const emptyBitmap = (capacity: number): Bitmap => createBitmap(new Uint32Array((capacity + 31) >>> 5));

function combine(words: Uint32Array, other: ActorSet, operation: (a: number, b: number) => number): ActorSet {
  const right = wordsOf(other, words.length);
  const length = Math.max(words.length, right.length);
  const result = new Uint32Array(length);
  for (let i = 0; i < length; i++) result[i] = operation(words[i] ?? 0, right[i] ?? 0);
  return createBitmap(result);
}

function wordsOf(set: ActorSet, length: number): Uint32Array {
  if ("words" in set && set.words instanceof Uint32Array) return set.words;
  const words = createBitmap(new Uint32Array(length));
  for (const index of set) words.add(index);
  return words.words;
}

function bits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
