import type { Evidence } from "../../estate/index.js";

/** The life of an identity of a workload, in its order (R53). */
export const lifeStages = ["created", "in-use", "rotated", "reviewed", "offboarded"] as const;
export type LifeStage = (typeof lifeStages)[number];

export interface LifeStep {
  readonly stage: LifeStage;
  /** ISO day or instant; absent where it is proven and undated. */
  readonly at?: string;
  /** In words: `last used 2026-11-20`. */
  readonly text: string;
  readonly evidence: Evidence;
}

export interface IdentityLife {
  readonly identity: string;
  readonly name: string;
  /** Kind of principal; `unknown` of what is there no more. */
  readonly kind: string;
  readonly account?: string;
  /** After the catalogue. */
  readonly owner?: string;
  /** The furthest stage that is proven. */
  readonly state: LifeStage | "unknown";
  /** What is proven, in the order of life. */
  readonly steps: readonly LifeStep[];
  /** Stages that nothing shows. */
  readonly open: readonly LifeStage[];
}
