import type { Role } from "../../accountability/index.js";

/** What an agreement is asked for: its scope (R62). */
export type Asked =
  /** A step of the plan that waits for the agreement of `of`. */
  | { readonly kind: "step"; readonly step: string; readonly of: Role }
  /** A compensating control, in words: CC_APPROVER (R59). */
  | { readonly kind: "control"; readonly text: string }
  /** A change of privileges, in words: PRIV_APPROVER (R64). */
  | { readonly kind: "privilege-change"; readonly text: string }
  /** Residual risk: RISK_SIGNER (R60). */
  | { readonly kind: "residual-risk"; readonly text: string };

/** Somebody asks for an agreement, bound to case, scope and end (R62). */
export interface ApprovalRequested {
  readonly kind: "approval-requested";
  /** `A1`, `A2`, … within the case. */
  readonly approval: string;
  readonly asked: Asked;
  /** Whose agreement it takes. */
  readonly of: Role;
  readonly reason: string;
  /** ISO instant: until when it shall hold. */
  readonly until: string;
}

export interface ApprovalGranted {
  readonly kind: "approval-granted";
  readonly approval: string;
  /** ISO instant, at most what was asked. */
  readonly until: string;
}

export interface ApprovalRefused {
  readonly kind: "approval-refused";
  readonly approval: string;
  readonly reason: string;
}

export interface ApprovalWithdrawn {
  readonly kind: "approval-withdrawn";
  readonly approval: string;
}

/** Its end has come: it suppresses nothing from that instant on, whether or not this event was written in time. */
export interface ApprovalLapsed {
  readonly kind: "approval-lapsed";
  readonly approval: string;
}

/** Residual risk, signed until a day (R60, R61); the request is one for `residual-risk`. */
export interface RiskSigned {
  readonly kind: "risk-signed";
  readonly approval: string;
  readonly until: string;
  readonly reason: string;
  /** Compensating controls in force that it rests on. */
  readonly compensating: readonly string[];
}

/** R62: expiry reopens the case. */
export interface RiskLapsed {
  readonly kind: "risk-lapsed";
  readonly approval: string;
}

/** Somebody acted without the authority that the step asks for, said why, and others are told at once. */
export interface GlassBroken {
  readonly kind: "glass-broken";
  /** `G1`, `G2`, … */
  readonly glass: string;
  readonly step: string;
  readonly reason: string;
  readonly notice: readonly Role[];
}

export interface GlassReviewed {
  readonly kind: "glass-reviewed";
  readonly glass: string;
  readonly justified: boolean;
  readonly reason: string;
}

export type AuthorityEvent =
  | ApprovalRequested
  | ApprovalGranted
  | ApprovalRefused
  | ApprovalWithdrawn
  | ApprovalLapsed
  | RiskSigned
  | RiskLapsed
  | GlassBroken
  | GlassReviewed;
