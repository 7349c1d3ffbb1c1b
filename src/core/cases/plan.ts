import type { Role } from "../accountability/index.js";
import type { Case, FactValue, Severity } from "../decision/index.js";
import type { PersonId } from "./person.js";

/**
 * What the life of a case needs to know of a decision (`Case` of remit.analysis/1); the whole of it stays in the
 * analysis that is named. Holds pseudonyms where the decision holds people.
 */
export interface Plan {
  /** Digest of the analysis document, and of the snapshot that it was made from. */
  readonly analysis: string;
  readonly snapshot: string;
  /** ISO instant of the analysis. */
  readonly decidedAt: string;
  /** Version of the rules, and those that fired. */
  readonly rules: string;
  readonly fired: readonly string[];
  readonly kind: "posture" | "flaw" | "secret" | "identity";
  readonly severity: Severity;
  readonly tier: 0 | 1 | 2 | 3;
  readonly level: number;
  readonly verdict: "none" | "governed" | "possible" | "unknown";
  /** `yes, by itself` … of first-minute.md. */
  readonly words: string;
  /** What a repeat is recognised by (R10). */
  readonly accessPathKey: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly exposures: readonly PlanExposure[];
  readonly lead: PlanLead;
  readonly contain: PlanTask;
  readonly trace: PlanTask;
  readonly fix: readonly PlanItem[];
  /** The order of work: stop, revoke, trace, rotate, narrow, retest, review. */
  readonly steps: readonly PlanStepRef[];
  readonly followUps: readonly PlanFollowUp[];
  readonly commanderRequired: boolean;
  readonly clocks: readonly PlanClock[];
  /** Who answers for each role, best first: the ladder that an unanswered question climbs. */
  readonly owners: readonly PlanOwner[];
}

export type PlanLead = Role | "not decided yet";

export interface PlanExposure {
  readonly id: string;
  readonly state: "open" | "fixed" | "gone" | "muted-external" | "unknown";
}

export interface PlanTask {
  readonly lead: PlanLead;
  readonly also: readonly Role[];
}

/** One hop or cause, one accountable (R11). */
export interface PlanItem {
  /** Stable over analyses as long as the item says the same. */
  readonly id: string;
  readonly item: string;
  readonly row: number;
  readonly accountable: Role;
  readonly responsible: readonly Role[];
  /** Weaker than short-lived identity with policy at request time (R37). */
  readonly interim: boolean;
}

export interface PlanStepRef {
  readonly id: string;
  readonly phase: "stop" | "revoke" | "trace" | "rotate" | "narrow" | "retest" | "review";
  readonly role: Role;
  readonly kind: Case["containment"][number]["kind"];
  readonly title: string;
  /** Roles whose agreement is needed before it is done. */
  readonly requires: readonly string[];
  /** Ids of steps that come before. */
  readonly after: readonly string[];
}

export type FollowUpName = "accessReview" | "secretRotation" | "privilegeReduction";

export interface PlanFollowUp {
  readonly name: FollowUpName;
  readonly required: boolean;
  readonly owner: Role;
  /** "Not applicable", pre-filled from proof; it still needs a signer (D12). */
  readonly notApplicable?: string;
}

export interface PlanClock {
  readonly task: "triage" | "contain" | "trace" | "fix" | "decide" | "notify";
  /** ISO instant; null where the rule book sets no day. */
  readonly due: string | null;
  /** Rule book and version, and its reason: together with the task what the clock is known by. */
  readonly rule: string;
  readonly because: string;
}

export interface PlanOwner {
  readonly role: Role;
  readonly people: readonly PersonId[];
  /** Teams of the catalogue whose members answer too. */
  readonly teams: readonly string[];
}

/** Whether a step changes anything: who traces, tests again or reviews made no fix, and may still sign. */
export function isChange(state: { readonly plan: Plan }, step: string): boolean {
  const phase = state.plan.steps.find(({ id }) => id === step)?.phase;
  return phase !== "trace" && phase !== "retest" && phase !== "review";
}
