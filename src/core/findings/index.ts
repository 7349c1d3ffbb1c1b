export {
  buildCheckReference,
  type CheckInfo,
  type CheckReference,
  type ControlInfo,
  type DerivationConfidence,
  type DerivationLayer,
  type RawChecks,
  type RawControls,
  type WeaknessClass,
} from "./check-reference.js";
export { weaknessReturns } from "./weakness-words.js";
export { weaknessClasses, weaknessTitle, type Weakness } from "./weakness.js";
export { findWeakness, registered, weaknesses } from "./weakness-registry.js";
export { judgeCheck, type Judged } from "./check-weakness.js";
export {
  canonicalResource,
  isPlaceholder,
  type CanonicalResource,
  type NamedResource,
} from "./canonical-resource.js";
export type { CheckName, Finding, FindingDraft, FindingResult, FindingRow, SeenPassing } from "./finding.js";
export type { DataQuality } from "./data-quality.js";
export type {
  Muting,
  OwnerHint,
  SecretDetail,
  VexProduct,
  VexStatement,
  VulnerabilityDetail,
  VulnerabilityFact,
} from "./details.js";
export { fingerprint, type FingerprintParts } from "./fingerprint.js";
export { findingPlace } from "./pass-marks.js";
export { createPassList, type PassList } from "./pass-list.js";
export { normaliseFinding, normalisePassed, type PassedFinding } from "./normalise.js";
export { mergeExposures, type Exposure, type ExposureFinding, type ExposureState } from "./exposures.js";
export { withRuntimeConstraints } from "./runtime-constraints.js";
export { statedTool, withStatedExposures } from "./stated-exposures.js";
export { addCounts, bucketOf, createTally, emptyCounts, type FindingCounts, type Tally } from "./counts.js";
export {
  assertedScopes,
  createScopeCollector,
  type AssertedScope,
  type ScopeClaims,
  type ScopeCollector,
} from "./scope.js";
export { acceptFinding, lapseAcceptances, type Accepted } from "./acceptance.js";
export { foldFindings, foldPart, isNewerRow, type Folded, type FoldedPart } from "./finding-fold.js";
export { withRepeats } from "./path-repeats.js";
export { restateExposure } from "./restated-exposure.js";
export {
  noFindings,
  type Acceptance,
  type FindingEvent,
  type FindingEventKind,
  type FindingRecord,
  type FindingsImport,
  type FindingsState,
  type FindingState,
  type PassMark,
} from "./finding-state.js";
export type { Mark, Point, Timeline } from "./timeline.js";
export {
  severityOf,
  severityOfNormalized,
  severityOfOcsf,
  severityRank,
  worstSeverity,
  type Severity,
} from "./severity.js";
export { observedTime, type ObservedTime } from "./observed-time.js";
export { classOfSentence, fewWords, slugOf, toolRule, type ToolRule } from "./tool-rule.js";
export { maskSecretValues, maskText } from "./mask-text.js";
