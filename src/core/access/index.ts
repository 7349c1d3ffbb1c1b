export type {
  AccessDecision,
  AccessEngine,
  AccessSet,
  ActorSet,
  Block,
  Envelope,
  LayerVerdict,
  Lifted,
  NearMiss,
  Overlay,
  ResidualCondition,
  RoleStep,
  TargetWitness,
} from "./engine.js";
export type {
  Band,
  Become,
  BecomeEdge,
  Certainty,
  Closure,
  Entry,
  PathKind,
  Reach,
  Route,
} from "./become.js";
export type { AccessPolicy, Sanction } from "./sanction.js";
export type {
  Certificate,
  ControlPoint,
  Hop,
  HopCause,
  Leg,
  Path,
  PathCode,
  PropertyTruth,
  Recreation,
  RecreationQuestion,
  SharedCause,
  Verdict,
} from "./recreation.js";
export { createAccessEngine, type EngineOptions } from "./engine-factory.js";
export { everyone, rootOf, serviceActor } from "./aws/actors.js";
export type { DerivedActions } from "./recreate/derived-formula.js";
export { createRecreation, type RecreationAnalysis } from "./recreate/recreate.js";
export { unchangeable } from "./recreate/settled-answer.js";
export type { KnownAnswers } from "./recreate/known-answers.js";
export { factsBesideAccess, factsOfAccess } from "./facts.js";
export { momentsOf, type Moments } from "./moment.js";
export { createBecome, type BecomeQuestions } from "./become/become.js";
export { isWideGrant } from "./recreate/exposure-path.js";
export { namedFacts } from "./recreate/verdict.js";
export { attainable } from "./become/edge.js";
export {
  buildActionDictionary,
  type ActionDictionary,
  type ActionInfo,
  type ActionLevel,
  type RawActions,
  type RawService,
  type ResourceTypeInfo,
} from "./aws/action-dictionary.js";
export {
  buildManagedPolicyReference,
  type ManagedPolicyDocument,
  type ManagedPolicyReference,
  type RawManagedPolicies,
} from "./aws/managed-policies.js";
export {
  findOffspring,
  type CreationRight,
  type Offspring,
  type OffspringItem,
  type Seeds,
} from "./offspring/index.js";
export {
  accessDifference,
  changeWords,
  questionsOf,
  usualLimits,
  whatIf,
  type AccessChange,
  type AccessDifference,
  type AccessQuestion,
  type BrokenUse,
  type EntryChange,
  type Limits,
  type WhatIf,
} from "./what-if/index.js";
export { globMatches } from "./glob.js";
export { applyChanges, type AppliedChanges } from "./change/apply.js";
export type { Change, ChangeKind, StatementRef, UnappliedChange } from "./change/change.js";
export type { ChangedEstate } from "./change/draft.js";
export { overlayOfChanges } from "./change/overlay.js";
export { changeText } from "./change/text.js";
export { applicable, type Applicable } from "./cut/apply/index.js";
export { prices as cutPrices, type Candidate, type FixKind } from "./cut/candidate.js";
export { changesOf as changesOfCut } from "./cut/compile.js";
export { coverageSteps, type Coverage, type CoverageStep } from "./cut/coverage.js";
export { closes, fixOptions, interimBecause, type FixOption } from "./cut/options.js";
export { recreationProblem, type CutProblem, type RecreationCut } from "./cut/problem.js";
export { cut, cutLimits, type Cut, type CutLimits, type CutOptions, type CutPart } from "./cut/solve.js";
export type { UsedAccess } from "./cut/use.js";
