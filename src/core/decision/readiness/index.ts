export { readinessShares } from "./shares.js";
export { assessReadiness, type ReadinessInput } from "./assess.js";
export { defaultGate, gateOf, type GatePolicy, type GateReason, type GateResult } from "./gate.js";
export { duties, type DutyId, type DutyKind } from "./duty.js";
export { citedText, maturityFigure, type CitedFigure } from "./cited-figure.js";
export { lifeStages, type IdentityLife, type LifeStage, type LifeStep } from "./life.js";
export type {
  CellState,
  Readiness,
  ReadinessCell,
  ReadinessGap,
  ReadinessGapKind,
  WorkloadReadiness,
} from "./readiness.js";
