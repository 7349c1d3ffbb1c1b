import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from "./json-bytes.js";

/** Where a scan stands inside an element: handed in, and brought up to date. */
export interface Pass {
  /** Open brackets, and which they are. */
  depth: number;
  readonly kinds: Uint8Array;
  /** Member names so far. */
  keys: number;
  line: number;
  /** Set when the scan stops at the first byte of a string. */
  inString: boolean;
  /** Depth at which closing brackets and names are not passed over. */
  floor: number;
  readonly deepest: number;
}

/** Longer strings are found faster by a search than by looking at each byte. */
const shortString = 48;

/**
 * Passes over what needs no thought inside an element, and returns where some is needed: a bracket that closes to the
 * floor, fits nothing or is too deep, a long string or one that is not plain, a NUL. Nearly every byte of a large file
 * goes through here, so it keeps to local variables.
 */
export function passOver(chunk: Buffer, from: number, pass: Pass): number {
  const { kinds, floor, deepest } = pass;
  pass.inString = false;
  // What follows keeps the depth between these two.
  if (pass.depth <= floor || pass.depth > deepest) return from;
  const end = chunk.length;
  let i = from;
  let { depth, keys, line } = pass;
  let inString = false;
  scan: while (i < end) {
    const byte = chunk[i] as number;
    switch (byte) {
      case 0x20:
        // Nearly half of an indented file.
        while (i + 1 < end && chunk[i + 1] === 0x20) i += 1;
        break;
      case QUOTE: {
        i += 1;
        const close = stringEnd(chunk, i);
        if (close === -1) {
          inString = true;
          break scan;
        }
        i = close;
        break;
      }
      case NEWLINE:
        line += 1;
        break;
      case COMMA:
        break;
      case COLON:
        keys += 1;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (depth === deepest) break scan;
        depth += 1;
        kinds[depth] = byte;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        // In ASCII both closing brackets stand two behind their opening ones.
        if (depth - 1 <= floor || kinds[depth] !== byte - 2) break scan;
        depth -= 1;
        break;
      case 0:
        break scan;
    }
    i += 1;
  }
  pass.depth = depth;
  pass.keys = keys;
  pass.line = line;
  pass.inString = inString;
  return i;
}

/** The closing quote of a short string without escapes and line breaks, or -1. */
function stringEnd(chunk: Buffer, from: number): number {
  const end = Math.min(chunk.length, from + shortString);
  for (let i = from; i < end; i += 1) {
    const byte = chunk[i] as number;
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH || byte === NEWLINE) return -1;
  }
  return -1;
}
