import type { Statement } from "../../estate/index.js";

/**
 * A resource pattern that begins with fixed text (`arn:aws:s3:::exports-*`) can only match resources that begin
 * alike. Two numbers per statement say so without touching its strings: most candidates of an action fall here.
 */
export interface SignatureTable {
  /** False: statement `s` matches no resource with these prefixes. True: look closer. */
  possible(s: number, prefixes: ReadonlySet<number>): boolean;
}

const lookCloser = 0;
const unused = 1;

/** Hashes of all beginnings of a resource name. */
export function prefixHashes(text: string): ReadonlySet<number> {
  const hashes = new Set<number>();
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = step(hash, text.charCodeAt(i));
    hashes.add(usable(hash));
  }
  return hashes;
}

export function indexSignatures(
  statements: readonly Statement[],
  native: (s: number) => boolean,
): SignatureTable {
  const left = new Uint32Array(statements.length);
  const right = new Uint32Array(statements.length);
  for (let s = 0; s < statements.length; s++) {
    const resource = statements[s]?.resource;
    if (resource === undefined || resource.negated || resource.patterns.length > 2 || native(s)) continue;
    const [a, b] = resource.patterns;
    const first = a === undefined ? unused : signatureOf(a);
    const second = b === undefined ? unused : signatureOf(b);
    left[s] = second === lookCloser ? lookCloser : first;
    right[s] = second;
  }
  return {
    possible(s, prefixes) {
      const a = left[s] ?? lookCloser;
      if (a === lookCloser || prefixes.has(a)) return true;
      const b = right[s] ?? lookCloser;
      return b !== unused && prefixes.has(b);
    },
  };
}

/** Of the text before the first wildcard or variable. */
function signatureOf(pattern: string): number {
  let hash = seed;
  let i = 0;
  for (; i < pattern.length; i++) {
    const sign = pattern.charCodeAt(i);
    if (sign === 42 || sign === 63 || sign === 36) break;
    hash = step(hash, sign);
  }
  return i === 0 ? lookCloser : usable(hash);
}

const seed = 0x811c9dc5;
/** FNV-1a over code units. A collision costs a closer look, never an answer. */
const step = (hash: number, sign: number): number => Math.imul(hash ^ sign, 0x01000193);
const usable = (hash: number): number => (hash >>> 0 < 2 ? 2 : hash >>> 0);
