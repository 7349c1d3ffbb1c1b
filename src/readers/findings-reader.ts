import type { FindingDraft } from "../core/findings/index.js";
import type { JsonObject } from "./json-value.js";

/** One record of a tool's output: a draft per resource it names, or the reason why it cannot be used. */
export type FindingTranslation = { readonly drafts: readonly FindingDraft[] } | { readonly reason: string };

/** Reads the records of one format. One folder each; registered by one line in `findings-registry.ts`. */
export interface FindingsReader {
  /** e.g. `prowler-ocsf`. Stable: shown to users and stored in `SourceDocument.kind`. */
  readonly kind: string;
  /** In words, for listings: `Prowler findings (OCSF)`. */
  readonly title: string;
  /** By the content of the record alone. Asked once per record, so it must be cheap. */
  recognises(record: JsonObject): boolean;
  translate(record: JsonObject): FindingTranslation;
}
