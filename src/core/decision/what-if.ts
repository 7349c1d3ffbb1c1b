import type { Evidence, MissingFact, Rejection } from "../estate/index.js";
import type { Band, PathKind, Verdict } from "../access/index.js";
import type { Input } from "./analysis.js";
import type { Role } from "../accountability/index.js";

/** The document `remit.what-if/1` (interfaces.md): the same analysis after a proposed change. */
export interface WhatIfDocument {
  readonly schema: "remit.what-if/1";
  readonly generatedAt: string;
  readonly inputs: readonly Input[];
  /** Of the inputs, and changes that name nothing of the estate. */
  readonly rejected: readonly Rejection[];
  readonly change: {
    readonly document: string;
    readonly digest: string;
    readonly applied: readonly {
      readonly kind: string;
      readonly text: string;
      readonly pointer: string;
      readonly line?: number;
    }[];
  };
  /** Answers that are others after the change. */
  readonly verdicts: readonly VerdictFlip[];
  /** Exposures whose answer stays. */
  readonly unchanged: number;
  readonly newExposures: readonly (FlippedExposure & { readonly words?: string })[];
  readonly access: {
    readonly lost: readonly AccessRow[];
    readonly gained: readonly AccessRow[];
    readonly conditional: readonly AccessRow[];
    readonly more: number;
  };
  readonly entries: readonly {
    readonly into: string;
    readonly label: string;
    readonly kind: PathKind;
    readonly starter: string;
    readonly credential?: string;
    readonly before?: Band;
    readonly after?: Band;
    readonly evidence: readonly Evidence[];
  }[];
  readonly broken: readonly {
    readonly who: string;
    readonly action: string;
    readonly resource: string;
    readonly lastUsedAt: string;
    readonly uses: number;
    readonly certainty: "certain" | "possible";
    readonly because: string;
    readonly evidence: readonly Evidence[];
  }[];
  readonly asked: {
    readonly questions: number;
    readonly unasked: number;
    readonly uses: number;
    readonly untried: number;
    readonly auditLogDays: number;
  };
}

export interface FlippedExposure {
  readonly resource: string;
  readonly name: string;
  readonly weakness: string;
  readonly title: string;
}

/** What an analysis says of one exposure. */
export interface VerdictSide {
  /** Id of the case; absent where there is none. */
  readonly case?: string;
  readonly verdict: Verdict;
  readonly band?: Band;
  readonly words: string;
  readonly because: string;
  readonly lead: Role | "not decided yet";
}

export interface VerdictFlip extends FlippedExposure {
  readonly before?: VerdictSide;
  readonly after?: VerdictSide;
  readonly effect: "better" | "worse" | "other";
  /** The setting itself no longer stands. */
  readonly closed: boolean;
}

export interface AccessRow {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly before: "can" | "unknown" | "cannot";
  readonly after: "can" | "unknown" | "cannot";
  readonly onlyIf?: readonly string[];
  readonly noLongerOnlyIf?: readonly string[];
  readonly because?: string;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly MissingFact[];
}
