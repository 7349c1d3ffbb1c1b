export type {
  Action,
  Analysis,
  Case,
  CaseExposure,
  CaseKind,
  CasePath,
  CaseRecreation,
  Deadline,
  FactRecord,
  FactValue,
  FixItem,
  FollowUp,
  FrameworkRef,
  Gap,
  Input,
  Severity,
  Stats,
  Task,
  Unknown,
} from "./analysis.js";
export type { DecisionLink, DecisionRemark } from "./decision-link.js";
export { accessPolicy, analyse, compileAccess, type AnalyseInput, type CompiledAccess } from "./analyse.js";
export { decide } from "./decide.js";
export type { CaseDecision, CaseInput, DecisionContext } from "./case-input.js";
export { rules, rulesVersion, type Rule, type RuleId } from "./rules.js";
export type { FactName, FactSet } from "./facts/fact.js";
export { vouchedAnswer, type Vouch, type Vouched } from "./vouched.js";
export { deadlinePacks } from "./deadlines/index.js";
export { kindName } from "./kind-name.js";
export { comesBackOrder, comesBackWords, type ComesBack } from "./words.js";
export {
  readinessShares,
  assessReadiness,
  defaultGate,
  duties,
  gateOf,
  citedText,
  lifeStages,
  maturityFigure,
  type CitedFigure,
  type IdentityLife,
  type LifeStage,
  type LifeStep,
  type GatePolicy,
  type GateReason,
  type DutyId,
  type Readiness,
  type ReadinessCell,
  type ReadinessGap,
  type ReadinessGapKind,
  type WorkloadReadiness,
} from "./readiness/index.js";
export {
  casePlaybook,
  checkedActions,
  domains,
  drillOf,
  type CallLine,
  type Check,
  type Contact,
  type Domain,
  type DomainShare,
  type Drill,
  type Playbook,
  type PlaybookClock,
  type PlaybookFollowUp,
  type PlaybookStep,
  type SupplierLetter,
} from "./playbook/index.js";
export type { PlaybookDocument, WorkloadPart } from "./playbook/document.js";
export {
  reachWithout,
  summedReach,
  unionOfReach,
  type Reached,
  type ReachedResource,
  type ReachedService,
  type SummedReach,
} from "./reach-sum.js";
export { citationsOf, decisionRecord, type DecisionRecord, type SignatureNeeded } from "./evidence-record.js";
export { deploymentOf, type DeploymentQuestion } from "./deployment.js";
export type {
  FlawCarrier,
  FlawDocument,
  FlawMove,
  FlawOwner,
  FlawSummary,
  FlawTotal,
  UnscannedComponent,
} from "./flaw-view.js";
export { knownWorkloads } from "./known-workloads.js";
export type { AccessRow, FlippedExposure, VerdictFlip, VerdictSide, WhatIfDocument } from "./what-if.js";
