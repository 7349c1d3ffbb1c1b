/** Keys of a JSON Pointer (RFC 6901). */
export const keysOf = (pointer: string): readonly string[] =>
  pointer === ""
    ? []
    : pointer
        .split("/")
        .slice(1)
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The member that a key names, as RFC 6901 has it; undefined where there is none. */
export function memberOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value as readonly unknown[])[Number(key)] : undefined;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** Where the value of a pointer stands in a JSON text that can be parsed: `[start, end)`. */
export function placeInJson(
  text: string,
  keys: readonly string[],
): { readonly start: number; readonly end: number } | undefined {
  let at = blanks(text, 0);
  for (const key of keys) {
    const found =
      text[at] === "{" ? member(text, at, key) : text[at] === "[" ? element(text, at, key) : undefined;
    if (found === undefined) return undefined;
    at = found;
  }
  return { start: at, end: endOfValue(text, at) };
}

const blank = /[\s,:]/;

function blanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && blank.test(text[at] ?? "")) at += 1;
  return at;
}

function member(text: string, open: number, key: string): number | undefined {
  let at = blanks(text, open + 1);
  while (text[at] === '"') {
    const end = endOfValue(text, at);
    const value = blanks(text, end);
    if (JSON.parse(text.slice(at, end)) === key) return value;
    at = blanks(text, endOfValue(text, value));
  }
  return undefined;
}

function element(text: string, open: number, key: string): number | undefined {
  if (!/^\d+$/.test(key)) return undefined;
  let at = blanks(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "]"; index += 1) {
    if (index === Number(key)) return at;
    at = blanks(text, endOfValue(text, at));
  }
  return undefined;
}

/** Behind the value that begins at `from`. Linear, without recursion: documents nest as deep as they like. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at + 1;
    } else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") {
      // Of a number or word the bracket around it is the end.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && blank.test(sign ?? "")) return at;
  }
  return text.length;
}

/** The closing quote. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
