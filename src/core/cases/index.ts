export type { By, Hat, HeldAuthority, PersonId, Standing } from "./person.js";
export type {
  FollowUpName,
  Plan,
  PlanClock,
  PlanExposure,
  PlanFollowUp,
  PlanItem,
  PlanLead,
  PlanOwner,
  PlanStepRef,
  PlanTask,
} from "./plan.js";
export { defaultCasePolicy, type CasePolicy } from "./case-policy.js";
export type { Envelope, Place, Track } from "./events/envelope.js";
export type { CaseEvent, CaseEventKind, CaseFact } from "./events/event.js";
export type { Asked } from "./events/authority-events.js";
export type { DisputeGround } from "./events/dispute-events.js";
export type { Cause } from "./events/work-events.js";
export type { Outcome, Retest, RetestedExposure, Tri } from "./events/verification-events.js";
export type {
  Approval,
  BrokenGlass,
  CaseState,
  Clock,
  Closure,
  Dispute,
  FollowUpState,
  Mirror,
  Note,
  Order,
  Proven,
  Round,
  SaidStep,
  Term,
  TraceResult,
  Verification,
  Work,
} from "./state.js";
export { fold, foldAll } from "./fold/fold.js";
export type { Command, CommandKind, SystemCommand } from "./commands/command.js";
export type { CommandContext } from "./commands/context.js";
export { decide, mostEvents, type Decided } from "./commands/decide.js";
export type { Refusal } from "./refusal.js";
export { caseRules, type RuleName } from "./rules.js";
export { controlsAt, inForce, signaturesAt, statusAt, type CaseStatus } from "./approvals.js";
export { outcomeOf } from "./outcome.js";
export type { Notice } from "./clocks/notice.js";
export { due, nextDueAt } from "./clocks/due.js";
export { ladderOf } from "./clocks/ladder.js";
export { canonical } from "./chain/canonical.js";
export { eventText, hashOf } from "./chain/seal.js";
export { planOf, scopeOfCase, type PlanSource } from "./plan-of.js";
export { standingOf, type StandingQuestion } from "./standing.js";
export { commandKinds, commandProblem } from "./commands/command-shapes.js";
export { eventKinds } from "./events/fact-shapes.js";
export {
  isPeopleEvent,
  readEvent,
  verifyCase,
  type BrokenLink,
  type CaseCheck,
  type LedgerEvent,
} from "./chain/verify-case.js";
export { peopleStream, type PeopleEvent } from "./events/people-events.js";
export { erasureOf, type Erasure } from "./people-ledger.js";
export {
  checkpointOf,
  checkpointText,
  ledgerWalk,
  linkOf,
  verifyLedger,
  type Checkpoint,
  type LedgerCheck,
  type LedgerEntry,
  type LedgerLink,
  type LedgerWalk,
} from "./chain/ledger.js";
export {
  measuresOf,
  planeOfRole,
  type Coordination,
  type Delay,
  type Measures,
  type RoundMeasures,
  type Took,
} from "./measures.js";
export { closuresOf, ownershipFeedback, type OwnershipFeedback, type StatedClosure } from "./feedback.js";
export { retestFrom, type RetestSource } from "./retest-from.js";
export { clockFacts, commonRules, moves, type MoveEntry } from "./moves.js";
export { answerersFor, awaitedOf, openDuties, type Awaited, type OpenDuty } from "./open-work.js";
