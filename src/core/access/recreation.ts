import type { AccountId, Evidence, MissingFact, PrincipalId, ResourceId, Tri } from "../estate/index.js";
import type { Band, BecomeEdge, Certainty, Entry, PathKind } from "./become.js";

export type Leg = "restore" | "bypass" | "drift";
export type Verdict = "none" | "governed" | "possible" | "unknown";

export interface Hop {
  readonly from: string;
  readonly to: string;
  /** In words: `may become`, `runs as`, `holds the key of`, `may s3:PutBucketPolicy`. */
  readonly via: string;
  readonly action?: string;
  /**
   * The rule by which it holds: `entry:KIND`, `assume-role`, an escalation id (`lambda-003`), `right`, `right-granted`
   * (the actor writes the policy that gives it), `right-after-rewrite`. A check that knows it tells it by this name.
   */
  readonly rule?: string;
  /** Every right that it takes, with what it is used on. */
  readonly asks?: readonly { readonly action: string; readonly resource: string }[];
  /** What is known of the thing that starts here: `lies in repository acme/etl, .env line 4; active, 611 days`. */
  readonly note?: string;
  readonly evidence: readonly Evidence[];
  /** decision-rules.md C: which row answers for this hop (1-10); set by the recreation engine from the hop's nature. */
  readonly cause: HopCause;
}

/** The nature of a hop, from which decision-rules.md C picks the accountable role. */
export type HopCause =
  | "secret" // 1 a value that can be copied
  | "federation" // 2 federated subject, OAuth app, service principal and its trust
  | "grant" // 3 over-wide grant or inherited role
  | "account-trust" // 4 trust between accounts
  | "flaw" // 5
  | "guardrail" // 6
  | "code" // 7 infrastructure code, controller, template
  | "human" // 8 standing human access, no MFA
  | "root" // 9
  | "ci" // 10 CI secret, pipeline permissions
  | "setting"; // 11 resource setting

/** A way back, worst band first when listed. */
export interface Path {
  readonly kind: PathKind;
  readonly leg: Leg;
  readonly band: Band;
  readonly certainty: Certainty;
  readonly governed: boolean;
  readonly verdict: true | "unknown";
  readonly hops: readonly Hop[];
  /** Index into `hops` of the recurrence hop: the one that holds the right or setting which re-creates. */
  readonly recurrenceHop: number;
  readonly credential?: string;
  /** Residual conditions and assumptions in words: `only from vpce-1a2b`, `assumes an instance runs as batch-node`. */
  readonly condition?: string;
  /** Stable id of the route within the case: digest of starter and hops. */
  readonly route: string;
  /** One clause for the table: `static key of svc-batch → etl-admin`. No ARNs, no rule ids. */
  readonly because: string;
  /** Who starts, as the subject of a sentence: `a leaked key of svc-batch`, `Terraform`. Absent where nobody does. */
  readonly startedBy?: string;
  readonly missing: readonly MissingFact[];
  /** Only two different actors together can: shown, not counted. */
  readonly colluding?: boolean;
  /** Why the independent check could not follow it; absent where it did. */
  readonly unchecked?: string;
  /** Set when the same actor did it before and still can (band 0). */
  readonly repeatOf?: Evidence;
  readonly starter: string;
  readonly actor: string;
  readonly control: ControlPoint;
  /** Of a `drift` path: the code that sets it again, and how it comes to the cloud. */
  readonly code?: PathCode;
}

/** What to change in code, where, and who applies it. Members that are absent are not known. */
export interface PathCode {
  readonly tool: "terraform" | "cloudformation" | "controller" | "other";
  readonly address: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly repository?: string;
  /** Id of the pipeline that applies it. */
  readonly pipeline?: string;
  /** The identity that the pipeline acts as. */
  readonly identity?: string;
}

/** The narrowest grant, trust, credential or pipeline statement that holds the recurrence hop (interfaces.md, Case). */
export interface ControlPoint {
  readonly kind: "grant" | "trust" | "credential" | "pipeline" | "resource";
  /** Stable over runs: statement digest, credential id, definition address, resource id. */
  readonly id: string;
  readonly label: string;
}

/** Why the answer is `none` or `governed`: the candidates per atom and what blocks each. */
export interface Certificate {
  readonly atoms: readonly {
    readonly atom: string;
    readonly candidates: number;
    readonly blockedBy: readonly string[];
  }[];
  /** Layers that the formula names and that were present. */
  readonly layers: readonly string[];
}

/** The administrators (or other population) lifted out of the exposures of an account (recreation.md 3). */
export interface SharedCause {
  /** Stable: account and kind. */
  readonly key: string;
  readonly account: string;
  readonly kind: "administrators" | "broad-grant";
  readonly members: readonly PrincipalId[];
  /** Ways in that are worse than band 3, worst first. */
  readonly entries: readonly { readonly entry: Entry; readonly edges: readonly BecomeEdge[] }[];
  readonly band: Band;
  readonly title: string;
  /** The same ways in as paths, worst first; `actor` is the member that is reached. */
  readonly paths?: readonly Path[];
}

export interface Recreation {
  readonly verdict: Verdict;
  readonly band?: Band;
  readonly basis: readonly ("expected" | "sanctioned" | "floor" | "immutable" | "gone")[];
  /** Worst first: band, verdict true before unknown, certain before conditional, fewer hops, route. */
  readonly paths: readonly Path[];
  /** How many paths exist beyond a limit that was reached. */
  readonly morePaths: number;
  readonly missing: readonly MissingFact[];
  /** What each missing fact would decide: `if it allows: yes; if it denies: cannot`. */
  readonly wouldDecide: readonly {
    readonly fact: MissingFact;
    readonly ifTrue: string;
    readonly ifFalse: string;
  }[];
  /** The same for all of them at once, where there are several: one alone may decide nothing. */
  readonly togetherDecide?: { readonly ifTrue: string; readonly ifFalse: string };
  /** Keys of shared causes that stand behind it. */
  readonly sharedCauses: readonly string[];
  readonly floor: readonly string[];
  /** Nearest misses: who is stopped, by what. */
  readonly stopped: readonly { readonly who: string; readonly by: string; readonly evidence?: Evidence }[];
  /** `SCPs allow (3 levels)`, `no RCP on s3`, `41 Deny statements, none match`. */
  readonly checked: readonly string[];
  readonly certificate?: Certificate;
  /** New resources with the same weakness: listed, never counted. */
  readonly elsewhere: readonly string[];
  /** The finding may come back although the exposure does not (effect guard). */
  readonly findingReturns?: string;
  /**
   * How the exposure is used today, before containment: the credential, right, code or setting that makes it what
   * it is. Decides which causes get a fix item even when nothing survives containment (R11, R33).
   */
  readonly exposurePath?: readonly Hop[];
  /** Guard rails that the formula names and their state (R9, CHECKED). */
  readonly guards?: readonly {
    readonly name: string;
    readonly kind: "write" | "effect";
    readonly state: Tri;
    readonly evidence: readonly Evidence[];
  }[];
  /** The weak setting as the estate shows it now, before containment. */
  readonly now?: { readonly text: string; readonly value: Tri; readonly evidence: readonly Evidence[] };
  /** The formula's name, or how the actions were derived; derived formulas never yield none. */
  readonly formula: string;
  readonly derived: boolean;
}

/** What is asked: one exposure of one resource. */
export interface RecreationQuestion {
  readonly resource: ResourceId;
  readonly weakness: string;
  readonly subLocator: string;
  /** The account that the finding names: used where neither the id nor the estate says it (bucket ARNs do not). */
  readonly account?: AccountId;
}

export type PropertyTruth = {
  readonly value: Tri;
  readonly label: string;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly MissingFact[];
};
