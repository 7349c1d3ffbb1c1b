import type { Statement } from "../../estate/index.js";
import { hashText } from "./canonical-document.js";

/**
 * A resource pattern whose beginning is fixed text (`arn:aws:s3:::exports/…`) can only match resources that begin
 * alike. Two numbers per statement say so without touching its strings: most candidates of an action fall here.
 */
export interface SignatureTable {
  /** False: statement `s` matches no resource with this signature. True: look closer. */
  possible(s: number, wanted: TextSignature): boolean;
}

/** Of the first part of a resource name (`exports`, `role`), and of the first two (`exports/a`, `role/etl`). */
export interface TextSignature {
  readonly one: number;
  readonly two: number;
}

const lookCloser = 0;
const unused = 1;
const seed = 0x811c9dc5;

export function textSignature(text: string): TextSignature {
  const first = partEnd(text, 1);
  if (first === undefined) return { one: unused, two: unused };
  return {
    one: usable(hashText(seed, text, first)),
    two: usable(hashText(seed, text, partEnd(text, 2) ?? first)),
  };
}

export function indexSignatures(
  statements: readonly Statement[],
  native: (s: number) => boolean,
): SignatureTable {
  const left = new Uint32Array(statements.length);
  const right = new Uint32Array(statements.length);
  statements.forEach(({ resource }, s) => {
    const patterns = resource?.patterns ?? [];
    if (resource === undefined || resource.negated || patterns.length > 2 || native(s)) return;
    const [a, b] = patterns;
    left[s] = a === undefined ? unused : patternSignature(a);
    right[s] = b === undefined ? unused : patternSignature(b);
    if (left[s] === lookCloser || right[s] === lookCloser) left[s] = lookCloser;
  });
  return {
    possible(s, { one, two }) {
      const a = left[s] ?? lookCloser;
      if (a === lookCloser || a === one || a === two) return true;
      const b = right[s] ?? lookCloser;
      return b === one || b === two;
    },
  };
}

function patternSignature(pattern: string): number {
  const first = partEnd(pattern, 1);
  if (first === undefined || !isFixed(pattern, first)) return lookCloser;
  const second = partEnd(pattern, 2) ?? first;
  return usable(hashText(seed, pattern, isFixed(pattern, second) ? second : first));
}

const usable = (hash: number): number => (hash >>> 0 < 2 ? 2 : hash >>> 0);

function isFixed(pattern: string, end: number): boolean {
  for (let i = 0; i < end; i++) {
    const sign = pattern.charCodeAt(i);
    if (sign === 42 || sign === 63 || sign === 36) return false;
  }
  return true;
}

/** Where the first or the first two parts of the sixth field of an ARN end; undefined for what is no ARN. */
function partEnd(text: string, parts: 1 | 2): number | undefined {
  if (!text.startsWith("arn:")) return undefined;
  let colons = 0;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (colons < 5) {
      if (sign === 58) colons++;
    } else if ((sign === 58 || sign === 47) && ++seen === parts) return i;
  }
  return colons < 5 ? undefined : text.length;
}
