/**
 * How values of PostgreSQL arrive, on both engines alike. Counts and positions stay below 2^53; instants are ISO
 * strings in UTC, as everywhere in the product.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  /** int8 */
  20: Number,
  /** numeric */
  1700: Number,
  /** timestamptz */
  1184: (text) => new Date(text).toISOString(),
};
