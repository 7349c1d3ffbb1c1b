import type {
  CheckReference,
  FindingDraft,
  OwnerHint,
  VexStatement,
  VulnerabilityFact,
} from "../core/findings/index.js";
import type { JsonObject } from "./json-value.js";

/** A row inside a record that holds many: where it stands in the record (RFC 6901), and what it says. */
export type TranslatedRow = { readonly pointer: string } & (
  { readonly drafts: readonly FindingDraft[] } | { readonly reason: string }
);

/**
 * One record of a tool's output: a draft per resource it names; or the reason why it cannot be used (an unsupported
 * version is one); or, where the record is a document of its own, its rows and what it tells beside them. A document
 * with no rows is a statement: the tool ran and found nothing.
 */
export type FindingTranslation =
  | { readonly drafts: readonly FindingDraft[] }
  | { readonly reason: string }
  | {
      readonly rows: readonly TranslatedRow[];
      readonly facts?: readonly VulnerabilityFact[];
      /** What the document says about products: it mutes rows of other documents. */
      readonly statements?: readonly VexStatement[];
      /** The member that says that this document is one page of several: what it does not list is elsewhere. */
      readonly more?: string;
      /** Whom another record of the same import names for a finding, by the tool's id of it (any case). */
      readonly hints?: readonly { readonly nativeId: string; readonly hint: OwnerHint }[];
    };

export interface TranslationContext {
  /** Keyed HMAC of a secret value, hex. What a reader gets to know of secrets leaves it only in this form. */
  readonly hmac: (secret: string) => string;
  /**
   * The members that stand before the list in an envelope such as `{"meta": …, "findings": [` whose members are the
   * records; undefined for records that stand alone.
   */
  readonly envelope?: JsonObject;
  /** Lines that start with `#` before the header of a table, without the sign. */
  readonly comments: readonly string[];
  /** What is known about checks of Prowler and controls of Security Hub. */
  readonly reference?: CheckReference;
}

/** What a format is, for people: docs/formats.md is written from it. */
export interface FormatDescription {
  /** `4.x and 5.x`, `2.1.0` */
  readonly versions: string;
  /** How the records come: `list; JSON lines; {"Findings": […]}`. */
  readonly envelopes: string;
  /** What is used. */
  readonly reads: readonly string[];
  /** What is not, and why where that matters. */
  readonly ignores: readonly string[];
  /** Set where no licensed sample exists: what the fixture was written from. */
  readonly fixture?: string;
}

interface Described {
  /** e.g. `prowler-ocsf`. Stable: shown to users and stored in `SourceDocument.kind`. */
  readonly kind: string;
  /** In words, for listings: `Prowler findings (OCSF)`. */
  readonly title: string;
  readonly about: FormatDescription;
  /**
   * `nothing`: rows that passed prove a fix, but the document is a list of issues, not the result of a scan, so that
   * what it does not list may be anything. Absent: a file with rows that passed vouches for what it lists.
   */
  readonly asserts?: "nothing";
}

/**
 * Reads the records of one format. One folder each; registered by one line in `findings-registry.ts`. JSON records are
 * the members of a list or of `findings` in an envelope, else every top-level object (a document read as a whole, up
 * to the limit). Records of a table are its rows, an object of texts by the names of the columns.
 */
export interface FindingsReader extends Described {
  readonly form: "json" | "table";
  /**
   * By the content of the record alone. Asked once per record, so it must be cheap. For tables it is first asked with
   * all columns empty: judge by the names of the columns.
   */
  recognises(record: JsonObject): boolean;
  translate(record: JsonObject, context: TranslationContext): FindingTranslation;
  /**
   * Tables whose writer always ends the last row with a line break: a file without it was cut. `unknown`: a table may
   * end with its last value.
   */
  readonly lastLine?: "ends" | "unknown";
}

/** Reads a format that is neither JSON nor a table (XML, tag-value), from the whole text. */
export interface TextFindingsReader extends Described {
  readonly form: "text";
  /** By the first 64 KB. */
  recognises(head: string): boolean;
  /** `pointer` of its rows may be `""`; give `line` in the reason of a row that cannot be used. */
  translate(text: string, context: TranslationContext): FindingTranslation;
}
