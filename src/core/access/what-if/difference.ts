import type { CredentialId, Evidence, MissingFact, PrincipalId } from "../../estate/index.js";
import type { Band, PathKind } from "../become.js";

/** A question whose answer a change may alter. */
export interface AccessQuestion {
  readonly action: string;
  /** What is asked: an id, or a thing that does not exist yet under a pattern. */
  readonly resource: string;
  /** The pattern, where `resource` stands for what it matches. */
  readonly pattern?: string;
}

export type AccessAnswer = "can" | "unknown" | "cannot";

/** One identity that may do something before and not after, or the other way round, by its own rights. */
export interface AccessChange {
  readonly principal: PrincipalId;
  readonly action: string;
  /** As asked, or the pattern that it stands for. */
  readonly resource: string;
  readonly before: AccessAnswer;
  readonly after: AccessAnswer;
  /** Conditions of the request that are new or gone, where the right itself stays. */
  readonly onlyIf?: readonly string[];
  readonly noLongerOnlyIf?: readonly string[];
  /** What stops it afterwards, or gives it. */
  readonly because?: string;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly MissingFact[];
}

/** A way into an identity that is there before and not after, or the other way round. */
export interface EntryChange {
  readonly into: PrincipalId;
  readonly label: string;
  readonly kind: PathKind;
  readonly starter: string;
  readonly credential?: CredentialId;
  /** Undefined: not there. */
  readonly before?: Band;
  readonly after?: Band;
  readonly evidence: readonly Evidence[];
}

/** Access that is on record to be used and that would not work any more. */
export interface BrokenUse {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  /** ISO instant of the last recorded use. */
  readonly lastUsedAt: string;
  /** How often, among the records. */
  readonly uses: number;
  /** `possible`: the way in is gone, and who came in by it is not recorded. */
  readonly certainty: "certain" | "possible";
  readonly because: string;
  readonly evidence: readonly Evidence[];
}

export interface Limits {
  /** Most questions asked. */
  readonly questions: number;
  /** Most rows of each list. */
  readonly rows: number;
  /** Most distinct uses on record that are tried again. */
  readonly uses: number;
}

export const usualLimits: Limits = { questions: 4_000, rows: 1_000, uses: 20_000 };
