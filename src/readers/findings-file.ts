import { createHmac, randomBytes } from "node:crypto";
import type { Rejection, SourceDocument } from "../core/estate/index.js";
import {
  createPassList,
  emptyCounts,
  type FindingRow,
  type PassList,
  type ScopeClaims,
  type VexStatement,
  type VulnerabilityFact,
} from "../core/findings/index.js";
import { createCollector, type Collector, type HintByNativeId } from "./findings-collector.js";
import { wholeFileFault, type WholeFile } from "./findings-faults.js";
import type { FindingsInput, LoadFindingsOptions } from "./findings-input.js";
import type { FindingsReader, TranslationContext } from "./findings-reader.js";
import { findingsReaders, textFindingsReaders } from "./findings-registry.js";
import {
  openParts,
  readTableRows,
  sourceLimits,
  tableLayout,
  type Part,
  type SourceLimits,
  type TableLayout,
} from "./findings-source/index.js";
import { readJsonElements, type JsonElement } from "./json-stream/index.js";
import { isObject, text, type JsonObject } from "./json-value.js";
import type { SharedValues } from "./shared-values.js";

export interface FindingsFile {
  readonly input: FindingsInput;
  /** All but the rows that passed. */
  readonly rows: readonly FindingRow[];
  readonly passing: PassList;
  /** What KEV and EPSS say: no rows. */
  readonly facts: readonly VulnerabilityFact[];
  /** What VEX documents say about products. */
  readonly statements: readonly VexStatement[];
  /** Owners that other records of the file name for findings. */
  readonly hints: readonly HintByNativeId[];
  readonly rejected: readonly Rejection[];
  /** What the file could vouch for. */
  readonly claims: ScopeClaims;
}

type OpenPart = Extract<Part, { kind: "part" }>;
type Whole = Omit<WholeFile, "path" | "known" | "records">;

interface Reading {
  readonly options: LoadFindingsOptions;
  readonly limits: SourceLimits;
  readonly collector: Collector;
  readonly context: TranslationContext;
  /** Set when the file may have lost its last rows without a sign. */
  doubtful: boolean;
}

const notRecognised = "the record is not a finding of a known format";
/** Reasons that the fault of a whole file says better. */
const saysNothing = /^the record is not a finding of a known format$|is not an object$/;
/** Values of a run without a key of the installation match within the run and nowhere else. */
const keyOfThisRun = randomBytes(32);

/** Reads one file; an archive gives one result for each file in it. Nothing that a file holds makes it reject. */
export async function* readFindingsFile(
  path: string,
  options: LoadFindingsOptions,
  shared: SharedValues,
): AsyncGenerator<FindingsFile> {
  const limits = { ...sourceLimits, ...options.sourceLimits };
  for await (const part of openParts(path, limits)) {
    yield part.kind === "fault" ? refused(part) : await readPart(part, options, limits, shared);
  }
}

function refused({ path, reason, hint }: Extract<Part, { kind: "fault" }>): FindingsFile {
  const source = { path, digest: "", kind: "unknown" };
  const input = { ...source, bytes: 0, counts: emptyCounts, complete: false };
  return {
    input,
    rows: [],
    passing: createPassList(source),
    facts: [],
    statements: [],
    hints: [],
    rejected: [{ document: path, reason, hint }],
    claims: { document: path, tuples: [], vouched: new Map(), scans: new Map() },
  };
}

async function readPart(
  part: OpenPart,
  options: LoadFindingsOptions,
  limits: SourceLimits,
  shared: SharedValues,
): Promise<FindingsFile> {
  const source: { -readonly [Key in keyof SourceDocument]: SourceDocument[Key] } = {
    path: part.path,
    digest: "",
    kind: "",
  };
  const collector = createCollector(source, options, shared);
  const key = options.secretKey ?? keyOfThisRun;
  const hmac = (secret: string): string => createHmac("sha256", key).update(secret).digest("hex");
  const reading: Reading = {
    options,
    limits,
    collector,
    context: { hmac, comments: [], reference: options.reference },
    doubtful: false,
  };
  const whole = await readForm(part, reading);
  const collected = collector.end();
  const { rows, passing, facts, statements, hints, counts, faults, observedAt } = collected;
  const known = collector.known();
  const kinds = collector.kinds();
  source.digest = part.source.digest();
  source.kind =
    kinds.length > 0 ? kinds.join("+") : (whole.table ?? (whole.lists > 0 ? "empty-list" : "unknown"));
  const fault = wholeFileFault({
    ...whole,
    path: part.path,
    known,
    records: counts.rows,
  });
  const complete = whole.stopped === undefined && fault === undefined && collected.pages.length === 0;
  const pages = collected.pages.map((member): Rejection => ({
    document: part.path,
    reason: `the file is one page of several: \`${member}\` says that there is more; what it holds was used`,
    hint: "export the other pages too",
    used: known,
  }));
  return {
    input: {
      ...source,
      bytes: part.source.rawBytes(),
      counts,
      complete,
      ...(facts.length === 0 ? {} : { facts: facts.length }),
      ...(observedAt === undefined ? {} : { observedAt }),
    },
    rows,
    passing,
    facts,
    statements,
    hints,
    rejected: [...rejections(fault, faults, known), ...pages],
    claims: collected.claims(complete && !reading.doubtful),
  };
}

/** Of a file without one usable record the fault of the file is told, and what is wrong with records beyond that. */
function rejections(
  fault: Rejection | undefined,
  faults: readonly Rejection[],
  known: number,
): readonly Rejection[] {
  if (fault === undefined) return faults;
  if (known > 0) return [...faults, fault];
  const telling = faults.filter((each) => each.line !== undefined && !saysNothing.test(each.reason));
  return telling.length > 0 && fault.line === undefined ? telling : [fault];
}

type FormResult = Whole & { /** Kind of a table by its header. */ readonly table?: string };

/** By the first bytes: JSON, a table whose columns are known, a text that is known; else JSON says what is wrong. */
async function readForm(part: OpenPart, reading: Reading): Promise<FormResult> {
  const head = part.head.toString("utf8");
  if (/^\s*[[{]/.test(head)) return readJson(part, reading);
  const text = textFindingsReaders.find((each) => each.recognises(head));
  if (text !== undefined) return readText(part, reading, text);
  if (/^\s*</.test(head)) return unreadable(part, "the file is XML or HTML of no known format");
  const layout = tableLayout(head);
  if (layout === undefined) return readJson(part, reading);
  if (layout.columns.length > reading.limits.columns)
    return unreadable(
      part,
      `the table has ${layout.columns.length} columns, more than the limit of ${reading.limits.columns}`,
    );
  const empty = Object.fromEntries(layout.columns.map((name) => [name, ""]));
  const reader = findingsReaders.find((each) => each.form === "table" && each.recognises(empty));
  if (reader !== undefined) return readTable(part, reading, layout, reader);
  if (layout.columns.length < 4) return readJson(part, reading);
  const columns = layout.columns.slice(0, 6).map((name) => `\`${name.slice(0, 40)}\``);
  return unreadable(part, `the file is a table of no known format: its columns are ${columns.join(", ")}, …`);
}

/** Members by which the APIs of AWS and others, and the AWS CLI with `--max-items`, say that a list goes on elsewhere. */
const pageMembers = ["NextToken", "nextToken", "next_token"];

async function readJson(part: OpenPart, reading: Reading): Promise<FormResult> {
  const { options, collector, context } = reading;
  let reader: FindingsReader | undefined;
  let current = context;
  const recognises = (record: JsonObject) => (each: FindingsReader) =>
    each.form === "json" && each.recognises(record);
  const onElement = (at: JsonElement): void => {
    const record = at.value;
    if (!isObject(record)) {
      collector.reject(at, "the record is not an object");
      return;
    }
    if (reader?.recognises(record) !== true) reader = findingsReaders.find(recognises(record));
    if (reader === undefined) collector.reject(at, notRecognised);
    else collector.add(reader, record, at, current);
  };
  return readJsonElements(part.source, {
    onElement,
    onEnvelope: (head) => {
      current = isObject(head) ? { ...context, envelope: head } : context;
      for (const name of pageMembers) if (text(head, name) !== undefined) collector.page(name);
    },
    onEnvelopeEnd: (tail) => {
      // What cannot be read may say that there is more.
      if (!isObject(tail)) reading.doubtful = true;
      for (const name of pageMembers) if (text(tail, name) !== undefined) collector.page(name);
    },
    onFault: (fault) => collector.reject(fault, fault.reason),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    onProgress: (bytes) => options.onProgress?.({ path: part.path, bytes, rows: collector.rows() }),
  });
}

async function readTable(
  part: OpenPart,
  reading: Reading,
  layout: TableLayout,
  reader: FindingsReader,
): Promise<FormResult> {
  const { collector, limits, options } = reading;
  const context = { ...reading.context, comments: layout.comments };
  let reported = 0;
  const handlers = {
    row: ({ value, line }: { value: JsonObject; line: number }) =>
      collector.add(reader, value, { line }, context),
    fault: (line: number, reason: string) => collector.reject({ line }, reason),
    onProgress: () => {
      const bytes = part.source.rawBytes();
      if (bytes === reported) return;
      reported = bytes;
      options.onProgress?.({ path: part.path, bytes, rows: collector.rows() });
    },
  };
  const end = await readTableRows(part.source, layout, handlers, limits);
  reading.doubtful = reader.lastLine === "ends" && !end.endsLine;
  const hint = "export the findings again";
  return {
    textBytes: end.bytes,
    lists: 1,
    literals: [],
    table: reader.kind,
    ...(end.stopped === undefined ? {} : { stopped: { ...end.stopped, hint } }),
  };
}

async function readText(
  part: OpenPart,
  { collector, context, limits }: Reading,
  reader: (typeof textFindingsReaders)[number],
): Promise<FormResult> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of part.source.chunks) {
    bytes += chunk.length;
    if (bytes > limits.textBytes) break;
    chunks.push(chunk);
  }
  const problem =
    bytes > limits.textBytes
      ? { reason: `holds more than the limit of ${limits.textBytes} bytes of text`, hint: "split the file" }
      : part.source.fault();
  // Half of such a text is no document: nothing of it is believed.
  if (problem !== undefined) return { textBytes: bytes, lists: 0, literals: [], refused: problem };
  collector.add(reader, Buffer.concat(chunks).toString("utf8"), {}, context);
  return { textBytes: bytes, lists: 1, literals: [] };
}

/** Read to its end for its digest, and refused as a whole. */
async function unreadable(part: OpenPart, reason: string): Promise<FormResult> {
  let bytes = 0;
  for await (const chunk of part.source.chunks) bytes += chunk.length;
  const hint = "docs/formats.md lists what is read";
  return { textBytes: bytes, lists: 0, literals: [], refused: { reason, hint } };
}
