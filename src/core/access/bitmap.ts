import type { ActorSet } from "./engine.js";

/**
 * A set of small integers; filled by its maker, then only read. Actors of one account stand together, so most sets are
 * a few pages out of many: what is not in use takes no memory and no time.
 */
export interface Bitmap extends ActorSet {
  add(index: number): void;
  remove(index: number): void;
  readonly isEmpty: boolean;
  and(other: ActorSet): Bitmap;
  or(other: ActorSet): Bitmap;
  minus(other: ActorSet): Bitmap;
  /** Words of 32 members that are not zero, ascending; `at` counts words. */
  eachWord(visit: (word: number, at: number) => void): void;
  /** All of them, ascending. */
  list(): number[];
}

/** 16 words are the most that V8 keeps beside the array itself; a longer one is an allocation of its own. */
const wordsPerPage = 16;
const pageBits = 9;

export const emptyBitmap = (): Bitmap => new Pages([], []);

export function bitmapOf(indices: Iterable<number>): Bitmap {
  const set = new Pages([], []);
  for (const index of indices) set.add(index);
  return set;
}

/** Pages by ascending number. A class for its prototype: sets are made by the hundred thousand. */
class Pages implements Bitmap {
  private counted = -1;
  private last = 0;

  constructor(
    readonly numbers: number[],
    readonly pages: Uint32Array[],
  ) {}

  get size(): number {
    if (this.counted < 0) {
      let sum = 0;
      for (const page of this.pages) for (const word of page) if (word !== 0) sum += bits(word);
      this.counted = sum;
    }
    return this.counted;
  }

  get isEmpty(): boolean {
    for (const page of this.pages) for (const word of page) if (word !== 0) return false;
    return true;
  }

  has(index: number): boolean {
    const at = this.find(index >>> pageBits);
    return at >= 0 && (((this.pages[at]?.[(index >>> 5) & 15] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  add(index: number): void {
    const number = index >>> pageBits;
    let at = this.find(number);
    if (at < 0) {
      at = -at - 1;
      this.numbers.splice(at, 0, number);
      this.pages.splice(at, 0, new Uint32Array(wordsPerPage));
      this.last = at;
    }
    const page = this.pages[at];
    const word = (index >>> 5) & 15;
    if (page !== undefined) page[word] = (page[word] ?? 0) | (1 << (index & 31));
    this.counted = -1;
  }

  remove(index: number): void {
    const at = this.find(index >>> pageBits);
    const page = at < 0 ? undefined : this.pages[at];
    if (page === undefined) return;
    const word = (index >>> 5) & 15;
    page[word] = (page[word] ?? 0) & ~(1 << (index & 31));
    this.counted = -1;
  }

  and(other: ActorSet): Bitmap {
    const right = pagesOf(other);
    const numbers: number[] = [];
    const pages: Uint32Array[] = [];
    let j = 0;
    for (let i = 0; i < this.numbers.length; i++) {
      const number = this.numbers[i] ?? 0;
      while (j < right.numbers.length && (right.numbers[j] ?? 0) < number) j++;
      const [a, b] = [this.pages[i], right.pages[j]];
      if (right.numbers[j] !== number || a === undefined || b === undefined) continue;
      const page = new Uint32Array(wordsPerPage);
      let any = 0;
      for (let w = 0; w < wordsPerPage; w++) any |= page[w] = (a[w] ?? 0) & (b[w] ?? 0);
      if (any === 0) continue;
      numbers.push(number);
      pages.push(page);
    }
    return new Pages(numbers, pages);
  }

  or(other: ActorSet): Bitmap {
    const right = pagesOf(other);
    const numbers: number[] = [];
    const pages: Uint32Array[] = [];
    let i = 0;
    let j = 0;
    while (i < this.numbers.length || j < right.numbers.length) {
      const left = this.numbers[i] ?? Infinity;
      const other = right.numbers[j] ?? Infinity;
      const a = left <= other ? this.pages[i++] : undefined;
      const b = other <= left ? right.pages[j++] : undefined;
      const page = Uint32Array.from(a ?? b ?? []);
      if (a !== undefined && b !== undefined)
        for (let w = 0; w < wordsPerPage; w++) page[w] = (a[w] ?? 0) | (b[w] ?? 0);
      numbers.push(Math.min(left, other));
      pages.push(page);
    }
    return new Pages(numbers, pages);
  }

  minus(other: ActorSet): Bitmap {
    const right = pagesOf(other);
    const numbers: number[] = [];
    const pages: Uint32Array[] = [];
    let j = 0;
    for (let i = 0; i < this.numbers.length; i++) {
      const number = this.numbers[i] ?? 0;
      while (j < right.numbers.length && (right.numbers[j] ?? 0) < number) j++;
      const a = this.pages[i];
      const b = right.numbers[j] === number ? right.pages[j] : undefined;
      if (a === undefined) continue;
      const page = new Uint32Array(wordsPerPage);
      let any = 0;
      for (let w = 0; w < wordsPerPage; w++) any |= page[w] = (a[w] ?? 0) & ~(b?.[w] ?? 0);
      if (any === 0) continue;
      numbers.push(number);
      pages.push(page);
    }
    return new Pages(numbers, pages);
  }

  eachWord(visit: (word: number, at: number) => void): void {
    for (let i = 0; i < this.pages.length; i++) {
      const page = this.pages[i];
      const base = (this.numbers[i] ?? 0) * wordsPerPage;
      for (let w = 0; w < wordsPerPage; w++) {
        const word = page?.[w] ?? 0;
        if (word !== 0) visit(word, base + w);
      }
    }
  }

  list(): number[] {
    const found: number[] = [];
    this.eachWord((all, at) => {
      for (let word = all; word !== 0;) {
        const low = word & -word;
        found.push(at * 32 + (31 - Math.clz32(low)));
        word ^= low;
      }
    });
    return found;
  }

  /** What is added or removed while it runs is not seen. */
  [Symbol.iterator](): Iterator<number> {
    return this.list()[Symbol.iterator]();
  }

  /** Place of a page; below zero: not there, and where it would stand (`-place - 1`). */
  private find(number: number): number {
    if (this.numbers[this.last] === number) return this.last;
    let low = 0;
    let high = this.numbers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    if (this.numbers[low] !== number) return -low - 1;
    this.last = low;
    return low;
  }
}

const pagesOf = (set: ActorSet): Pages => {
  if (set instanceof Pages) return set;
  const own = new Pages([], []);
  for (const index of set) own.add(index);
  return own;
};

function bits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
