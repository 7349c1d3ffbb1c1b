/** Limits of the life of a case; an installation may set its own. Durations in hours unless named otherwise. */
export interface CasePolicy {
  /** An order that nobody answered for so long is silent (R71). */
  readonly orderSilenceMinutes: number;
  /** Longest term of a commander. */
  readonly termMaxHours: number;
  /** Longest end of an approval; of a signature of residual risk. */
  readonly approvalMaxDays: number;
  readonly riskMaxDays: number;
  /** Reminders before a clock ends, longest first. */
  readonly remindBeforeHours: readonly number[];
  /** After a clock ran out: the next on the ladder every so often. */
  readonly escalateEveryHours: number;
  /** A request, dispute or broken glass that nobody answered for so long climbs the ladder. */
  readonly requestAnswerHours: number;
  readonly emergencyAnswerMinutes: number;
  readonly disputeAnswerHours: number;
  readonly glassReviewHours: number;
  /** An approval or signature that ends within so many days is announced. */
  readonly announceEndDays: number;
}

export const defaultCasePolicy: CasePolicy = {
  orderSilenceMinutes: 15,
  termMaxHours: 72,
  approvalMaxDays: 90,
  riskMaxDays: 180,
  remindBeforeHours: [48, 4],
  escalateEveryHours: 24,
  requestAnswerHours: 24,
  emergencyAnswerMinutes: 15,
  disputeAnswerHours: 48,
  glassReviewHours: 24,
  announceEndDays: 7,
};
