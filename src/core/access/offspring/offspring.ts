import type { CredentialId, Evidence, MissingFact, PrincipalId, Tri } from "../../estate/index.js";

/** Whose deeds are asked about: identities in full, or only what was done with one secret of theirs. */
export interface Seeds {
  readonly principals: readonly PrincipalId[];
  readonly credentials: readonly CredentialId[];
}

/** One thing that came from a seed, directly or through something that it made before. */
export interface OffspringItem {
  /** As in the estate or the audit record. */
  readonly id: string;
  readonly name: string;
  readonly what: "identity" | "credential" | "consent" | "compute" | "policy" | "resource";
  /** `changed`: it stood before and was opened or given rights. */
  readonly how: "created" | "changed" | "consented";
  /** The identity or credential that did it. */
  readonly by: string;
  /** 1: by a seed itself; 2: by what a seed created; and so on. */
  readonly generation: number;
  /** ISO instant, where a record says when. */
  readonly at?: string;
  readonly region?: string;
  readonly action?: string;
  /** Whether it is still there. */
  readonly stands: Tri;
  /** Of `possible` items: why it may be theirs. */
  readonly why?: string;
  readonly evidence: readonly Evidence[];
}

/** A right with which more could be made. */
export interface CreationRight {
  readonly action: string;
  readonly as: string;
  readonly verdict: true | "unknown";
}

/** Everything that compromised identities created, consented to or could have created (R54). */
export interface Offspring {
  /** Shown by an audit record or stated in the estate; by generation, then time. */
  readonly made: readonly OffspringItem[];
  /** May be theirs: nobody recorded who, and they could; or made by a role that they can become. */
  readonly possible: readonly OffspringItem[];
  /** Rights with which they could have created, and still can create, more. */
  readonly may: readonly CreationRight[];
  /** Items beyond the limit. */
  readonly more: number;
  /** From when on audit records are there, ISO instant; absent: none are. */
  readonly since?: string;
  /** What would have to be supplied to be sure that nothing is left out. */
  readonly missing: readonly MissingFact[];
}
