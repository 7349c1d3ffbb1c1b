/** Bounds on what one file may ask of the machine. Reaching one is reported, never silent. */
export interface JsonStreamLimits {
  /** Nesting inside one element. Real findings stay under 20. */
  readonly depth: number;
  /** Bytes of one element. Security Hub allows 240 KB for a finding, Prowler's largest are some MB. */
  readonly elementBytes: number;
  /** Names of members in one element, at all depths. */
  readonly keys: number;
  /** Bytes of one top-level object: a whole document of a format that cannot be read row by row. */
  readonly documentBytes: number;
  /** Names of members in one top-level object. */
  readonly documentKeys: number;
  /** Bytes of the whole file after decompression: a small gzip file can hold terabytes. */
  readonly totalBytes: number;
}

export const jsonStreamLimits: JsonStreamLimits = {
  depth: 200,
  elementBytes: 16 * 1024 * 1024,
  keys: 200_000,
  documentBytes: 64 * 1024 * 1024,
  documentKeys: 2_000_000,
  totalBytes: 8 * 1024 * 1024 * 1024,
};
