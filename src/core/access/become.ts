import type { CredentialId, Evidence, MissingFact, PrincipalId } from "../estate/index.js";

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
  readonly sanction?: { readonly kind: "just-in-time" | "break-glass" | "gated-pipeline"; readonly proven: boolean; readonly unproven: readonly string[] };
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
  readonly certainty: Certainty;
  readonly assumption?: string;
  /** Residual conditions in words. */
  readonly condition?: string;
  readonly verdict: true | "unknown";
  readonly missing: readonly MissingFact[];
  readonly evidence: readonly Evidence[];
  /** The edge rewrites `to` (or `from` itself): rights afterwards are bounded by the envelope, not by what it holds now. */
  readonly mutates: boolean;
}

/** A walk from an entry to an identity that can act. `edges` may be empty. */
export interface Route {
  readonly entry: Entry;
  readonly edges: readonly BecomeEdge[];
}
