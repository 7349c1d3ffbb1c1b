import type { Evidence, MissingFact } from "../estate/index.js";
import type { Answerable, Role } from "../accountability/index.js";
import type { Analysis, Deadline, FactValue, Severity } from "./analysis.js";
import type { PlanStep } from "./plan-step.js";
import type { SummedReach } from "./reach-sum.js";

/** One flaw over the whole estate (R69): `remit.flaw/1`. */
export interface FlawDocument {
  readonly schema: "remit.flaw/1";
  readonly generatedAt: string;
  readonly inputs: Analysis["inputs"];
  readonly rejected: Analysis["rejected"];
  readonly policyVersion: string;
  /** As it was asked for: a CVE, another id, or a package URL. */
  readonly asked: string;
  readonly flaw: FlawSummary;
  /** Where it runs, or may run: worst tier first. */
  readonly carriers: readonly FlawCarrier[];
  /** Components of the same package in workloads of which no tool says whether they have the flaw. */
  readonly unscanned: readonly UnscannedComponent[];
  /** Hidden by a statement of somebody (VEX), with the reason given; shown, never counted. */
  readonly notAffected: readonly {
    readonly resource: string;
    readonly name: string;
    readonly reason: string;
  }[];
  readonly total: FlawTotal;
  readonly unknowns: readonly MissingFact[];
}

export interface FlawSummary {
  /** All its names; the CVE first where there is one. */
  readonly ids: readonly string[];
  readonly components: readonly string[];
  readonly fixed: readonly string[];
  /** CISA KEV, or a tool's word; not being listed is no proof. */
  readonly knownExploited: true | "unknown";
  readonly epss?: number;
  readonly severity: Severity;
}

/** A workload, or a thing without one, in which the flaw is. */
export interface FlawCarrier {
  readonly id: string;
  readonly name: string;
  readonly kind: "workload" | "resource";
  readonly account?: string;
  readonly accountName?: string;
  readonly deployed: FactValue;
  readonly exposed: FactValue;
  readonly state: "open" | "fixed" | "gone" | "muted-external" | "unknown";
  readonly tier: 0 | 1 | 2 | 3;
  readonly tierIfUnknown: 0 | 1 | 2 | 3;
  readonly severity: Severity;
  /** The case that holds it. */
  readonly case: string;
  readonly lead: Role | "not decided yet";
  /** Why it is more than a code issue, in words (R7); empty where it is none. */
  readonly organisational: readonly string[];
  readonly found: readonly {
    readonly tool: string;
    readonly check: string;
    readonly resource: string;
    readonly evidence: Evidence;
  }[];
  readonly purls: readonly string[];
  readonly fixed: readonly string[];
  /** Who patches, who runs it, who responds; where nothing runs it only who patches (R7, R25). */
  readonly owners: readonly FlawOwner[];
  readonly identities: readonly string[];
  /** What an intruder gets to, its own things left out. */
  readonly reach: SummedReach;
  /** First moves, each with who can make it now. */
  readonly act: readonly FlawMove[];
  readonly clocks: readonly (Deadline & { readonly late: boolean })[];
}

export interface FlawOwner {
  readonly role: Role;
  readonly plane: "build" | "runtime" | "incident";
  readonly answerable: readonly Answerable[];
  readonly gap?: string;
}

export type FlawMove = Pick<PlanStep, "phase" | "role" | "title" | "requires" | "command" | "canNow">;

export interface UnscannedComponent {
  readonly workload: string;
  readonly name: string;
  readonly purl: string;
  /** `same-version`: the version that a tool calls flawed elsewhere; `mended`: a version that a tool names as the fix. */
  readonly state: "same-version" | "mended" | "not-judged";
}

export interface FlawTotal {
  readonly carriers: number;
  readonly running: number;
  /** Not known whether anything runs it. */
  readonly perhapsRunning: number;
  readonly open: number;
  readonly exposed: number;
  readonly worstTier: 0 | 1 | 2 | 3;
  /** The union over all carriers that are not mended. */
  readonly reach: SummedReach;
  readonly late: number;
  /** Carriers of which somebody named is proven able to make a first move now. */
  readonly canActNow: number;
  /** Answerable planes that nobody holds. */
  readonly unowned: number;
}
