import type { SourceDocument } from "../core/estate/index.js";

/** A file after decoding: bytes are already text (BOM removed, UTF-16 and gzip undone) and parsed where it has a structure. */
export interface ParsedDocument {
  readonly source: Omit<SourceDocument, "kind">;
  readonly format: "json" | "json-lines" | "yaml" | "csv" | "text";
  /** json: the value. json-lines: an array of the line values. yaml: the first document. csv: array of row objects. text: undefined, except for an error that the AWS CLI printed (`{Error: {Code, Message, Operation}}`). */
  readonly value: unknown;
  readonly text: string;
  /** 1-based line of each record, for json-lines and csv. */
  readonly lines?: readonly number[];
}
