/**
 * A document as the check reads it: the bytes' digest and what they hold, parsed by nothing but a JSON or YAML parser.
 * This room imports no other room: an error of the engine or of a reader cannot vouch for itself here.
 */
export interface RawDocument {
  /** As the proof names it. */
  readonly path: string;
  /** sha256, hex, of the raw bytes. */
  readonly digest: string;
  /** Decoded text; empty where `value` holds it. */
  readonly text: string;
  /** Parsed JSON or YAML; undefined for CSV, JSON lines and plain text. */
  readonly value: unknown;
}

/** What a proof points at: a place in a document, with the digest that the document must have. */
export interface Citation {
  readonly document: string;
  readonly digest: string;
  readonly pointer?: string | undefined;
  readonly inner?: string | undefined;
  readonly line?: number | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const itemsOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value];
export const stringOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
export const stringsOf = (value: unknown): readonly string[] =>
  itemsOf(value).flatMap((item) =>
    typeof item === "string"
      ? [item]
      : typeof item === "number" || typeof item === "boolean"
        ? [String(item)]
        : [],
  );

/** JSON Pointer (RFC 6901). A string on its way is opened as the JSON or URL-encoded JSON that it holds. */
export function follow(
  value: unknown,
  pointer: string,
): { readonly found: boolean; readonly value: unknown } {
  let at = value;
  if (pointer === "") return { found: at !== undefined, value: at };
  if (!pointer.startsWith("/")) return { found: false, value: undefined };
  for (const raw of pointer.slice(1).split("/")) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at === "string") at = opened(at);
    if (Array.isArray(at)) {
      const list = at as readonly unknown[];
      if (!/^(0|[1-9]\d*)$/.test(key) || Number(key) >= list.length)
        return { found: false, value: undefined };
      at = list[Number(key)];
    } else if (isFields(at) && Object.hasOwn(at, key)) at = at[key];
    else return { found: false, value: undefined };
  }
  return { found: true, value: at };
}

/** A policy as text: plain JSON, or percent-encoded JSON as IAM answers it (RFC 3986; `+` is a plus). */
export function opened(text: string): unknown {
  const trimmed = text.trim();
  for (const candidate of trimmed.startsWith("%") ? [percentDecoded(trimmed)] : [trimmed]) {
    if (candidate === undefined) continue;
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The value that a citation names; `found: false` where the document has no such place. */
export function cited(
  document: RawDocument,
  { pointer, inner, line }: Citation,
): { readonly found: boolean; readonly value: unknown } {
  if (pointer === undefined && inner === undefined) {
    if (line === undefined) return { found: true, value: document.value ?? document.text };
    // Lines of what is parsed are not kept: the value as a whole is what stands there.
    if (document.value !== undefined) return { found: true, value: document.value };
    const text = document.text.split(/\r\n|\r|\n/)[line - 1];
    return { found: text !== undefined, value: text };
  }
  const root =
    line === undefined || document.value !== undefined ? document.value : lineValue(document, line);
  const outer = follow(root, pointer ?? "");
  // A report inside an answer (`get-credential-report` has it base64-encoded): the line is one of it.
  if (line !== undefined && typeof outer.value === "string" && document.value !== undefined) {
    const text = reportText(outer.value).split(/\r\n|\r|\n/)[line - 1];
    return { found: text !== undefined, value: text };
  }
  if (!outer.found || inner === undefined) return outer;
  return follow(typeof outer.value === "string" ? opened(outer.value) : outer.value, inner);
}

const reportText = (text: string): string =>
  /^[A-Za-z0-9+/=\s]+$/.test(text) ? (decodedBase64(text.replaceAll(/\s/g, "")) ?? text) : text;

/** RFC 4648; undefined for what is none. No builtin of a platform is used here. */
function decodedBase64(text: string): string | undefined {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.replace(/=+$/, "")) {
    held = (held << 6) | letters.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

function lineValue(document: RawDocument, line: number): unknown {
  const text = document.text.split(/\r\n|\r|\n/)[line - 1] ?? "";
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Where something stands, in words: `gaad.json /RoleDetailList/7`. */
export const placeText = ({ document, pointer, inner, line }: Citation): string =>
  [
    document,
    pointer,
    inner === undefined ? undefined : `→ ${inner}`,
    line === undefined ? undefined : `line ${line}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
