import type { Evidence } from "../estate/index.js";
import type { Role } from "../accountability/index.js";

/** What a step does, for scripts and filters. */
export type ActionKind =
  | "close-setting"
  | "revoke-credential"
  | "disable-trust"
  | "revoke-sessions"
  | "isolate"
  | "remove-code"
  | "lever"
  | "narrow"
  | "rotate"
  | "replace"
  | "review"
  | "ask"
  | "other";

/** Somebody or something that a step cuts off. */
export interface Affected {
  readonly who: string;
  /** `uses the key`, `runs as it`, `may assume it`, `signed in on 2026-11-20`. */
  readonly how: string;
  /** ISO instant of the last recorded use. */
  readonly lastUsedAt?: string;
  readonly evidence: readonly Evidence[];
}

/** The order of work that incidents force (decision-rules.md). */
export const phases = ["stop", "revoke", "trace", "rotate", "narrow", "retest", "review"] as const;
export type Phase = (typeof phases)[number];

/** One step of the plan: what, by whom, whom it cuts off, and whether somebody named can do it now (R31). */
export interface PlanStep {
  /** From 1 on, in the order of work. */
  readonly step: number;
  readonly phase: Phase;
  readonly role: Role;
  readonly title: string;
  readonly kind: ActionKind;
  readonly impact: string;
  readonly affected: readonly Affected[];
  /** Affected beyond those listed. */
  readonly moreAffected: number;
  /** Roles whose agreement is needed. */
  readonly requires: readonly string[];
  /** Empty when nobody named is proven able to run it. */
  readonly command: string;
  readonly canNow: {
    readonly verdict: "can" | "cannot" | "unknown";
    readonly who?: string;
    readonly proof: readonly string[];
  };
  /** The call that the step takes, and on what; absent where no single call does it. */
  readonly asks?: { readonly action: string; readonly resource: string };
  /** Steps that come before. */
  readonly after: readonly number[];
}
