/** Something that was supplied and could not be used: named, placed, explained; never dropped in silence. */
export interface Rejection {
  readonly document: string;
  /** JSON Pointer, where the fault has one. */
  readonly pointer?: string;
  /** 1-based line, where known. */
  readonly line?: number;
  /** 1-based column in that line, where known. */
  readonly column?: number;
  /** 0-based byte offset, where known. */
  readonly offset?: number;
  /** Lower case, what is wrong, quoting the input in backticks. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint?: string;
  /** How many records of the document were used all the same. */
  readonly used?: number;
}
