import type { PersonId } from "../person.js";

export type Tri = true | false | "unknown";

/** What a snapshot shows of a case: asked anew for every exposure, whatever case it would belong to now (R36). */
export interface Retest {
  /** Digests. */
  readonly snapshot: string;
  readonly analysis: string;
  /** ISO instant: the state of the world that the snapshot shows, the oldest of what it rests on. */
  readonly observedAt: string;
  readonly exposures: readonly RetestedExposure[];
  /** Per step of the plan that revokes: whether the credential, trust or session is dead. */
  readonly revoked: readonly { readonly step: string; readonly done: Tri }[];
  /** Ids of fix items that the snapshot shows solved durably although the plan had called them interim (R37). */
  readonly durable: readonly string[];
  /** Facts that are missing for an answer. */
  readonly missing: readonly string[];
}

export interface RetestedExposure {
  readonly id: string;
  /** `fixed`: seen passing. `gone`: absent while its scope was scanned. Absent elsewhere: `unknown`. */
  readonly state: "open" | "fixed" | "gone" | "muted-external" | "unknown";
  readonly verdict: "none" | "governed" | "possible" | "unknown";
}

/** Computed, never ticked. */
export interface Outcome {
  readonly contained: Tri;
  readonly revoked: Tri;
  readonly fixed: Tri;
  readonly durable: Tri;
  /** In words, why what is not `true` is not. */
  readonly because: readonly string[];
}

export interface Verified {
  readonly kind: "verified";
  readonly retest: Retest;
  readonly outcome: Outcome;
}

export interface Closed {
  readonly kind: "closed";
  readonly reason: string;
  readonly signer: PersonId;
  readonly accessPathKey: string;
}

/** The proof that closed it does not hold any more, or somebody says why it has to be looked at again. */
export interface Reopened {
  readonly kind: "reopened";
  readonly because: "way-back" | "person";
  readonly reason: string;
}

/** D14, R10: seen open again after it had been seen contained. Level + 1, the old trace reopens. */
export interface Recurred {
  readonly kind: "recurred";
  readonly level: number;
  /** Signer of the closure that did not hold; absent where it recurred before it was closed. */
  readonly signer?: PersonId;
}

export type VerificationEvent = Verified | Closed | Reopened | Recurred;
