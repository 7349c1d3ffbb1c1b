/** What reading one file of `test/corpus/findings` must come to, and why where that is not plain. */
export interface Expected {
  /** `FORMAT/NAME` */
  readonly file: string;
  /** Findings of the file, before one with several resources is split; those that cannot be used included. */
  readonly rows: number;
  /** Kind of the reader; the folder's name when absent. `empty-list`: a list of nothing, of no visible tool. */
  readonly kind?: string;
  /** Entries that are no findings but weight for them (KEV, EPSS). */
  readonly facts?: number;
  /** How many of the rows cannot be used, and the reason. */
  readonly rejectedRows?: readonly [number, RegExp];
  /** The file as a whole is no findings document that can be used, for this reason. */
  readonly refused?: RegExp;
  /** Rows that passed, where the index counts only the others: they are the proof of a fix, and are read. */
  readonly passed?: number;
  /** The rows are used, and the file is told to be a part of something larger. */
  readonly partial?: RegExp;
  /** What the index of the corpus says, where it is wrong or counts something else. */
  readonly index?: number | "?";
  readonly why?: string;
  /** No reader yet: the file is refused as a format that is not known. */
  readonly pending?: true;
}
