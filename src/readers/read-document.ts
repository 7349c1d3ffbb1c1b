import { createHash } from "node:crypto";
import { LineCounter, parseDocument } from "yaml";
import type { Rejection } from "../core/estate/index.js";
import { errorDocument } from "./aws-error/index.js";
import { parseCsv } from "./csv.js";
import { decodeBytes, inMegabytes } from "./decode-bytes.js";
import type { ParsedDocument } from "./document.js";
import { findJsonFault, lineAt, scanJson, type JsonSpan } from "./json-scan.js";
import { wholeRecords } from "./whole-records.js";

export interface DocumentLimits {
  /** Bytes of text, after unpacking; below the longest string that V8 can hold. */
  readonly bytes: number;
  /** Nested objects and lists. */
  readonly depth: number;
  /** YAML is parsed into a tree several times its size. */
  readonly yamlBytes: number;
}

export const documentLimits: DocumentLimits = { bytes: 512_000_000, depth: 200, yamlBytes: 32_000_000 };

export interface RawDocument {
  /** As the user gave it; `-` for standard input. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** ISO 8601; the file's own date where the content says nothing. */
  readonly observedAt?: string;
}

export type ReadDocument =
  | { readonly kind: "document"; readonly document: ParsedDocument }
  | {
      readonly kind: "rejected";
      readonly rejection: Rejection;
      /** The whole records before the place where the file ends: for kinds whose records stand alone, and no other. */
      readonly cut?: CutDocument;
    };

/** A file that ends in the middle of a list, as far as it goes, and what is to be said when it is used. */
export interface CutDocument {
  readonly document: ParsedDocument;
  readonly rejection: Rejection;
}

type Parsed = Pick<ParsedDocument, "format" | "value" | "lines">;
type Fault = Omit<Rejection, "document"> & { readonly cut?: CutRecords };
type CutRecords = Parsed & { readonly fault: Omit<Rejection, "document"> };

/** Turns the bytes of one file into a parsed document or says what is wrong with it, where, and what to do. */
export function readDocument(raw: RawDocument, limits: DocumentLimits = documentLimits): ReadDocument {
  const sourceOf = (): ParsedDocument["source"] => ({
    path: raw.path,
    digest: createHash("sha256").update(raw.bytes).digest("hex"),
    ...(raw.observedAt === undefined ? {} : { observedAt: raw.observedAt }),
  });
  const reject = ({ cut, ...fault }: Fault, text = ""): ReadDocument => ({
    kind: "rejected",
    rejection: { document: raw.path, ...fault },
    ...(cut === undefined ? {} : { cut: cutDocument(cut, sourceOf(), text) }),
  });
  if (raw.bytes.length > limits.bytes) return reject(tooLarge(raw.bytes.length, limits.bytes));
  const decoded = decodeBytes(raw.bytes, limits.bytes);
  if ("reason" in decoded) return reject(decoded);
  const text = decoded.text.startsWith("\uFEFF") ? decoded.text.slice(1) : decoded.text;
  if (text.trim() === "")
    return reject({ reason: "the file is empty", hint: "check that the command that wrote it succeeded" });
  const parsed = parseText(text, raw.path, limits);
  if ("reason" in parsed) return reject(parsed, text);
  if (parsed.format === "json" || parsed.format === "yaml") {
    const empty = emptyValue(parsed.value);
    if (empty !== undefined)
      return reject({ reason: empty, hint: "check that the command that wrote it succeeded" });
  }
  return { kind: "document", document: { source: sourceOf(), ...parsed, text } };
}

const cutDocument = (
  { fault, ...parsed }: CutRecords,
  source: ParsedDocument["source"],
  text: string,
): CutDocument => ({
  document: { source, ...parsed, text },
  rejection: { document: source.path, ...fault },
});

export const tooLarge = (bytes: number, limit: number): Fault => ({
  reason: `${inMegabytes(bytes)} is more than the limit of ${inMegabytes(limit)} for one file`,
  hint: "split the export into smaller files, for example one per account",
});

function parseText(text: string, path: string, limits: DocumentLimits): Parsed | Fault {
  const failed = errorDocument(text);
  if (failed !== undefined) return { format: "text", value: failed };
  const shape = shapeOf(text, path);
  if (shape === "json") return parseJson(text, limits);
  if (shape === "csv") {
    const table = parseCsv(text);
    if ("reason" in table) return table;
    return {
      format: "csv",
      value: table.rows.map((row) => row.values),
      lines: table.rows.map((row) => row.line),
    };
  }
  if (shape === "yaml") return parseYaml(text, limits);
  return { format: "text", value: undefined };
}

/** By content; the name decides only where plain text could be several things. */
function shapeOf(text: string, path: string): "json" | "csv" | "yaml" | "text" {
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/\.gz$/, "");
  const body = text.trimStart();
  if (body.startsWith("{") || /^\[\s*(?:[[{"\d\]-]|true\b|false\b|null\b|$)/.test(body.slice(0, 4096)))
    return "json";
  if (/^(?:null|true|false|-?\d[\d.eE+-]*|"(?:[^"\\\n]|\\.)*")\s*$/.test(body.slice(0, 4096))) return "json";
  const first = firstLine(body);
  if (name.endsWith(".csv") || /^"?\w[\w ]*"?(?:,"?[\w /.:-]*"?){3,}$/.test(first)) return "csv";
  if (/\.ya?ml$/.test(name)) return "yaml";
  if (name.endsWith(".json") || name.endsWith(".tfstate")) return "json";
  if (/^(?:---|%YAML)/.test(first) || /^["']?[\w./-]+["']?\s*:(?:\s|$)/.test(first)) return "yaml";
  return "text";
}

function firstLine(body: string): string {
  for (const line of body.slice(0, 8192).split(/\r?\n/)) {
    if (line.trim() !== "" && !line.trimStart().startsWith("#")) return line;
  }
  return "";
}

function parseJson(text: string, limits: DocumentLimits): Parsed | Fault {
  const { spans, fault } = scanJson(text, limits.depth);
  if (fault !== undefined) {
    const { cut: ended, ...place } = fault;
    const cut = ended === true ? recordsBeforeCut(text, spans) : undefined;
    const hint = "export or copy the file again; nothing of it was used";
    return { ...place, hint, ...(cut === undefined ? {} : { cut }) };
  }
  const [first, second] = spans;
  try {
    if (first === undefined || second === undefined)
      return { format: "json", value: safe(JSON.parse(text), text) };
    // More than one value in a row: JSON lines, or the pages of several calls appended to one file.
    const { values, end } = valuesOf(text, spans);
    if (text.slice(end).trim() !== "") throw new SyntaxError("text after the last value");
    return { format: "json-lines", value: values, lines: spans.map((span) => span.line) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const found = findJsonFault(text);
    return {
      ...(found ?? { reason: "not valid JSON" }),
      hint: "export the file again; nothing of it was used",
    };
  }
}

function valuesOf(text: string, spans: readonly JsonSpan[]): { values: readonly unknown[]; end: number } {
  let end = 0;
  const values = spans.map((span) => {
    if (text.slice(end, span.start).trim() !== "") throw new SyntaxError("text between values");
    end = span.end;
    return safe(JSON.parse(text.slice(span.start, span.end)), text);
  });
  return { values, end };
}

/** The records before the place where a text ends too early: whole lines of JSON lines, whole entries of a list. */
function recordsBeforeCut(text: string, spans: readonly JsonSpan[]): CutRecords | undefined {
  try {
    if (spans.length > 0) {
      const { values, end } = valuesOf(text, spans);
      const offset = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
      const fault = cutFault(text, offset, lineAt(text, offset), true, values.length);
      return { format: "json-lines", value: values, lines: spans.map((span) => span.line), fault };
    }
    const whole = wholeRecords(text);
    if (whole === undefined) return undefined;
    const value = safe(JSON.parse(whole.text), text);
    const lists: readonly unknown[] =
      typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : [value];
    const list = lists.findLast(Array.isArray);
    const used = Array.isArray(list) ? list.length : 0;
    return {
      format: "json",
      value,
      fault: cutFault(text, whole.offset, whole.line, whole.insideRecord, used),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** `offset` counts bytes of UTF-8, as `tail -c` and editors do. */
const cutFault = (
  text: string,
  offset: number,
  line: number,
  inside: boolean,
  used: number,
): Omit<Rejection, "document"> => ({
  line,
  offset: Buffer.byteLength(text.slice(0, offset), "utf8"),
  reason: inside ? "ends in the middle of a record" : "ends before its list is closed",
  hint: "export or copy the file again: what followed is not known",
  used,
});

function parseYaml(text: string, limits: DocumentLimits): Parsed | Fault {
  if (text.length > limits.yamlBytes)
    return { ...tooLarge(text.length, limits.yamlBytes), hint: "supply the document as JSON" };
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter, logLevel: "silent", uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined && error.code !== "MULTIPLE_DOCS") {
      const reason = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "";
      return {
        reason: `not valid YAML: ${reason.toLowerCase()}`,
        line: lineCounter.linePos(error.pos[0]).line,
        offset: error.pos[0],
      };
    }
    // An alias bomb ends here: the library stops after 100 uses of aliases that hold aliases.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (tooDeep(value, limits.depth))
      return { reason: `nested deeper than the limit of ${limits.depth} levels` };
    return { format: "yaml", value: safe(value, text) };
  } catch (error) {
    if (error instanceof RangeError)
      return { reason: `nested deeper than the limit of ${limits.depth} levels` };
    if (error instanceof ReferenceError) return { reason: "not valid YAML: too many or unresolved aliases" };
    throw error;
  }
}

function emptyValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return "the document is `null`";
  if (Array.isArray(value)) return value.length === 0 ? "the document is an empty list" : undefined;
  if (typeof value !== "object") return `the document is a bare ${typeof value}, not an object or a list`;
  return Object.keys(value).length === 0 ? "the document is an empty object" : undefined;
}

/**
 * `JSON.parse` makes `__proto__` an own member, which becomes a prototype as soon as someone copies it by
 * assignment. No provider writes that key, so it is taken out where the text can hold it at all.
 */
function safe(value: unknown, text: string): unknown {
  if (!/__proto__|\\(?:u00|x|U000000)5[fF]/.test(text)) return value;
  const open: unknown[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== "object" || item === null) continue;
    if (Object.hasOwn(item, "__proto__")) Reflect.deleteProperty(item, "__proto__");
    for (const child of Object.values(item))
      if (typeof child === "object" && child !== null) open.push(child);
  }
  return value;
}

function tooDeep(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const child of Object.values(item))
        if (typeof child === "object" && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}
