import type { ClaimedEvidence, Outcome } from "./claim.js";
import type { Formula } from "./formulas.js";
import type { Citation } from "./raw-document.js";

/** `remit.proof/1`: everything that somebody needs, beside the documents, to see for themselves. */
export interface Proof {
  readonly schema: "remit.proof/1";
  readonly case: string;
  readonly title: string;
  /** The instant that it speaks of, ISO 8601. */
  readonly at: string;
  readonly verdict: "possible" | "unknown" | "governed" | "none";
  readonly words: string;
  readonly questions: readonly ProofQuestion[];
  readonly paths: readonly ProofPath[];
  /** Paths of the case that were left out of it. */
  readonly morePaths: number;
  /** Facts without which nobody can say more. */
  readonly missing: readonly { readonly key: string; readonly fact: string; readonly collect: string }[];
  /** Of `none` and `governed`: who was looked at, and what keeps each out. */
  readonly certificates: readonly Certificate[];
  readonly documents: readonly { readonly path: string; readonly digest: string }[];
  /** sha256 of each part, so that a changed one is named. */
  readonly seals: readonly { readonly part: string; readonly digest: string }[];
  /** sha256 over all seals. */
  readonly digest: string;
}

export interface ProofQuestion {
  readonly exposure: string;
  readonly resource: string;
  readonly weakness: string;
  readonly account?: string | undefined;
  /** What has to be true so that it is back; null where this check knows no formula. */
  readonly formula: Formula | null;
  /** What containment is taken to have done (recreation.md 2), and the statements that it takes away. */
  readonly contained: { readonly what: string; readonly statements: readonly Citation[] };
}

export interface ProofHop {
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly action?: string | undefined;
  readonly rule?: string | undefined;
  readonly asks?: readonly { readonly action: string; readonly resource: string }[] | undefined;
  readonly evidence: readonly ClaimedEvidence[];
  /** What the check found by itself. */
  readonly found: {
    readonly outcome: Outcome;
    readonly text: string;
    /** Statements that grant it: of the identity, and of the resource or the trust. */
    readonly grants: readonly Citation[];
    /** Boundary, SCPs, RCPs, trust and policy of the resource that were read for it. */
    readonly read: readonly (Citation & { readonly layer: string })[];
    /** Statements of the limiting layers that take part: SCP, RCP, boundary, and denies that only some requests meet. */
    readonly limits: readonly (Citation & { readonly layer: string })[];
    readonly conditions: readonly string[];
    /** Deny statements that were looked at and do not match. */
    readonly denies: number;
  };
}

export interface ProofPath {
  readonly route: string;
  readonly exposures: readonly string[];
  readonly leg: "restore" | "bypass" | "drift";
  readonly verdict: true | "unknown";
  readonly certainty: "certain" | "conditional";
  readonly governed: boolean;
  readonly starter: string;
  readonly actor: string;
  readonly condition?: string | undefined;
  readonly colluding?: boolean | undefined;
  readonly missing: readonly { readonly key: string; readonly fact: string; readonly collect: string }[];
  readonly hops: readonly ProofHop[];
  readonly outcome: Outcome;
  readonly text: string;
}

/** For one exposure: nobody is left who could. */
export interface Certificate {
  readonly exposure: string;
  readonly outcome: Outcome;
  readonly text: string;
  /** Leaves of the formula that are false for everybody: then nobody's rights matter. */
  readonly shut: readonly string[];
  readonly atoms: readonly CertificateAtom[];
  /** Identities that satisfy the formula or become one that does, and why each does not count. */
  readonly identities: readonly { readonly identity: string; readonly because: string }[];
}

export interface CertificateAtom {
  readonly action: string;
  readonly resource: string;
  /** Every statement of the documents that speaks of it, found by a scan of this check's own. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly statement: Citation;
  /** How many identities hold it. */
  readonly holders: number;
  /** Those that may, sorted. */
  readonly able: readonly string[];
  /** What keeps the others out, with how many of them. */
  readonly blocked: readonly {
    readonly by: string;
    readonly identities: number;
    readonly at?: Citation | undefined;
  }[];
}
