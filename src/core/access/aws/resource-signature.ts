import type { Statement } from "../../estate/index.js";

/**
 * A resource pattern that begins with fixed text (`arn:aws:s3:::exports-*`) can only match resources that begin alike.
 * The statements of one action are kept by a hash of that text: a question looks up the beginnings of its resource and
 * never touches the others, however many there are.
 */
export interface NearStatements {
  /**
   * Statements that may concern the resource, ascending: all that do, and a few that do not. With `accounts` only those
   * that somebody of these, or somebody of no account, holds.
   */
  near(text: string, accounts?: ReadonlySet<string>): Uint32Array;
  /** Numbers held, for whoever bounds memory. */
  readonly size: number;
}

/** Of a list of statements those that somebody of the accounts, or of no account, holds: not in order. */
export type ByAccount = (accounts: ReadonlySet<string>) => number[];

/** So many are gone through without telling apart whose they are. */
export const fewStatements = 64;

/** Statement numbers are below this, so that hash and number fit one exact double. */
const numbers = 2 ** 21;

/** `open`: a statement whose patterns are compared in another way, and that every question looks at. */
export function nearStatements(
  list: Uint32Array,
  statements: readonly Statement[],
  open: (s: number) => boolean,
  byAccount: (list: Uint32Array) => ByAccount,
): NearStatements {
  const always: number[] = [];
  const keys: number[] = [];
  for (const s of list) {
    const resource = statements[s]?.resource;
    if (resource === undefined || resource.negated || s >= numbers || open(s)) {
      always.push(s);
      continue;
    }
    const signatures = resource.patterns.map(signatureOf);
    if (signatures.includes(undefined)) always.push(s);
    else for (const signature of signatures) keys.push((signature ?? 0) * numbers + s);
  }
  const sorted = Float64Array.from(keys).sort();
  let split: ByAccount | undefined;
  return {
    size: sorted.length + always.length,
    near(text, accounts) {
      const found =
        accounts === undefined || always.length < fewStatements
          ? always.slice()
          : (split ??= byAccount(Uint32Array.from(always)))(accounts);
      let hash = seed;
      for (let i = 0; i < text.length; i++) {
        hash = step(hash, text.charCodeAt(i));
        collect(sorted, (hash >>> 0) * numbers, found);
      }
      return distinct(found);
    },
  };
}

function collect(sorted: Float64Array, from: number, found: number[]): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < sorted.length; i++) {
    const s = (sorted[i] ?? 0) - from;
    if (s >= numbers) return;
    found.push(s);
  }
}

function distinct(found: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(found).sort();
  let size = 0;
  for (const item of sorted) if (size === 0 || sorted[size - 1] !== item) sorted[size++] = item;
  return sorted.subarray(0, size);
}

/** Of the text before the first wildcard or variable; undefined where there is none. */
function signatureOf(pattern: string): number | undefined {
  let hash = seed;
  let i = 0;
  for (; i < pattern.length; i++) {
    const sign = pattern.charCodeAt(i);
    if (sign === 42 || sign === 63 || sign === 36) break;
    hash = step(hash, sign);
  }
  return i === 0 ? undefined : hash >>> 0;
}

const seed = 0x811c9dc5;
/** FNV-1a over code units. A collision costs a closer look, never an answer. */
const step = (hash: number, sign: number): number => Math.imul(hash ^ sign, 0x01000193);
