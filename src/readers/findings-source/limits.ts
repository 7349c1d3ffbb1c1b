/** Bounds on packed and tabular input. Reaching one is reported with the bound, never silent. */
export interface SourceLimits {
  /** Files in one archive. */
  readonly archiveEntries: number;
  /** Bytes of the table of contents of an archive. */
  readonly archiveDirectoryBytes: number;
  /** Unpacked bytes for each packed byte, once more than `ratioFrom` are unpacked. Scanner output stays under 60. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Bytes of one row of a table. */
  readonly rowBytes: number;
  /** Columns of a table. */
  readonly columns: number;
  /** Bytes of a text that is neither JSON nor a table (XML, tag-value). */
  readonly textBytes: number;
}

export const sourceLimits: SourceLimits = {
  archiveEntries: 1000,
  archiveDirectoryBytes: 4 * 1024 * 1024,
  ratio: 300,
  ratioFrom: 64 * 1024 * 1024,
  rowBytes: 16 * 1024 * 1024,
  columns: 2000,
  textBytes: 64 * 1024 * 1024,
};
