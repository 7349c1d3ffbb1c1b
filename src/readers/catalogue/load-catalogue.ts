import { readFile, stat } from "node:fs/promises";
import type { Catalogue, PolicySwitches } from "../../core/accountability/index.js";
import type { Origin, Rejection, SourceDocument } from "../../core/estate/index.js";
import { escapePointer, textPositions } from "../drafting/index.js";
import { readDocument, type DocumentLimits } from "../read-document.js";
import type { ParsedDocument } from "../document.js";
import type { Fault } from "./faults.js";
import { readCatalogue, readPolicyDocument } from "./read-catalogue.js";
import { danglingCommanders, danglingReferences, expiredLines } from "./references.js";

/** Written by hand: megabytes mean that something else was given. */
export const catalogueLimits: DocumentLimits = { bytes: 20_000_000, depth: 50, yamlBytes: 20_000_000 };
const maxFaults = 200;

export interface LoadedCatalogue {
  /** Absent when nothing of the file could be used. */
  readonly catalogue?: Catalogue;
  /** Entries left out, and names that lead nowhere. */
  readonly rejected: readonly Rejection[];
  /** Lines that were read and have ended; only where `now` was given. */
  readonly notices: readonly Rejection[];
  readonly source: SourceDocument;
  /** The line on which the entry of a pointer begins; undefined where the file has no such entry. */
  readonly lineOf?: (pointer: string) => number | undefined;
}

export interface LoadedPolicy {
  readonly policy?: PolicySwitches;
  readonly rejected: readonly Rejection[];
  readonly source: SourceDocument;
}

/** Reads a catalogue from a YAML or JSON file. Never throws for what is in the file, or for a missing one. */
export async function loadCatalogue(
  path: string,
  options: { readonly now?: string } = {},
): Promise<LoadedCatalogue> {
  const file = await open(path, "catalogue");
  if ("rejected" in file) return { ...file, notices: [] };
  const { document, source } = file;
  const origin: Origin = { source };
  const reading = readCatalogue(document.value, origin);
  const { catalogue } = reading;
  const dangling =
    catalogue === undefined ? [] : [...danglingReferences(catalogue), ...danglingCommanders(catalogue)];
  const ended =
    catalogue === undefined || options.now === undefined ? [] : expiredLines(catalogue, options.now);
  return {
    ...(catalogue === undefined ? {} : { catalogue }),
    rejected: placed(document, [...reading.faults, ...dangling], reading.used),
    notices: placed(document, ended, reading.used),
    source,
    lineOf: linesOf(document.text),
  };
}

/** Reads the `policy:` block of a file of its own (`--policy FILE`). */
export async function loadPolicy(path: string): Promise<LoadedPolicy> {
  const file = await open(path, "policy");
  if ("rejected" in file) return file;
  const { policy, faults } = readPolicyDocument(file.document.value);
  return {
    ...(policy === undefined ? {} : { policy }),
    rejected: placed(file.document, faults, policy === undefined ? 0 : Object.keys(policy).length),
    source: file.source,
  };
}

async function open(
  path: string,
  kind: string,
): Promise<
  | { readonly document: ParsedDocument; readonly source: SourceDocument }
  | { readonly rejected: readonly Rejection[]; readonly source: SourceDocument }
> {
  const shown = path.replaceAll("\\", "/");
  const none: SourceDocument = { path: shown, digest: "", kind };
  const refuse = (rejection: Rejection): { rejected: readonly Rejection[]; source: SourceDocument } => ({
    rejected: [rejection],
    source: none,
  });
  let bytes: Buffer;
  let observedAt: string;
  try {
    const info = await stat(path);
    if (info.isDirectory())
      return refuse({
        document: shown,
        reason: `\`${shown}\` is a directory`,
        hint: `name the ${kind} file`,
      });
    if (info.size > catalogueLimits.bytes)
      return refuse({
        document: shown,
        reason: `\`${shown}\` is larger than 20 MB`,
        hint: `give a ${kind} file, not an export`,
      });
    observedAt = info.mtime.toISOString();
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return refuse({
      document: shown,
      reason: code === "ENOENT" ? `\`${shown}\` does not exist` : `\`${shown}\` cannot be read (${code})`,
      hint: "check the path",
    });
  }
  const read = readDocument({ path: shown, bytes, observedAt }, catalogueLimits);
  if (read.kind === "rejected") return refuse(withColumn(read.rejection, bytes));
  const { document } = read;
  if (document.format !== "yaml" && document.format !== "json")
    return refuse({
      document: shown,
      reason: `a ${kind} is YAML or JSON, this is ${document.format}`,
      hint: "see docs/catalogue.md",
    });
  return { document, source: { ...document.source, kind } };
}

function linesOf(text: string): (pointer: string) => number | undefined {
  const positions = textPositions(text);
  return (pointer) =>
    positions(
      pointer
        .split("/")
        .slice(1)
        .map((part) =>
          /^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~"),
        ),
    )?.line;
}

/** A fault of syntax has an offset; people look for line and column. */
function withColumn(rejection: Rejection, bytes: Buffer): Rejection {
  if (rejection.offset === undefined || rejection.column !== undefined) return rejection;
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  return { ...rejection, column: rejection.offset - text.lastIndexOf("\n", rejection.offset - 1) };
}

function placed(document: ParsedDocument, faults: readonly Fault[], used: number): readonly Rejection[] {
  const positions = textPositions(document.text);
  const shown = faults.slice(0, maxFaults).map((fault): Rejection => ({
    document: document.source.path,
    pointer: fault.path.map((part) => `/${escapePointer(String(part))}`).join(""),
    ...positions(fault.path),
    reason: fault.reason,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
    used,
  }));
  const more = faults.length - shown.length;
  if (more === 0) return shown;
  return [
    ...shown,
    { document: document.source.path, reason: `${String(more)} more faults are not listed`, used },
  ];
}
