import type { DecisionLink } from "./decision-link.js";
import type { IdentityProof, RequestPolicy } from "./path-proof.js";
import type { ActionKind, PlanStep } from "./plan-step.js";
import type { Evidence, MissingFact, Rejection } from "../estate/index.js";
import type {
  Certificate,
  Band,
  Certainty,
  Hop,
  Leg,
  Offspring,
  PathCode,
  PathKind,
  Verdict,
} from "../access/index.js";
import type { Answerable, OwnershipHint, Role } from "../accountability/index.js";

/** The analysis document `remit.analysis/1` (interfaces.md). Plain JSON: what is undefined is absent. */
export interface Analysis {
  readonly schema: "remit.analysis/1";
  readonly generatedAt: string;
  readonly inputs: readonly Input[];
  readonly policyVersion: string;
  readonly cases: readonly Case[];
  /** Plain settings folded into one line; rows only when asked for. */
  readonly configuration: { readonly exposures: number; readonly findings: number };
  readonly readiness: readonly Gap[];
  readonly rejected: readonly Rejection[];
  readonly unknowns: readonly Unknown[];
  readonly floor: readonly string[];
  readonly stats: Stats;
}

export interface Input {
  readonly document: string;
  readonly kind: string;
  readonly role: "estate" | "findings" | "catalogue" | "policy";
  readonly digest: string;
  readonly observedAt?: string;
  readonly entities: Readonly<Record<string, number>>;
}

/** A missing fact and what it would decide over the whole analysis. */
export interface Unknown extends MissingFact {
  /** Case ids that it would decide, and that it would only confirm. */
  readonly decides: readonly string[];
  readonly confirms: readonly string[];
}

/** The line that proves the numbers: rows = passed + muted + manual + stale + notApplicable + rejected + failing. */
export interface Stats {
  readonly accounts: number;
  readonly identities: number;
  readonly auditLogDays: number;
  readonly findings: {
    readonly files: number;
    readonly rows: number;
    readonly passed: number;
    readonly muted: number;
    readonly manual: number;
    /** Not refreshed by the tool any more. */
    readonly stale: number;
    readonly notApplicable: number;
    /** Rows that could not be used, each named in `rejected`. */
    readonly rejected: number;
    readonly failing: number;
    readonly failingAccess: number;
    readonly failingConfiguration: number;
  };
  readonly exposures: number;
  readonly cases: number;
  readonly statements: number;
}

export type CaseKind = "posture" | "flaw" | "secret" | "identity";
export type Severity = "critical" | "high" | "medium" | "low" | "informational" | "unknown";
export type FactValue = true | false | "unknown";

export interface FactRecord {
  readonly value: FactValue;
  /** Taken as this value because the real one is not known (e.g. regulated). */
  readonly assumed?: boolean;
  readonly because: readonly Evidence[];
  /** In words, where evidence alone does not say it. */
  readonly note?: string;
}

/** What the tools say of a flaw, over all of them. */
export interface CaseFlaw {
  /** The CVE first where there is one. */
  readonly ids: readonly string[];
  readonly purls: readonly string[];
  /** Versions that mend it; empty: the tools say there is none; absent: nobody says. */
  readonly fixed?: readonly string[];
  /** CISA KEV, or the tool's word. */
  readonly exploited?: boolean;
  /** EPSS: probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss?: number;
}

export interface CaseExposure {
  readonly id: string;
  readonly resource: string;
  readonly resourceName: string;
  readonly resourceKind: string;
  readonly account?: string;
  readonly accountName?: string;
  readonly region?: string;
  readonly weakness: string;
  readonly weaknessTitle: string;
  readonly class: string;
  readonly severity: Severity;
  readonly state: "open" | "fixed" | "gone" | "muted-external" | "unknown";
  /** When a tool first saw it; ISO instant. */
  readonly firstSeen?: string;
  readonly findings: readonly {
    readonly tool: string;
    readonly check: string;
    readonly result: string;
    readonly seenAt?: string;
    readonly evidence: Evidence;
  }[];
  /** Of a flaw: its names, the component, where it is mended, whether it is known to be exploited. */
  readonly flaw?: CaseFlaw;
  /** Of a found secret: what tells it from others, and where else it lies. Never the secret itself. */
  readonly secret?: CaseSecret;
  /** Whom the tools name beside the findings: evidence for ownership, never ownership itself. */
  readonly ownerHints?: readonly OwnershipHint[];
  /** Set when the catalogue says the exposure is intended: shown, never hidden. */
  readonly intended?: { readonly reason: string; readonly approvedBy: string; readonly until: string };
  /** The setting as the estate shows it now. */
  readonly now?: { readonly text: string; readonly evidence: readonly Evidence[] };
}

/** What the tools say of one secret, each value once. */
export interface CaseSecret {
  /** Names of keys, where the tools tell them and they are no secrets. */
  readonly keyIds: readonly string[];
  /** HMACs of the value under the key of the installation; empty without one. Equal ones are the same secret in any run. */
  readonly hmacs: readonly string[];
  /** A tool tried it: true when it worked for any of them. Absent: nobody tried. */
  readonly verified?: boolean;
  /** Identities that it belongs to, as the tools found out. */
  readonly identities: readonly string[];
  /** Other places where the same secret lies, over all inputs. */
  readonly also: readonly string[];
}

export interface CasePath {
  readonly kind: PathKind;
  readonly leg: Leg;
  readonly band: Band;
  readonly route: string;
  readonly certainty: Certainty;
  readonly verdict: true | "unknown";
  readonly governed: boolean;
  readonly because: string;
  readonly starter: string;
  readonly actor: string;
  readonly hops: readonly Hop[];
  readonly recurrenceHop: number;
  readonly credential?: string;
  readonly condition?: string;
  readonly missing: readonly MissingFact[];
  /** Why the independent check could not follow it; absent where it did. */
  readonly unchecked?: string;
  /** Only two different actors together can: shown, not counted. */
  readonly colluding?: true;
  /** How the identity that starts it proves itself (R78). */
  readonly identityProof?: IdentityProof;
  /** Whether access on it is decided when it is asked for (R80). */
  readonly requestPolicy?: RequestPolicy;
  /** Of a `drift` path: the code that sets it again, who applies it, and who owns the file after CODEOWNERS. */
  readonly code?: PathCode & { readonly owners: readonly string[] };
  /** Exposure ids it re-creates, when the case has several. */
  readonly exposures: readonly string[];
}

export interface CaseRecreation {
  readonly verdict: Verdict;
  readonly band?: Band;
  /** `yes, by itself` … the word of first-minute.md. */
  readonly words: string;
  /** The clause of the BECAUSE column. */
  readonly because: string;
  readonly basis: readonly string[];
  readonly paths: readonly CasePath[];
  readonly morePaths: number;
  readonly missing: readonly string[];
  readonly missingFacts: readonly (MissingFact & { readonly ifTrue: string; readonly ifFalse: string })[];
  /** What all missing facts at once decide, where there are several. */
  readonly togetherDecide?: { readonly ifTrue: string; readonly ifFalse: string };
  readonly floor: readonly string[];
  /** Case ids of shared causes behind it. */
  readonly sharedCases: readonly { readonly case: string; readonly members: number }[];
  readonly elsewhere: readonly string[];
  readonly stopped: readonly { readonly who: string; readonly by: string; readonly evidence?: Evidence }[];
  readonly checked: readonly string[];
  readonly certificate?: Certificate;
  readonly findingReturns?: string;
  readonly formula: string;
  readonly derived: boolean;
}

export interface Action {
  /** Who runs it, where that is not the lead of the task. */
  readonly by?: Role;
  readonly title: string;
  readonly kind: ActionKind;
  /** Who is hit: other users of a key, all sessions of a role. */
  readonly impact: string;
  /** Empty when nobody named is proven able to run it. */
  readonly command: string;
  readonly diff?: string;
  /** Roles whose agreement is needed. */
  readonly requires: readonly string[];
}

export interface Task {
  readonly lead: Role | "not decided yet";
  readonly also: readonly Role[];
  readonly answerable: readonly Answerable[];
  readonly actions: readonly Action[];
  /** ISO instant, or null when no clock of the policy pack applies. */
  readonly due: string | null;
  readonly because: string;
}

export interface FixItem extends Task {
  readonly item: string;
  /** Index of the path and hop it answers for; absent for items that are no hop (rows 6, 11-15). */
  readonly hop?: { readonly path: number; readonly hop: number };
  /** Row of decision-rules.md C. */
  readonly row: number;
  readonly accountable: Role;
  readonly responsible: readonly Role[];
  /** Weaker than short-lived identity with policy at request time (R37). */
  readonly interim: boolean;
}

export interface FollowUp {
  readonly required: boolean;
  readonly owner: Role;
  readonly because: string;
  /** Pre-filled "not applicable", which still needs a signer. */
  readonly notApplicable?: string;
}

export interface Deadline {
  readonly task: "triage" | "contain" | "fix" | "decide" | "notify";
  readonly due: string | null;
  readonly rule: string;
  readonly because: string;
}

export interface FrameworkRef {
  readonly framework: string;
  readonly version: string;
  readonly id: string;
  readonly reason: string;
  readonly remappedFrom?: string;
}

export interface Gap {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly scope: string;
  readonly hint?: string;
}

/** What a defect meets, so that it weighs more than the defect alone (R8). */
export interface Combination {
  /** The worst that a tool gave it. */
  readonly own: Severity;
  readonly severity: Severity;
  readonly with: readonly {
    readonly kind: "excess-rights" | "long-lived-secret" | "metadata-credentials" | "another-owner";
    readonly text: string;
    readonly because: readonly Evidence[];
  }[];
}

export interface Case {
  readonly id: string;
  readonly title: string;
  readonly kind: CaseKind;
  readonly severity: Severity;
  /** Why `severity` is more than any tool gave an exposure (R8); absent where it is not. */
  readonly combination?: Combination;
  readonly tier: 0 | 1 | 2 | 3;
  /** What the tier would be if the unknown facts turn out the worse way. */
  readonly tierIfUnknown: 0 | 1 | 2 | 3;
  readonly level: number;
  readonly exposures: readonly CaseExposure[];
  readonly facts: Readonly<Record<string, FactRecord>>;
  readonly origin: {
    readonly kind: "event" | "code" | "capability" | "unknown";
    readonly text: string;
    /** `seen in audit log`, `defined in code`, `inferred from what is possible`, `not known`. */
    readonly how: string;
    readonly evidence: readonly Evidence[];
  };
  /** R57, in the order of its layers; absent in analyses of earlier versions. */
  readonly decisionChain?: readonly DecisionLink[];
  readonly recreation: CaseRecreation;
  readonly controlPoint: { readonly kind: string; readonly id: string; readonly label: string };
  readonly accessPathKey: string;
  readonly rules: readonly { readonly id: string; readonly because: string }[];
  readonly contain: Task;
  readonly trace: Task;
  /** What identities in foreign hands created, consented to or could have created (R54); absent where none are. */
  readonly offspring?: Offspring;
  /** The whole order of work: stop, revoke, trace, rotate with proof, narrow, retest, review (R31). */
  readonly containment: readonly PlanStep[];
  readonly fix: readonly FixItem[];
  readonly supports: readonly Role[];
  readonly lead: Role | "not decided yet";
  readonly leadBecause: string;
  readonly commander: { readonly required: boolean; readonly because: string; readonly person?: string };
  readonly authorities: {
    readonly revoke: readonly Answerable[];
    readonly compensatingControl: readonly Answerable[];
    readonly residualRisk: readonly Answerable[];
    readonly privilegeChange: readonly Answerable[];
    readonly emergency: readonly Answerable[];
  };
  readonly followUps: {
    readonly accessReview: FollowUp;
    readonly secretRotation: FollowUp;
    readonly privilegeReduction: FollowUp;
  };
  readonly thirdParty?: {
    readonly id: string;
    readonly contract: string;
    readonly technical: string;
    readonly gap?: string;
  };
  readonly deadlines: readonly Deadline[];
  readonly frameworks: readonly FrameworkRef[];
  readonly gaps: readonly Gap[];
  /** What would change the decision: `key dead everywhere → yes, lead IDGOV`. */
  readonly changesIf: readonly { readonly if: string; readonly then: string }[];
}
