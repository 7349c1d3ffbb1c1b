import type { PrincipalId } from "../../estate/index.js";
import type { Recreation, RecreationQuestion, SharedCause } from "../recreation.js";
import { shortDigest } from "./digest.js";

/**
 * Answers of one analysis, for another over the same facts. Plain values: JSON holds them. An answer depends on the
 * facts, the policy and the moment as a whole, and beside them on no more than its question, the actions that a tool
 * derives for its weakness, and the broad grant that is lifted out of its account: those are its key.
 */
export interface KnownAnswers {
  readonly administrators: readonly SharedCause[];
  /** By account: what was asked there, and the population that stands behind much of it. */
  readonly broad: Readonly<
    Record<string, { readonly questions: string; readonly cause?: SharedCause | undefined }>
  >;
  readonly answers: Readonly<Record<string, Recreation>>;
}

/** `derived`: what tools know of a weakness that has no formula of its own. */
export const answerKey = (
  question: RecreationQuestion,
  derived: unknown,
  lifted: readonly PrincipalId[] | undefined,
): string => `${questionKey(question, derived)} ${JSON.stringify(lifted ?? [])}`;

/** All questions of an account, in whatever order they come. */
export const questionsKey = (
  questions: readonly RecreationQuestion[],
  derivedOf: (question: RecreationQuestion) => unknown,
): string => shortDigest(...questions.map((item) => questionKey(item, derivedOf(item))).sort());

const questionKey = (
  { resource, weakness, subLocator, account }: RecreationQuestion,
  derived: unknown,
): string => JSON.stringify([resource, weakness, subLocator, account ?? null, derived ?? null]);
