import type { Rejection } from "../../core/estate/index.js";

/** What whoever sent documents is told when they were analysed. */
export interface ImportResult {
  readonly documents: number;
  /** Digest of the analysis document. */
  readonly analysis: string;
  readonly opened: readonly string[];
  readonly redecided: readonly string[];
  readonly verified: readonly string[];
  readonly refused: readonly { readonly case: string; readonly rule: string; readonly text: string }[];
  readonly rejected: readonly Rejection[];
}
