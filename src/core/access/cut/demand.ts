/** Has to be met by one of `members`; with `when`, only where all of those are chosen. */
export interface Demand {
  readonly members: readonly string[];
  readonly when?: readonly string[];
}
