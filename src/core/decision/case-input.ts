import type { Estate } from "../estate/index.js";
import type {
  ActionDictionary,
  Become,
  ControlPoint,
  Path,
  Recreation,
  SharedCause,
} from "../access/index.js";
import type { Catalogue, OwnerFinder } from "../accountability/index.js";
import type { Case, CaseExposure, CaseKind } from "./analysis.js";

/** One root cause before it is decided: its exposures, and what the recreation engine said of each. */
export interface CaseInput {
  readonly kind: CaseKind;
  readonly weakness: string;
  /** One of the nine classes of interfaces.md. */
  readonly weaknessClass: string;
  readonly weaknessTitle: string;
  readonly exposures: readonly CaseExposure[];
  /** One answer per exposure, in the same order. */
  readonly recreations: readonly Recreation[];
  /** Paths over all exposures, worst first, each route once. */
  readonly paths: readonly Path[];
  readonly controlPoint: ControlPoint | undefined;
  /** Set for identity cases that stand for a lifted-out population. */
  readonly sharedCause?: SharedCause;
}

export interface DecisionContext {
  readonly estate: Estate;
  /** Absent: roles are decided all the same, people are inferred and marked so. */
  readonly catalogue: Catalogue | undefined;
  readonly become: Become;
  readonly owners: OwnerFinder;
  /** ISO instant. */
  readonly now: string;
  /** Access levels of AWS actions; without it only the rights that `become` lists count as managing permissions. */
  readonly actions?: ActionDictionary;
}

/** What the rules decide about a case; the caller adds identity, exposures and recreation. */
export type CaseDecision = Pick<
  Case,
  | "tier"
  | "tierIfUnknown"
  | "level"
  | "facts"
  | "origin"
  | "accessPathKey"
  | "rules"
  | "contain"
  | "trace"
  | "containment"
  | "fix"
  | "supports"
  | "lead"
  | "leadBecause"
  | "commander"
  | "authorities"
  | "followUps"
  | "deadlines"
  | "frameworks"
  | "gaps"
  | "changesIf"
> &
  Partial<Pick<Case, "thirdParty" | "offspring" | "decisionChain">>;
