import { parse as parseYaml, LineCounter, parseDocument } from "yaml";
import { decodeBytes } from "../../readers/index.js";
import { memberOf, keysOf, placeInJson } from "./json-place.js";
import { laidOut, lineAt, linesAround, type ExcerptLine, type ExcerptLines } from "./excerpt-lines.js";
import { maskedValue } from "./masked-value.js";

export interface Place {
  readonly pointer?: string;
  readonly inner?: string;
  readonly line?: number;
  readonly around: number;
}

export interface Excerpt {
  readonly lines: ExcerptLine[];
  readonly laidOut: boolean;
  readonly more: boolean;
  readonly breadcrumb: string[];
  readonly inner?: ExcerptLines & { readonly breadcrumb: string[] };
  readonly masked: boolean;
}

/** Documents above are not laid out in the server: their lines would be too many to look through in time. */
export const mostExcerptBytes = 100_000_000;
const mostYaml = 5_000_000;
/** A document whose whole content is compared with what may be shown of it. */
const mostCompared = 4_000_000;
const longestRawLine = 400;

/** The place that an evidence cites, with what stands around it. A text: why it cannot be shown. */
export function excerptOf(bytes: Uint8Array, kind: string | undefined, place: Place): Excerpt | string {
  const decoded = decodeBytes(bytes, mostExcerptBytes);
  if ("reason" in decoded) return decoded.reason;
  const { text } = decoded;
  if (place.pointer === undefined && place.inner === undefined) return linesOf(text, place);
  const source = place.line === undefined ? text : text.split("\n")[place.line - 1];
  if (source === undefined) return `the document has no line ${String(place.line)}`;
  const top = parsed(source);
  if (top === undefined) return "the document is no JSON and no YAML that can be shown by its keys";
  const keys = keysOf(place.pointer ?? "");
  const found = walk(top.value, keys);
  if (found === undefined) return `the document has nothing at \`${place.pointer ?? ""}\``;
  const shown = place.line === undefined ? rawLines(source, top, keys, kind, place.around) : undefined;
  const near = shown ?? around(top.value, keys, kind, place.around);
  const inner = place.inner === undefined ? undefined : innerOf(found.value, place.inner, kind, place.around);
  return {
    ...near,
    breadcrumb: breadcrumb(top.value, keys),
    ...(inner === undefined ? {} : { inner }),
    masked: isMasked(near.lines) || (inner !== undefined && isMasked(inner.lines)),
  };
}

const isMasked = (lines: readonly ExcerptLine[]): boolean => lines.some(({ text }) => text.includes("***"));

function linesOf(text: string, { line = 1, around }: Place): Excerpt {
  const shown = linesAround(text.split(/\r?\n/), { from: line, to: line, around });
  return { ...shown, laidOut: false, breadcrumb: [], masked: isMasked(shown.lines) };
}

interface Parsed {
  readonly value: unknown;
  readonly format: "json" | "yaml";
}

function parsed(text: string): Parsed | undefined {
  try {
    return { value: JSON.parse(text), format: "json" };
  } catch {
    if (text.length > mostYaml) return undefined;
  }
  try {
    const value = parseYaml(text, { maxAliasCount: 100, logLevel: "silent" }) as unknown;
    return typeof value === "object" && value !== null ? { value, format: "yaml" } : undefined;
  } catch {
    return undefined;
  }
}

/** A string on the way is a document in itself (access.md: policies decoded from strings). */
function walk(top: unknown, keys: readonly string[]): { readonly value: unknown } | undefined {
  let value = top;
  for (const key of keys) {
    const member = memberOf(typeof value === "string" ? decodedText(value) : value, key);
    if (member === undefined) return undefined;
    value = member;
  }
  return { value };
}

/** A policy in a string: JSON, or JSON in percent-encoding as IAM hands it out. */
function decodedText(text: string): unknown {
  for (const decode of [(given: string) => given, decodeURIComponent]) {
    try {
      return JSON.parse(decode(text));
    } catch {
      // Tried in the other way, or told by the caller.
    }
  }
  return undefined;
}

/** The lines as they are written, where they are short enough to read and hold nothing that has to be hidden. */
function rawLines(
  text: string,
  { value, format }: Parsed,
  keys: readonly string[],
  kind: string | undefined,
  around: number,
): (ExcerptLines & { readonly laidOut: false }) | undefined {
  if (text.length > mostCompared) return undefined;
  const place = format === "json" ? placeInJson(text, keys) : placeInYaml(text, keys);
  if (place === undefined) return undefined;
  if (JSON.stringify(maskedValue(value, [], kind)) !== JSON.stringify(value)) return undefined;
  const from = lineAt(text, place.start);
  const to = lineAt(text, Math.max(place.start, place.end - 1));
  const shown = linesAround(text.split(/\r?\n/), { from, to, around });
  return shown.lines.some((line) => line.text.length > longestRawLine)
    ? undefined
    : { ...shown, laidOut: false };
}

function placeInYaml(
  text: string,
  keys: readonly string[],
): { readonly start: number; readonly end: number } | undefined {
  const document = parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false });
  const path = keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const node = document.getIn(path, true) as
    { readonly range?: readonly [number, number, number] | null } | undefined;
  const range = node?.range;
  return range === undefined || range === null ? undefined : { start: range[0], end: range[1] };
}

/** The value laid out inside the member that holds it, without what must not be shown. */
function around(
  top: unknown,
  keys: readonly string[],
  kind: string | undefined,
  lines: number,
): ExcerptLines & { readonly laidOut: true } {
  const parents = keys.slice(0, -1);
  const parent = walk(top, parents)?.value;
  const holder = typeof parent === "string" ? decodedText(parent) : parent;
  const [own] = keys.slice(-1);
  const value = walk(top, keys)?.value;
  // Of a long list only the element; around a member of an object its neighbours.
  const narrow = own !== undefined && !Array.isArray(holder) && sizeOf(holder) < 200_000;
  const shown = narrow
    ? laidOut(maskedValue(holder, parents, kind), [own], lines)
    : laidOut(maskedValue(value, keys, kind), [], lines);
  return { ...shown, laidOut: true };
}

const sizeOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

function innerOf(
  value: unknown,
  inner: string,
  kind: string | undefined,
  around: number,
): (ExcerptLines & { readonly breadcrumb: string[] }) | undefined {
  let document = typeof value === "string" ? decodedText(value) : value;
  let keys = keysOf(inner);
  // A text on the way is decoded again, and the rest of the pointer counts from there.
  for (let at = 0, found = document; at < keys.length; at += 1) {
    found = memberOf(found, keys[at] ?? "");
    if (typeof found === "string" && at < keys.length - 1) {
      document = found = decodedText(found);
      keys = keys.slice(at + 1);
      at = -1;
    }
  }
  if (document === undefined) return undefined;
  return {
    ...laidOut(maskedValue(document, [], kind), keys, around),
    breadcrumb: breadcrumb(document, keys),
  };
}

const naming = [
  "UserName",
  "RoleName",
  "GroupName",
  "PolicyName",
  "Sid",
  "Name",
  "name",
  "id",
  "Id",
] as const;

/** Keys, and beside the place in a list what stands there: `3 (svc-batch)`. */
function breadcrumb(top: unknown, keys: readonly string[]): string[] {
  let value = top;
  return keys.map((key) => {
    value = memberOf(typeof value === "string" ? decodedText(value) : value, key);
    const name = naming
      .map((each) => memberOf(value, each))
      .find((each) => typeof each === "string" && each.length <= 200);
    return /^\d+$/.test(key) && typeof name === "string" ? `${key} (${name})` : key;
  });
}
