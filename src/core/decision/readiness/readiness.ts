import type { Evidence } from "../../estate/index.js";
import type { CitedFigure } from "./cited-figure.js";
import type { DutyId } from "./duty.js";
import type { IdentityLife } from "./life.js";

/** What is wrong with one cell of the matrix, or with the estate around it. */
export type ReadinessGapKind =
  | "no-owner"
  | "bare-team"
  | "unlisted"
  | "departed"
  | "expired"
  | "other-class"
  | "several"
  | "unconfirmed"
  | "cannot-act"
  | "no-deputy"
  | "no-runtime-authority"
  | "one-side-only"
  | "static-access"
  | "orphaned";

export interface ReadinessGap {
  readonly kind: ReadinessGapKind;
  /** `workload:etl`, an account, a third party, a principal. */
  readonly scope: string;
  readonly duty?: DutyId;
  /** In words. */
  readonly text: string;
  /** What to write or do, ready to use. */
  readonly fix: string;
  /** Tier of the workload; absent for what surrounds the matrix. */
  readonly tier?: 1 | 2 | 3;
  /** The entry that the fix goes to, or that is wrong. */
  readonly evidence?: Evidence;
  /** Statements that stop whoever is named (`cannot-act`): document digest and pointer of each. */
  readonly stoppedBy?: readonly Evidence[];
  /** Rows of requirements.md. */
  readonly rows: readonly string[];
}

/**
 * `can`: named, and proven able to; `named`: named, and the duty is no call, or whether they are able is open;
 * `open`: made likely by evidence, confirmed by nobody; `gap`; `-`: the tier does not ask for it.
 */
export type CellState = "can" | "named" | "open" | "gap" | "-";

export interface ReadinessCell {
  readonly duty: DutyId;
  readonly state: CellState;
  readonly who?: string;
  readonly deputy?: string;
  readonly via?: string;
  /** Whether they are able to, with the proof in words; absent where the duty is no call. */
  readonly authority?: { readonly verdict: "can" | "cannot" | "unknown"; readonly proof: readonly string[] };
}

export interface WorkloadReadiness {
  readonly workload: string;
  readonly name: string;
  readonly account?: string;
  readonly tier: 1 | 2 | 3;
  readonly tierIfUnknown: 1 | 2 | 3;
  readonly tierBecause: readonly string[];
  /** In the order of `duties`. */
  readonly cells: readonly ReadinessCell[];
}

/** Accountability before an incident: who answers for what, and whether they can (R43 to R64, R70, R74 to R76). */
export interface Readiness {
  readonly workloads: readonly WorkloadReadiness[];
  /** Most urgent first: by tier of the workload, then kind. */
  readonly gaps: readonly ReadinessGap[];
  readonly coverage: {
    /** Duties that the tiers ask for. */
    readonly required: number;
    /** Of these, with a named person who can, or for whom no call is needed. */
    readonly covered: number;
    /** Of these, with a named person of whom it is not proven. */
    readonly unproven: number;
    /** `covered / required`; 1 where nothing is asked for. */
    readonly share: number;
  };
  /** R53: the life of every identity that is nobody's person, least far first; `moreIdentities` beyond the limit. */
  readonly identities: readonly IdentityLife[];
  readonly moreIdentities: number;
  /** R90: somebody else's figure, with where it comes from. */
  readonly compared: CitedFigure;
  /** R55: duties for which nobody answers, or several without one being accountable. */
  readonly diffuse: { readonly nobody: number; readonly several: number };
}
