import { emptyCounts, type Exposure, type FindingCounts } from "../core/findings/index.js";
import { createEstate, emptyFacts, type Estate, type Rejection } from "../core/estate/index.js";
import { withPolicy, type Catalogue } from "../core/accountability/index.js";
import type { Input } from "../core/decision/index.js";
import type { ReferenceData } from "../readers/index.js";

export interface InputOptions {
  /** Files, folders, patterns, `-`. */
  readonly estate: readonly string[];
  readonly findings: readonly string[];
  readonly catalogue?: string;
  /** Switches that replace those of the catalogue. */
  readonly policy?: string;
  /** ISO instant. */
  readonly now: string;
  /** Twelve digits, for documents that do not name their account. */
  readonly account?: string;
  readonly onProgress?: (text: string) => void;
  /** Lines worth knowing that are no fault: catalogue entries that have ended. */
  readonly onNotice?: (text: string) => void;
}

/** Everything that was read, before any question is asked of it. */
export interface LoadedInputs {
  readonly estate: Estate;
  readonly exposures: readonly Exposure[];
  readonly counts: FindingCounts;
  readonly findingFiles: number;
  readonly catalogue: Catalogue | undefined;
  readonly inputs: readonly Input[];
  readonly rejected: readonly Rejection[];
  readonly reference: ReferenceData;
  /** Lines of the catalogue by pointer, for what developers are sent to. */
  readonly catalogueLine?: (pointer: string) => number | undefined;
}

/** Reads the documents of a question. Bad input is in `rejected`; nothing throws for what a file holds. */
export async function loadInputs(options: InputOptions): Promise<LoadedInputs> {
  const readers = await import("../readers/index.js");
  const say = options.onProgress ?? (() => undefined);
  const reference = readers.loadReferenceData();
  const estate =
    options.estate.length === 0
      ? undefined
      : await readers.loadEstate(options.estate, {
          now: options.now,
          ...(options.account === undefined ? {} : { accountHint: options.account }),
          onProgress: (done, total, path) => say(`reading ${done + 1} of ${total} documents: ${path}`),
        });
  const findings =
    options.findings.length === 0
      ? undefined
      : await readers.loadFindings(options.findings, {
          reference: reference.checks,
          onProgress: ({ path, rows }) => say(`reading findings: ${path}, ${rows} rows`),
        });
  const catalogue =
    options.catalogue === undefined
      ? undefined
      : await readers.loadCatalogue(options.catalogue, {
          now: options.now,
          ...(estate === undefined ? {} : { estate: estate.estate }),
        });
  for (const { document, line, column, reason, hint } of catalogue?.notices ?? []) {
    const place = line === undefined ? "" : ` line ${String(line)} column ${String(column ?? 1)}`;
    options.onNotice?.(`${document}${place}: ${reason}${hint === undefined ? "" : `; ${hint}`}`);
  }
  const policy = options.policy === undefined ? undefined : await readers.loadPolicy(options.policy);
  const readAsEstate = new Set((estate?.inputs ?? []).map((input) => input.document));
  const readAsFindings = new Set((findings?.inputs ?? []).map((input) => input.path));
  return {
    estate: estate?.estate ?? createEstate(emptyFacts),
    exposures: findings?.exposures ?? [],
    counts: findings?.counts ?? emptyCounts,
    findingFiles: findings?.inputs.length ?? 0,
    catalogue:
      policy?.policy === undefined ? catalogue?.catalogue : withPolicy(catalogue?.catalogue, policy.policy),
    inputs: [
      ...(estate?.inputs ?? []).map(({ document, kind, digest, entities, observedAt }): Input => ({
        document,
        kind,
        role: "estate",
        digest,
        entities,
        ...(observedAt === undefined ? {} : { observedAt }),
      })),
      ...(findings?.inputs ?? []).map(({ path, kind, digest, counts, observedAt }): Input => ({
        document: path,
        kind,
        role: "findings",
        digest,
        entities: { rows: counts.rows },
        ...(observedAt === undefined ? {} : { observedAt }),
      })),
      ...(catalogue?.catalogue === undefined
        ? []
        : [
            {
              document: catalogue.source.path,
              kind: "remit-catalogue",
              role: "catalogue" as const,
              digest: catalogue.source.digest,
              entities: {
                people: catalogue.catalogue.people.length,
                teams: catalogue.catalogue.teams.length,
                workloads: catalogue.catalogue.workloads.length,
                authorities: catalogue.catalogue.authorities.length,
              },
            },
          ]),
      ...(policy?.policy === undefined
        ? []
        : [
            {
              document: policy.source.path,
              kind: "remit-policy",
              role: "policy" as const,
              digest: policy.source.digest,
              entities: { switches: Object.keys(policy.policy).length },
            },
          ]),
    ],
    rejected: [
      ...(estate?.rejected ?? []),
      // The same folder may be given for both: what one side reads is no fault of the other.
      ...(estate?.notEstate ?? [])
        .filter(({ document }) => !readAsFindings.has(document) && document !== options.catalogue)
        .map(({ document }): Rejection => ({
          document,
          reason: "is no estate document that is known",
          hint: "findings go to --findings, a catalogue to --catalogue",
        })),
      ...(findings?.rejected ?? []).filter(
        ({ document, pointer, line }) =>
          !(readAsEstate.has(document) && pointer === undefined && line === undefined),
      ),
      ...(catalogue?.rejected ?? []),
      ...(policy?.rejected ?? []),
    ].sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0)),
    reference,
    ...(catalogue?.lineOf === undefined ? {} : { catalogueLine: catalogue.lineOf }),
  };
}
