import type { AccountId, CredentialId, Evidence, MissingFact, PrincipalId } from "../estate/index.js";
import type { AccessEngine, AccessSet, ActorSet } from "./engine.js";

/** interfaces.md, "Path kind". */
export type PathKind =
  | "standing-credential"
  | "inherited-role"
  | "federated-workload"
  | "service-principal"
  | "trust"
  | "pipeline"
  | "secret-reuse"
  | "human"
  | "root";

/** recreation.md 3. 0 by itself, 1 from outside, 2 standing machine or key, 3 expected administration, 4 sanctioned. */
export type Band = 0 | 1 | 2 | 3 | 4;

export type Certainty = "certain" | "conditional";

/**
 * How an identity is entered from outside the set of identities: a key somebody holds, compute that runs,
 * a token somebody can mint, a person who signs in. The starting point of every path.
 */
export interface Entry {
  readonly principal: PrincipalId;
  readonly kind: PathKind;
  readonly band: Band;
  /** The same entry before sanction or administration lifted it out of 0-2. */
  readonly rawBand: Band;
  /** One clause for people: `static key AKIA…Q7ZD, active, 611 days`, `any repository named acme…`, `instance i-1 runs as it`. No ARN. */
  readonly label: string;
  /** Who starts: a person, subject set, account, instance … as an id or pattern. */
  readonly starter: string;
  readonly credential?: CredentialId;
  readonly certainty: Certainty;
  /** What `conditional` assumes: `an instance runs as batch-node`. */
  readonly assumption?: string;
  readonly verdict: true | "unknown";
  readonly missing: readonly MissingFact[];
  readonly evidence: readonly Evidence[];
  /** Sanction (recreation.md 3): catalogue kind and whether its conditions are proven. */
  readonly sanction?: {
    readonly kind: "just-in-time" | "break-glass" | "gated-pipeline";
    readonly proven: boolean;
    readonly unproven: readonly string[];
  };
  /** `looks like break-glass: confirm in the catalogue`. */
  readonly hint?: string;
}

/** One identity becomes another, or obtains its rights. */
export interface BecomeEdge {
  readonly from: PrincipalId;
  readonly to: PrincipalId;
  /** `assume-role`, `assume-root`, or the escalation id, e.g. `iam-002`, `lambda-003`. */
  readonly via: string;
  readonly actions: readonly string[];
  /** The same with what each was asked on, in the order in which they are used. */
  readonly asks?: readonly { readonly action: string; readonly resource: string }[];
  readonly certainty: Certainty;
  readonly assumption?: string;
  /** Residual conditions in words. */
  readonly condition?: string;
  readonly verdict: true | "unknown";
  readonly missing: readonly MissingFact[];
  readonly evidence: readonly Evidence[];
  /** The edge rewrites `to` (or `from` itself): rights afterwards are bounded by the envelope, not by what it holds now. */
  readonly mutates: boolean;
  /** What happens on it, where that is more than becoming or rewriting: `creates a role and gives it the right`. */
  readonly words?: string;
}

/** A walk from an entry to an identity that can act. `edges` may be empty. */
export interface Route {
  readonly entry: Entry;
  readonly edges: readonly BecomeEdge[];
}

/** The backward closure over become edges. */
export interface Closure {
  /** Every identity that can end up acting as one of the targets, targets included, ascending actor index. */
  readonly members: readonly number[];
  /** Shortest walk from a member to a target: edges in order; empty for a target. Verdict and certainty are the weakest of its edges. */
  walk(member: number): readonly BecomeEdge[];
  /** Proven (true) or only if missing facts allow it. */
  verdictOf(member: number): true | "unknown";
}

/** What an identity can turn into and do: blast radius. */
export interface Reach {
  readonly principal: PrincipalId;
  readonly becomes: readonly {
    readonly principal: PrincipalId;
    readonly edges: readonly BecomeEdge[];
    readonly verdict: true | "unknown";
    readonly certainty: Certainty;
  }[];
  /** Accounts where it (or what it becomes) is administrator-equivalent. */
  readonly administers: readonly {
    readonly account: string;
    readonly through: PrincipalId;
    readonly verdict: true | "unknown";
  }[];
}

/** Questions about turning into somebody else. Built once per engine view. */
export interface Become {
  readonly engine: AccessEngine;
  /** All entries of an identity, worst band first. */
  entriesOf(principal: PrincipalId): readonly Entry[];
  /** Forward edges of one identity, sorted by target and via. */
  edgesFrom(principal: PrincipalId): readonly BecomeEdge[];
  /**
   * Everyone who can end up as one of `targets`. Identities in `stopAt` may be members but nobody is reached
   * through them (shared causes are lifted out).
   */
  closure(targets: readonly number[], stopAt?: ActorSet): Closure;
  reach(principal: PrincipalId): Reach;
  /** Accounts of all that it surely becomes, its own included: what `reach` says of them, for less. */
  accountsReached?(principal: PrincipalId): ReadonlySet<AccountId>;
  /** Nobody of the account becomes anybody of another, for sure: no trust, link or grant of the estate leads out of it. */
  confined(account: AccountId): boolean;
  /** Administrator-equivalent identities of an account, proven or unknown, by actor index. */
  administrators(account: AccountId): AccessSet;
  /** Permissions-management rights (R8, D11) of one identity, as actions with evidence. */
  privileges(principal: PrincipalId): readonly { readonly action: string; readonly evidence: Evidence }[];
}
