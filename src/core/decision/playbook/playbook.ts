import type { Evidence } from "../../estate/index.js";
import type { Role } from "../../accountability/index.js";
import type { Affected, Phase } from "../plan-step.js";

/** Somebody to call for a duty. */
export interface Contact {
  /** A person, or a team where nobody in it is named. */
  readonly who: string;
  readonly team?: string;
  /** How they come to the duty: `deputy of ana.ruiz: authority to revoke …`. */
  readonly via: string;
  /** Found by evidence and confirmed by nobody. */
  readonly inferred: boolean;
  readonly authority: { readonly verdict: "can" | "cannot" | "unknown"; readonly proof: readonly string[] };
  readonly evidence: readonly Evidence[];
}

/** One line of the call list: whoever holds the role first, then who stands in. */
export interface CallLine {
  readonly role: Role;
  readonly contacts: readonly Contact[];
  /** Tasks that the role leads. */
  readonly leads: readonly ("containment" | "trace" | "fix")[];
  /** Steps that this role does. */
  readonly steps: readonly number[];
  /** Steps that need its agreement before. */
  readonly agreesTo: readonly number[];
}

/** How somebody sees that a step has worked, without asking whoever did it. */
export interface Check {
  readonly text: string;
  /** Reads only; empty where there is no single call. */
  readonly command: string;
}

export interface Approval {
  readonly role: string;
  /** Whoever does not do the step first. */
  readonly contacts: readonly Contact[];
  /** Nobody but whoever does the step could agree to it: that is no agreement (PR.AA-05, AC-5). */
  readonly conflict?: string;
}

export interface PlaybookStep {
  /** From 1 on, in the order of work. */
  readonly step: number;
  readonly phase: Phase;
  readonly role: Role;
  readonly contacts: readonly Contact[];
  readonly title: string;
  readonly impact: string;
  /** Whom it cuts off, as far as documents say. */
  readonly affected: readonly Affected[];
  readonly moreAffected: number;
  /** Whose agreement is needed before, with whom to ask. */
  readonly approvals: readonly Approval[];
  /** Empty when nobody named is proven able to run it. */
  readonly command: string;
  /** What has to be filled in first. */
  readonly fill: readonly string[];
  /** How to find somebody where nobody named is proven able; empty where the step takes no single call. */
  readonly find: string;
  /** Where a trace begins to look. */
  readonly look: readonly Check[];
  readonly checks: readonly Check[];
  readonly after: readonly number[];
}

/** The split between cloud, identity and secrets (R39): who holds which part of the work. */
export interface DomainShare {
  readonly domain: Domain;
  readonly roles: readonly Role[];
  readonly who: readonly string[];
  readonly steps: readonly number[];
  /** Durable items that this domain is accountable for. */
  readonly fixes: readonly string[];
}

export const domains = ["cloud", "identity", "secrets", "code", "runtime", "incident", "supplier"] as const;
export type Domain = (typeof domains)[number];

export interface PlaybookClock {
  readonly task: "triage" | "contain" | "fix" | "decide" | "notify";
  /** ISO instant; null where the rule book sets no day. */
  readonly due: string | null;
  readonly late: boolean;
  readonly rule: string;
  readonly because: string;
}

export interface PlaybookFollowUp {
  readonly name: string;
  readonly required: boolean;
  readonly owner: Role;
  readonly contacts: readonly Contact[];
  readonly because: string;
  /** Pre-filled from proof; still needs a signer. */
  readonly notApplicable?: string;
}

/** What is said to whoever is outside, by whom; holds names of ours and no secret, key or account number. */
export interface SupplierLetter {
  readonly to: string;
  readonly from: readonly Contact[];
  readonly contract: string;
  readonly lever: string;
  readonly gap?: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** What somebody follows at three in the morning (R39). */
export interface Playbook {
  /** `workload`: written before anything happened, as if the workload were in strange hands. */
  readonly about: "case" | "workload";
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly tier: 0 | 1 | 2 | 3;
  readonly tierIfUnknown: 0 | 1 | 2 | 3;
  readonly decidedAt: string;
  readonly comesBack: { readonly words: string; readonly because: string };
  readonly clocks: readonly PlaybookClock[];
  readonly commander: {
    readonly required: boolean;
    readonly because: string;
    readonly contacts: readonly Contact[];
  };
  readonly calls: readonly CallLine[];
  readonly split: readonly DomainShare[];
  readonly steps: readonly PlaybookStep[];
  readonly durable: readonly {
    readonly item: string;
    readonly accountable: Role;
    readonly contacts: readonly Contact[];
    readonly responsible: readonly Role[];
    readonly interim: boolean;
    readonly due: string | null;
  }[];
  readonly followUps: readonly PlaybookFollowUp[];
  readonly supplier?: SupplierLetter;
  /** What has to hold before it is closed. */
  readonly closing: readonly string[];
  readonly gaps: readonly string[];
}
