import type { Tri } from "../estate/index.js";

/** A catalogue line that sanctions an entry edge (never an identity), recreation.md 3. */
export interface Sanction {
  readonly kind: "just-in-time" | "break-glass" | "gated-pipeline";
  /** The identity that is entered: principal id, `*` globs allowed. */
  readonly role: string;
  /** Who may enter: `saml:okta`, `repo:acme/etl:environment:production`, a principal id or glob. */
  readonly from: string;
  readonly reason: string;
  readonly approvedBy: string;
  /** ISO date; expired sanctions count for nothing. */
  readonly until: string;
  /** What the catalogue states about the entry; proven only together with the estate. */
  readonly stated: {
    readonly approvalByOther: Tri;
    readonly endsWithinHours: number | undefined;
    readonly mfaRequired: Tri;
    readonly loggedElsewhere: Tri;
  };
}

/** Limits and switches of the policy that access questions read. */
export interface AccessPolicy {
  /** ISO 8601 instant handed in; nothing here reads a clock. */
  readonly now: string;
  readonly sanctions: readonly Sanction[];
  /** Share of an account's exposures from which a grant set counts as shared cause (default 0.6). */
  readonly sharedCause: number;
  /** Longest just-in-time elevation that counts as such, in hours (default 12). */
  readonly jitMaxHours: number;
  /** Most routes kept per exposure; what is left out is counted (default 50). */
  readonly maxRoutes: number;
}
