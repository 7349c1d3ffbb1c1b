/** One complete top-level value of a JSON text: `[start, end)` and the 1-based line it starts on. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface JsonScan {
  /** Top-level values that begin with `{` or `[`, in order. */
  readonly spans: readonly JsonSpan[];
  /** Why the text cannot be JSON, without parsing it. `offset` counts characters. */
  readonly fault?: {
    readonly offset: number;
    readonly line: number;
    readonly reason: string;
    /** The text is sound as far as it goes, and ends too early. */
    readonly cut?: true;
  };
}

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
const newline = 10;

/**
 * Finds the top-level values of a text and the nesting depth before any parser sees it, so that a file cut in
 * the middle and one that nests without end get a place and a reason. One pass, no memory per character.
 */
export function scanJson(text: string, maxDepth: number): JsonScan {
  const spans: JsonSpan[] = [];
  let depth = 0;
  let line = 1;
  let start = 0;
  let startLine = 1;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case newline:
        line += 1;
        break;
      case quote: {
        const closed = endOfString(text, index + 1);
        if (closed < 0)
          return {
            spans,
            fault: {
              offset: index,
              line,
              reason: "the file ends inside a string that starts here",
              cut: true,
            },
          };
        index = closed;
        break;
      }
      case openBrace:
      case openBracket:
        if (depth === 0) {
          start = index;
          startLine = line;
        }
        depth += 1;
        if (depth > maxDepth) {
          return {
            spans,
            fault: { offset: index, line, reason: `nested deeper than the limit of ${maxDepth} levels` },
          };
        }
        break;
      case closeBrace:
      case closeBracket:
        depth -= 1;
        if (depth < 0)
          return { spans, fault: { offset: index, line, reason: `unexpected \`${text.charAt(index)}\`` } };
        if (depth === 0) spans.push({ start, end: index + 1, line: startLine });
        break;
      default:
    }
  }
  if (depth > 0) {
    return {
      spans,
      fault: {
        offset: text.length,
        line,
        reason: `the file ends in the middle: ${depth} levels are still open`,
        cut: true,
      },
    };
  }
  return { spans };
}

/** Index of the closing quote, or -1. A quote after an odd number of backslashes is part of the string. */
function endOfString(text: string, from: number): number {
  let index = from;
  for (;;) {
    const closed = text.indexOf('"', index);
    if (closed < 0) return -1;
    let slashes = 0;
    while (text.charCodeAt(closed - 1 - slashes) === backslash && closed - 1 - slashes >= from) slashes += 1;
    if (slashes % 2 === 0) return closed;
    index = closed + 1;
  }
}

/** Where a JSON text that is balanced still breaks the grammar (RFC 8259); undefined when it does not. */
export function findJsonFault(text: string): { offset: number; line: number; reason: string } | undefined {
  const token = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y;
  const closers: string[] = [];
  let expect: "value" | "value-or-close" | "key" | "key-or-close" | "colon" | "comma-or-close" | "end" =
    "value";
  for (let offset = skipSpace(text, 0); expect !== "end" || offset < text.length;) {
    const at = offset;
    let mark = "";
    let isString = false;
    if (text.charCodeAt(at) === quote) {
      const closed = endOfString(text, at + 1);
      if (closed < 0 || !soundString(text.slice(at + 1, closed))) return faultAt(text, at);
      isString = true;
      offset = skipSpace(text, closed + 1);
    } else {
      token.lastIndex = at;
      const match = token.exec(text);
      if (match === null) return faultAt(text, at);
      mark = match[0];
      offset = skipSpace(text, at + mark.length);
    }
    if (expect === "end") return faultAt(text, at);
    if (mark === "{" || mark === "[") {
      if (expect !== "value" && expect !== "value-or-close") return faultAt(text, at);
      closers.push(mark === "{" ? "}" : "]");
      expect = mark === "{" ? "key-or-close" : "value-or-close";
      continue;
    }
    if (mark === "}" || mark === "]") {
      const closes =
        expect === "comma-or-close" || expect === (mark === "}" ? "key-or-close" : "value-or-close");
      if (!closes || closers.pop() !== mark) return faultAt(text, at);
    } else if (mark === ":") {
      if (expect !== "colon") return faultAt(text, at);
      expect = "value";
      continue;
    } else if (mark === ",") {
      if (expect !== "comma-or-close") return faultAt(text, at);
      expect = closers.at(-1) === "}" ? "key" : "value";
      continue;
    } else if (isString && (expect === "key" || expect === "key-or-close")) {
      expect = "colon";
      continue;
    } else if (expect !== "value" && expect !== "value-or-close") {
      return faultAt(text, at);
    }
    expect = closers.length === 0 ? "end" : "comma-or-close";
  }
  return undefined;
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (index < text.length && " \t\r\n".includes(text.charAt(index))) index += 1;
  return index;
}

/** No raw control characters, and only the escapes of RFC 8259. */
function soundString(inside: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are the fault that is looked for
  return !/[\u0000-\u001f\\]/.test(inside.replace(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/g, ""));
}

function faultAt(text: string, offset: number): { offset: number; line: number; reason: string } {
  const line = lineAt(text, offset);
  if (offset >= text.length) return { offset, line, reason: "the file ends in the middle" };
  const near = text
    .slice(offset, offset + 20)
    .replace(/\s+/g, " ")
    .trim();
  return { offset, line, reason: `not valid JSON near \`${near}\`` };
}

/** 1-based line of a character offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf("\n"); index >= 0 && index < offset; index = text.indexOf("\n", index + 1))
    line += 1;
  return line;
}
