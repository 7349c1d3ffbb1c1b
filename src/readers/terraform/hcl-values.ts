/** A value as source code writes it. What only a run of Terraform would know is `unknown`, inside lists and objects too. */
export type HclValue =
  null | boolean | number | string | readonly HclValue[] | { readonly [key: string]: HclValue } | Unknown;

/** A reference, a call, an operation: something to be worked out. */
export interface Unknown {
  readonly unknown: true;
  /** The policy document of the same code that is meant: `NAME` of `data.aws_iam_policy_document.NAME.json`. */
  readonly policy?: string;
}

export const unknownValue: Unknown = { unknown: true };

/** The body of a block: its attributes, and its inner blocks as lists under their name, as a state writes them. */
export type HclBody = Readonly<Record<string, HclValue>>;

/** Deeper nesting than any hand writes is left unknown. */
const maxDepth = 40;

/**
 * Marks a text of which a part is to be worked out (`"${aws_s3_bucket.this.arn}/*"`). A character for private use, so
 * that no written text holds it.
 */
export const openText = "\uE000";

/**
 * Reads the body of a block (Terraform language, "Syntax": attributes, blocks, literals, here-documents). Only what
 * is written out is taken; `jsonencode(...)` of such values is text. `start` is the place after the opening brace.
 * Undefined where the text does not follow the language: a part of a block would say less than the block does.
 */
export function readBody(text: string, start: number): HclBody | undefined {
  const cursor: Cursor = { text, at: start, broken: false };
  const body = bodyAt(cursor, 0);
  return cursor.broken ? undefined : body;
}

interface Cursor {
  readonly text: string;
  at: number;
  broken: boolean;
}

function bodyAt(cursor: Cursor, depth: number): HclBody {
  const values = new Map<string, HclValue>();
  for (;;) {
    skip(cursor, true);
    const name = take(cursor, /[A-Za-z_][\w-]*/y);
    if (name === undefined) {
      if (cursor.text[cursor.at] === "}") cursor.at += 1;
      else cursor.broken = true;
      return Object.fromEntries(values);
    }
    skip(cursor, false);
    if (cursor.text[cursor.at] === "=" && cursor.text[cursor.at + 1] !== "=") {
      cursor.at += 1;
      skip(cursor, false);
      values.set(name, expression(cursor, depth, /[\n}]/));
      continue;
    }
    const labels: string[] = [];
    while (cursor.text[cursor.at] === '"') {
      const label = quoted(cursor);
      labels.push(typeof label === "string" ? label : "");
      skip(cursor, false);
    }
    if (cursor.text[cursor.at] !== "{" || depth >= maxDepth) {
      cursor.broken = true;
      return {};
    }
    cursor.at += 1;
    const body = bodyAt(cursor, depth + 1);
    // `dynamic "ingress"` makes blocks that only a run knows.
    if (cursor.broken) return {};
    if (name === "dynamic") values.set(labels[0] ?? name, unknownValue);
    else if (values.get(name) !== unknownValue) {
      const known = values.get(name);
      values.set(name, [...(Array.isArray(known) ? (known as readonly HclValue[]) : []), body]);
    }
  }
}

/** One expression up to `end` outside of any bracket; anything but a literal makes the whole unknown. */
function expression(cursor: Cursor, depth: number, end: RegExp, lines = false): HclValue {
  const start = cursor.at;
  const value = depth >= maxDepth ? undefined : literal(cursor, depth);
  skip(cursor, lines);
  const next = cursor.text[cursor.at];
  if (value !== undefined && (next === undefined || end.test(next))) return value;
  cursor.at = start;
  const policy = policyReference(cursor, end, lines);
  if (policy !== undefined) return { unknown: true, policy };
  rest(cursor, end);
  return unknownValue;
}

function policyReference(cursor: Cursor, end: RegExp, lines: boolean): string | undefined {
  const { at } = cursor;
  const whole = take(cursor, /data\.aws_iam_policy_document\.[\w-]+\.(?:json|minified_json)\b(?![.[])/y);
  skip(cursor, lines);
  const next = cursor.text[cursor.at];
  if (whole !== undefined && (next === undefined || end.test(next))) return whole.split(".")[2];
  cursor.at = at;
  return undefined;
}

function literal(cursor: Cursor, depth: number): HclValue | undefined {
  const char = cursor.text[cursor.at];
  if (char === '"') return quoted(cursor);
  if (cursor.text.startsWith("<<", cursor.at)) return hereDocument(cursor);
  if (char === "[") return list(cursor, depth);
  if (char === "{") return object(cursor, depth);
  const number = take(cursor, /-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (number !== undefined) return Number(number);
  const word = take(cursor, /(true|false|null)\b(?![.[(])/y);
  if (word !== undefined) return word === "null" ? null : word === "true";
  if (take(cursor, /jsonencode\s*\(/y) === undefined) return undefined;
  skip(cursor, true);
  const inner = expression(cursor, depth + 1, /[),]/, true);
  skip(cursor, true);
  if (cursor.text[cursor.at] !== ")" || isUnknown(inner)) return undefined;
  cursor.at += 1;
  return JSON.stringify(withMarks(inner));
}

/** Unknown parts of a text or list stay as marks: what stands around them is known. */
function withMarks(value: HclValue): unknown {
  if (isUnknown(value)) return openText;
  if (Array.isArray(value)) return (value as readonly HclValue[]).map(withMarks);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withMarks(item)]));
  return value;
}

export const isUnknown = (value: HclValue | undefined): value is Unknown =>
  typeof value === "object" && value !== null && "unknown" in value && value.unknown === true;

function list(cursor: Cursor, depth: number): HclValue | undefined {
  const items: HclValue[] = [];
  cursor.at += 1;
  for (;;) {
    skip(cursor, true);
    if (cursor.text[cursor.at] === "]") {
      cursor.at += 1;
      return items;
    }
    if (cursor.at >= cursor.text.length || take(cursor, /for\b/y) !== undefined) return undefined;
    items.push(expression(cursor, depth + 1, /[,\]]/, true));
    skip(cursor, true);
    if (cursor.text[cursor.at] === ",") cursor.at += 1;
    else if (cursor.text[cursor.at] !== "]") return undefined;
  }
}

function object(cursor: Cursor, depth: number): HclValue | undefined {
  const members = new Map<string, HclValue>();
  cursor.at += 1;
  for (;;) {
    skip(cursor, true);
    if (cursor.text[cursor.at] === ",") {
      cursor.at += 1;
      continue;
    }
    if (cursor.text[cursor.at] === "}") {
      cursor.at += 1;
      return Object.fromEntries(members);
    }
    if (take(cursor, /for\b/y) !== undefined) return undefined;
    const key = cursor.text[cursor.at] === '"' ? quoted(cursor) : take(cursor, /[A-Za-z_][\w-]*/y);
    skip(cursor, false);
    const sign = cursor.text[cursor.at];
    if (typeof key !== "string" || key.includes(openText) || (sign !== "=" && sign !== ":")) return undefined;
    cursor.at += 1;
    skip(cursor, false);
    members.set(key, expression(cursor, depth + 1, /[,}\n]/));
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** A quoted text. `${…}` becomes the mark; `$${` is how a text writes `${` itself. */
function quoted(cursor: Cursor): HclValue {
  let out = "";
  cursor.at += 1;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? "";
    if (char === '"') {
      cursor.at += 1;
      return out;
    }
    if (char === "\n") return unknownValue;
    if (char === "\\") {
      const code = /u([0-9a-fA-F]{4})/y;
      code.lastIndex = cursor.at + 1;
      const unit = code.exec(cursor.text)?.[1];
      out +=
        unit === undefined
          ? (escapes[cursor.text[cursor.at + 1] ?? ""] ?? openText)
          : String.fromCharCode(Number.parseInt(unit, 16));
      cursor.at += unit === undefined ? 2 : 6;
    } else out += template(cursor) ?? step(cursor);
  }
  return unknownValue;
}

/** A template at the cursor, as the mark, or the text of an escaped one. */
function template(cursor: Cursor): string | undefined {
  const { text } = cursor;
  if (text.startsWith("$${", cursor.at) || text.startsWith("%%{", cursor.at)) {
    cursor.at += 3;
    return `${text[cursor.at - 3] ?? ""}{`;
  }
  if (!text.startsWith("${", cursor.at) && !text.startsWith("%{", cursor.at)) return undefined;
  let open = 0;
  while (cursor.at < text.length && text[cursor.at] !== "\n") {
    const char = text[cursor.at];
    if (char === "{") open += 1;
    cursor.at += 1;
    if (char === '"') cursor.at = endOfQuote(text, cursor.at);
    if (char === "}") {
      open -= 1;
      if (open === 0) break;
    }
  }
  return openText;
}

const step = (cursor: Cursor): string => cursor.text[cursor.at++] ?? "";

function endOfQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return text[at] === '"' ? at + 1 : at;
}

function hereDocument(cursor: Cursor): HclValue | undefined {
  const head = take(cursor, /<<-?[ \t]*[A-Za-z_][\w-]*[ \t]*\r?\n/y);
  const mark = /[A-Za-z_][\w-]*/.exec(head ?? "")?.[0];
  if (head === undefined || mark === undefined) return undefined;
  const close = new RegExp(`^[ \\t]*${mark}[ \\t]*\\r?$`, "m").exec(cursor.text.slice(cursor.at));
  if (close === null) return undefined;
  const end = cursor.at + close.index;
  let out = "";
  while (cursor.at < end) out += template(cursor) ?? step(cursor);
  cursor.at = end + close[0].length;
  return out;
}

/** Goes on to where the expression ends: brackets are balanced, texts and comments are jumped over. */
function rest(cursor: Cursor, end: RegExp): void {
  let open = 0;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? "";
    if (open === 0 && end.test(char)) return;
    if (char === '"') quoted(cursor);
    else if (cursor.text.startsWith("<<", cursor.at) && hereDocument(cursor) !== undefined) continue;
    else if (isComment(cursor)) skipComment(cursor);
    else {
      if ("([{".includes(char)) open += 1;
      if (")]}".includes(char)) open -= 1;
      if (open < 0) return;
      cursor.at += 1;
    }
  }
}

function skip(cursor: Cursor, lines: boolean): void {
  for (;;) {
    const char = cursor.text[cursor.at];
    if (char === " " || char === "\t" || char === "\r" || (lines && char === "\n")) cursor.at += 1;
    else if (isComment(cursor)) skipComment(cursor);
    else return;
  }
}

const isComment = ({ text, at }: Cursor): boolean =>
  text[at] === "#" || text.startsWith("//", at) || text.startsWith("/*", at);

function skipComment(cursor: Cursor): void {
  const long = cursor.text.startsWith("/*", cursor.at);
  const end = cursor.text.indexOf(long ? "*/" : "\n", cursor.at + (long ? 2 : 0));
  cursor.at = end === -1 ? cursor.text.length : end + (long ? 2 : 0);
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}
