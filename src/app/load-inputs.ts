import { emptyCounts, type Exposure, type FindingCounts } from "../core/findings/index.js";
import {
  createEstate,
  emptyFacts,
  type Estate,
  type MissingFact,
  type Rejection,
} from "../core/estate/index.js";
import { departuresOf, withDepartures, withPolicy, type Catalogue } from "../core/accountability/index.js";
import type { Input } from "../core/decision/index.js";
import type { LoadedEstate, LoadedFindings, ReferenceData } from "../readers/index.js";

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
  /** `REMIT_SECRET_KEY`: equal secrets of different runs match under it. */
  readonly secretKey?: string;
  /** Keep the rows of findings too, for a store: `findingRows`. */
  readonly keepRows?: boolean;
  /** The documents of `estate`, read before. */
  readonly readEstate?: LoadedEstate;
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
  /** What the findings leave open, beside what the cases miss. */
  readonly missing: readonly MissingFact[];
  readonly reference: ReferenceData;
  /** Absent where no document of an estate was given. */
  readonly readEstate?: LoadedEstate;
  /** With `keepRows`. */
  readonly findingRows?: LoadedFindings;
  /** Lines of the catalogue by pointer, for what developers are sent to. */
  readonly catalogueLine?: (pointer: string) => number | undefined;
}

/** What comes with the product does not change while it runs. */
let shared: ReferenceData | undefined;

/** Reads the documents of a question. Bad input is in `rejected`; nothing throws for what a file holds. */
export async function loadInputs(options: InputOptions): Promise<LoadedInputs> {
  const readers = await import("../readers/index.js");
  const say = options.onProgress ?? (() => undefined);
  const reference = (shared ??= readers.loadReferenceData());
  const secretKey = options.secretKey === undefined ? undefined : readers.secretKeyOf(options.secretKey);
  const estate =
    options.estate.length === 0
      ? undefined
      : (options.readEstate ??
        (await readers.loadEstate(options.estate, {
          now: options.now,
          ...(options.account === undefined ? {} : { accountHint: options.account }),
          onProgress: (done, total, path) => say(`reading ${done + 1} of ${total} documents: ${path}`),
        })));
  const findings =
    options.findings.length === 0
      ? undefined
      : await readers.loadFindings(options.findings, {
          reference: reference.checks,
          ...(secretKey === undefined ? {} : { secretKey }),
          ...(options.keepRows === true ? { keepRows: true } : {}),
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
  const attested = catalogue?.catalogue;
  const departures =
    attested === undefined || estate === undefined ? [] : departuresOf(attested, estate.estate, options.now);
  for (const { person, entry } of departures)
    options.onNotice?.(
      `\`${person.id}\` has left, says ${entry.origin.source.path}: they answer for nothing; write \`active: false\` in the catalogue and name somebody else`,
    );
  const named = attested === undefined ? undefined : withDepartures(attested, departures);
  const policy = options.policy === undefined ? undefined : await readers.loadPolicy(options.policy);
  const readAsEstate = new Set((estate?.inputs ?? []).map((input) => input.document));
  const readAsFindings = new Set((findings?.inputs ?? []).map((input) => input.path));
  return {
    estate: estate?.estate ?? createEstate(emptyFacts),
    exposures: findings?.exposures ?? [],
    counts: findings?.counts ?? emptyCounts,
    findingFiles: findings?.inputs.length ?? 0,
    catalogue: policy?.policy === undefined ? named : withPolicy(named, policy.policy),
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
    missing: missingKey(findings?.unkeyedSecrets ?? 0),
    reference,
    ...(estate === undefined ? {} : { readEstate: estate }),
    ...(options.keepRows === true && findings !== undefined ? { findingRows: findings } : {}),
    ...(catalogue?.lineOf === undefined ? {} : { catalogueLine: catalogue.lineOf }),
  };
}

/** Without a key of the installation nobody can say whether a secret is one that was found before. */
function missingKey(secrets: number): readonly MissingFact[] {
  if (secrets === 0) return [];
  const what =
    secrets === 1 ? "the secret of 1 finding was" : `the secrets of ${String(secrets)} findings were`;
  return [
    {
      key: "secret-key|installation",
      fact: `whether ${what} found in an earlier run: without a key they match only within this one`,
      collect: "set REMIT_SECRET_KEY to at least 32 random characters, the same for every run",
    },
  ];
}
