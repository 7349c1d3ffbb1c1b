/** What can be wrong with who answers for something (R47 to R49, R55, R58, R62; ownership.md 6c). */
export type OwnerProblemKind =
  /** Nobody is named. */
  | "no-owner"
  /** A team without an active head or member. */
  | "bare-team"
  /** A name that is neither a person nor a team of the catalogue. */
  | "unlisted"
  | "departed"
  /** A recorded authority that has ended. */
  | "expired"
  /** Recorded, and for another class of credential. */
  | "other-class"
  /** Several runtime authorities for one account. */
  | "several"
  /** Made likely by evidence, confirmed by nobody. */
  | "unconfirmed"
  /** Named, and technically not able to. */
  | "cannot-act";

export interface OwnerProblem {
  readonly kind: OwnerProblemKind;
  /** In words, for people. */
  readonly text: string;
}

export const problem = (kind: OwnerProblemKind, text: string): OwnerProblem => ({ kind, text });

export const wordsOfProblems = (problems: readonly OwnerProblem[]): string =>
  problems.map(({ text }) => text).join("; ");
