import type { Origin, Rejection, SourceDocument } from "../core/estate/index.js";
import {
  bucketOf,
  createScopeCollector,
  createTally,
  normaliseFinding,
  type AssertedScope,
  type Finding,
  type FindingRow,
  type SeenPassing,
} from "../core/findings/index.js";
import { findingsReaders } from "./findings-registry.js";
import type { FindingsReader } from "./findings-reader.js";
import {
  readJsonElements,
  type JsonElement,
  type JsonStreamResult,
  type RawElement,
} from "./json-stream/index.js";
import { isObject } from "./json-value.js";
import type { FindingsInput, LoadFindingsOptions } from "./findings-input.js";

export interface FindingsFile {
  readonly input: FindingsInput;
  /** All but the rows that passed. */
  readonly rows: readonly FindingRow[];
  readonly passing: readonly SeenPassing[];
  readonly rejected: readonly Rejection[];
  readonly scopes: readonly AssertedScope[];
}

/** Faulty rows that are named one by one; the rest of a file is one line with their number. */
const namedFaults = 20;
const notRecognised = "the record is not a finding of a known format";

/** Reads one file. The digest is known at its end, so origins share one source that is completed then. */
export async function readFindingsFile(path: string, options: LoadFindingsOptions): Promise<FindingsFile> {
  const source = { path, digest: "", kind: "" } satisfies SourceDocument;
  const rows: FindingRow[] = [];
  const passing: SeenPassing[] = [];
  const tally = createTally();
  const scope = createScopeCollector();
  const faults = faultList(path);
  const kinds = new Set<string>();
  let reader: FindingsReader | undefined;
  let known = 0;
  let observedAt: string | undefined;

  const reject = (at: RawElement, reason: string): void => {
    tally.add("rejected");
    faults.add(at, reason);
  };

  function element(at: JsonElement): void {
    const record = at.value;
    if (!isObject(record)) {
      reject(at, "the record is not an object");
      return;
    }
    if (reader?.recognises(record) !== true) reader = findingsReaders.find((each) => each.recognises(record));
    if (reader === undefined) {
      reject(at, notRecognised);
      return;
    }
    known += 1;
    kinds.add(reader.kind);
    const translation = reader.translate(record);
    if ("reason" in translation) {
      reject(at, translation.reason);
      return;
    }
    const origin = originOf(source, at);
    let first: Finding | undefined;
    for (const draft of translation.drafts) {
      const finding = normaliseFinding(draft, options.reference);
      first ??= finding;
      scope.add(finding);
      if (finding.observedAt !== undefined && finding.observedAt > (observedAt ?? ""))
        observedAt = finding.observedAt;
      if (finding.result === "pass") passing.push(seenPassing(finding, origin));
      else rows.push({ ...finding, origin });
    }
    if (first !== undefined) tally.add(bucketOf(first.result, first.weakness.class));
  }

  const stream = await readJsonElements(path, {
    onElement: element,
    onFault: (fault) => reject(fault, fault.reason),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    onProgress: (bytes) => options.onProgress?.({ path, bytes, rows: tally.counts().rows }),
  });
  source.digest = stream.digest;
  source.kind = kinds.size > 0 ? [...kinds].sort().join("+") : stream.lists > 0 ? "empty-list" : "unknown";
  const whole = wholeFileFault(path, stream, known, tally.counts().rows);
  const complete = stream.stopped === undefined && whole === undefined;
  return {
    input: {
      ...source,
      bytes: stream.rawBytes,
      counts: tally.counts(),
      complete,
      ...(observedAt === undefined ? {} : { observedAt }),
    },
    rows,
    passing,
    rejected: whole === undefined ? faults.list() : known === 0 ? [whole] : [...faults.list(), whole],
    scopes: scope.scopes(path, complete),
  };
}

/** A line says which value of the file a pointer is meant in: of JSON lines, or of values written one after the other. */
function originOf(source: SourceDocument, at: RawElement): Origin {
  if (at.pointer === "") return { source, line: at.line };
  return at.document === 0 ? { source, pointer: at.pointer } : { source, pointer: at.pointer, line: at.line };
}

/** What verification needs of a row that passed; the record itself is let go. */
const seenPassing = (finding: Finding, origin: Origin): SeenPassing => ({
  tool: finding.tool,
  provider: finding.provider,
  check: finding.check,
  resource: finding.resource,
  subLocator: finding.subLocator,
  ...(finding.region === undefined ? {} : { region: finding.region }),
  weakness: finding.weakness.id,
  ...(finding.observedAt === undefined ? {} : { observedAt: finding.observedAt }),
  origin,
});

/** What is wrong with the file as a whole. An empty list is a result; an empty file is not (pitfall 13). */
function wholeFileFault(
  path: string,
  stream: JsonStreamResult,
  known: number,
  rows: number,
): Rejection | undefined {
  const [literal] = stream.literals;
  if (stream.stopped !== undefined) {
    const { reason, hint, line, offset } = stream.stopped;
    return {
      document: path,
      line,
      offset,
      reason: `${reason}; what stands before it was used`,
      hint,
      used: known,
    };
  }
  if (stream.textBytes === 0) {
    return {
      document: path,
      reason: "the file is empty: no finding, and no sign that the tool ran",
      hint: "run the tool again",
    };
  }
  if (rows === 0 && literal !== undefined) {
    return {
      document: path,
      reason: `the file holds only \`${literal}\`: no finding, and no sign that the tool ran`,
      hint: "run the tool again",
    };
  }
  if (literal !== undefined && literal !== "null") {
    return {
      document: path,
      reason: `\`${literal}\` stands beside the records`,
      hint: "export the findings again",
      used: known,
    };
  }
  if (rows === 0 && stream.lists === 0) {
    return { document: path, reason: "the file holds no JSON", hint: "export the findings as JSON" };
  }
  if (rows > 0 && known === 0) {
    return {
      document: path,
      reason: `none of its ${rows} records is a finding of a known format`,
      hint: `known are: ${findingsReaders.map((each) => each.title).join(", ")}`,
    };
  }
  return undefined;
}

function faultList(document: string) {
  const named: Rejection[] = [];
  let more = 0;
  return {
    add({ pointer, line, offset }: RawElement, reason: string): void {
      if (named.length < namedFaults) {
        named.push({ document, ...(pointer === "" ? {} : { pointer }), line, offset, reason });
      } else more += 1;
    },
    list: (): readonly Rejection[] =>
      more === 0
        ? named
        : [
            ...named,
            { document, reason: `${more} more records could not be used`, hint: "mend the first ones" },
          ],
  };
}
