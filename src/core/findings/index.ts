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
export { normaliseFinding } from "./normalise.js";
export { mergeExposures, type Exposure, type ExposureFinding, type ExposureState } from "./exposures.js";
export { statedTool, withStatedExposures } from "./stated-exposures.js";
export { addCounts, bucketOf, createTally, emptyCounts, type FindingCounts, type Tally } from "./counts.js";
export { createScopeCollector, type AssertedScope, type ScopeCollector } from "./scope.js";
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
export { maskText } from "./mask-text.js";
