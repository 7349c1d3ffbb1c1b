import type { Origin, Rejection, SourceDocument } from "../core/estate/index.js";
import {
  bucketOf,
  createPassList,
  createScopeCollector,
  createTally,
  normaliseFinding,
  normalisePassed,
  type FindingCounts,
  type FindingDraft,
  type FindingRow,
  type OwnerHint,
  type PassedFinding,
  type PassList,
  type ScopeClaims,
  type VexStatement,
  type VulnerabilityFact,
} from "../core/findings/index.js";
import { faultList, type RecordPlace } from "./findings-faults.js";
import type { LoadFindingsOptions } from "./findings-input.js";
import type { FindingTranslation, TranslationContext } from "./findings-reader.js";
import type { SharedValues } from "./shared-values.js";

export interface HintByNativeId {
  readonly nativeId: string;
  readonly hint: OwnerHint;
}

/** What the records of one file come to. */
export interface Collected {
  readonly rows: readonly FindingRow[];
  readonly passing: PassList;
  readonly facts: readonly VulnerabilityFact[];
  readonly statements: readonly VexStatement[];
  readonly hints: readonly HintByNativeId[];
  readonly counts: FindingCounts;
  readonly faults: readonly Rejection[];
  /** Members that say that a document is one page of several. */
  readonly pages: readonly string[];
  readonly observedAt?: string;
  claims(complete: boolean): ScopeClaims;
}

/** What the collector needs of any reader, whatever its form. */
interface Translates<Record> {
  readonly kind: string;
  readonly asserts?: "nothing";
  translate(record: Record, context: TranslationContext): FindingTranslation;
}

export interface Collector {
  /** A record of a known format. */
  add<Record>(reader: Translates<Record>, record: Record, at: RecordPlace, context: TranslationContext): void;
  reject(at: RecordPlace, reason: string): void;
  /** The document says by this member that it is one page of several. */
  page(member: string): void;
  /** Records of a known format so far. */
  known(): number;
  kinds(): readonly string[];
  rows(): number;
  end(): Collected;
}

/** The digest of a file is known at its end, so the origins of its rows share one source that is completed then. */
export function createCollector(
  source: SourceDocument,
  options: LoadFindingsOptions,
  shared: SharedValues,
): Collector {
  const rows: FindingRow[] = [];
  const passing = createPassList(source);
  const facts: VulnerabilityFact[] = [];
  const statements: VexStatement[] = [];
  const hints: HintByNativeId[] = [];
  const tally = createTally();
  const scope = createScopeCollector();
  const faults = faultList(source.path);
  const kinds = new Set<string>();
  const pages = new Set<string>();
  let known = 0;
  let observedAt: string | undefined;

  const reject = (at: RecordPlace, reason: string): void => {
    tally.add("rejected");
    faults.add(at, reason);
  };

  /** One row of the file: its drafts are about different resources. */
  function row(drafts: readonly FindingDraft[], origin: Origin, asserts: boolean): void {
    let first: PassedFinding | undefined;
    for (const draft of drafts) {
      let known: PassedFinding;
      if (draft.result === "pass") {
        known = normalisePassed(draft, options.reference);
        passing.add(known, shared.text(known.resource), origin);
      } else {
        const finding = normaliseFinding(draft, options.reference);
        known = finding;
        rows.push(shared.row(finding, origin));
      }
      first ??= known;
      if (asserts) scope.add(known);
      if (known.observedAt !== undefined && known.observedAt > (observedAt ?? ""))
        observedAt = known.observedAt;
    }
    if (first !== undefined) tally.add(bucketOf(first.result, first.weakness.class));
  }

  return {
    add(reader, record, at, context) {
      known += 1;
      kinds.add(reader.kind);
      const asserts = reader.asserts !== "nothing";
      const translation = reader.translate(record, context);
      if ("drafts" in translation) row(translation.drafts, originOf(source, at), asserts);
      else if ("reason" in translation) reject(at, translation.reason);
      else {
        for (const fact of translation.facts ?? []) facts.push(fact);
        for (const statement of translation.statements ?? []) statements.push(statement);
        for (const each of translation.rows) {
          const place = { ...at, pointer: (at.pointer ?? "") + each.pointer };
          if ("reason" in each) reject(place, each.reason);
          else row(each.drafts, originOf(source, place), asserts);
        }
        for (const each of translation.hints ?? []) hints.push(each);
        if (translation.more !== undefined) pages.add(translation.more);
      }
    },
    reject,
    page: (member) => void pages.add(member),
    known: () => known,
    kinds: () => [...kinds].sort(),
    rows: () => tally.counts().rows,
    end: () => ({
      rows,
      passing,
      facts,
      statements,
      hints,
      counts: tally.counts(),
      faults: faults.list(),
      pages: [...pages].sort(),
      ...(observedAt === undefined ? {} : { observedAt }),
      claims: (complete) => scope.claims(source.path, complete),
    }),
  };
}

/** A line says which value of the file a pointer is meant in: of JSON lines, or of values written one after the other. */
function originOf(source: SourceDocument, { pointer = "", line, document = 0 }: RecordPlace): Origin {
  if (pointer === "") return line === undefined ? { source } : { source, line };
  return document === 0 || line === undefined ? { source, pointer } : { source, pointer, line };
}
