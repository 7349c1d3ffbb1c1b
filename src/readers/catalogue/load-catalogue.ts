import { readFile, stat } from "node:fs/promises";
import type { Catalogue, PolicySwitches } from "../../core/accountability/index.js";
import type { Estate, Origin, Rejection, SourceDocument } from "../../core/estate/index.js";
import { escapePointer, textPositions } from "../drafting/index.js";
import { readDocument, type DocumentLimits } from "../read-document.js";
import type { ParsedDocument } from "../document.js";
import { adviceOn } from "./advice.js";
import { contradictions } from "./contradictions.js";
import { adviceAgainst } from "./estate-advice.js";
import type { Fault } from "./faults.js";
import { readCatalogue, readPolicyDocument } from "./read-catalogue.js";
import { danglingReferences } from "./references.js";
import { syntaxFault } from "./syntax-fault.js";
import { yamlFault } from "./yaml-faults.js";

/** Written by hand: megabytes mean that something else was given. */
export const catalogueLimits: DocumentLimits = { bytes: 20_000_000, depth: 50, yamlBytes: 20_000_000 };
const maxFaults = 200;

export interface LoadedCatalogue {
  /** Absent when nothing of the file could be used. */
  readonly catalogue?: Catalogue;
  /** Entries left out, names that lead nowhere, entries that contradict each other. */
  readonly rejected: readonly Rejection[];
  /** Lines that say less than they seem to: ended, one-sided, about nothing that exists. Those of time only with `now`. */
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

/**
 * Reads a catalogue from a YAML or JSON file. Never throws for what is in the file, or for a missing one. With an
 * `estate` its identities and accounts are compared with the names of the catalogue.
 */
export async function loadCatalogue(
  path: string,
  options: { readonly now?: string; readonly estate?: Estate } = {},
): Promise<LoadedCatalogue> {
  const file = await open(path, "catalogue");
  if ("rejected" in file) return { ...file, notices: [] };
  const { document, source } = file;
  const origin: Origin = { source };
  const reading = readCatalogue(document.value, origin);
  const { catalogue } = reading;
  const dangling =
    catalogue === undefined
      ? []
      : [...danglingReferences(catalogue, reading.leftOut), ...contradictions(catalogue)];
  const advice =
    catalogue === undefined
      ? []
      : [
          ...(options.now === undefined ? [] : adviceOn(catalogue, options.now)),
          ...adviceAgainst(catalogue, options.estate),
        ];
  return {
    ...(catalogue === undefined ? {} : { catalogue }),
    rejected: placed(document, [...reading.faults, ...dangling]),
    notices: placed(document, advice),
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
    rejected: placed(file.document, faults),
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
  if (read.kind === "rejected") return refuse(syntaxFault(read.rejection, bytes));
  const { document } = read;
  if (document.format !== "yaml" && document.format !== "json")
    return refuse({
      document: shown,
      line: 1,
      column: 1,
      reason: `a ${kind} is YAML or JSON, this is ${document.format}`,
      hint: `begin with \`version: 1\`; docs/catalogue.md shows a whole one`,
    });
  const broken = document.format === "yaml" ? yamlFault(document.text, false) : undefined;
  if (broken !== undefined) return refuse({ document: shown, ...broken });
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

/** Faults with their places, in the order in which somebody mends the file. */
function placed(document: ParsedDocument, faults: readonly Fault[]): readonly Rejection[] {
  const positions = textPositions(document.text);
  const elsewhere = ({ other }: Fault): string => {
    const line = other === undefined ? undefined : positions(other)?.line;
    return line === undefined ? "" : `, on line ${String(line)}`;
  };
  const all = faults.map((fault): Rejection => ({
    document: document.source.path,
    pointer: fault.path.map((part) => `/${escapePointer(String(part))}`).join(""),
    ...positions(fault.path),
    reason: fault.reason + elsewhere(fault),
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  }));
  all.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const more = all.length - maxFaults;
  if (more <= 0) return all;
  return [
    ...all.slice(0, maxFaults),
    { document: document.source.path, reason: `${String(more)} more faults are not listed` },
  ];
}
