import type { Evidence } from "../estate/index.js";
import type { Inference, RankedCandidate } from "./infer-owner.js";
import type { IndependenceClass, Rejected } from "./owner-evidence.js";
import type { Role } from "./role.js";

/** Why this owner: everything that was weighed, in plain values (ownership.md 6b, explanation object). */
export interface OwnerExplanation {
  readonly role: Role;
  readonly decidedBy: "catalogue" | "evidence" | "nobody";
  /** From the catalogue, in words, best first. */
  readonly named: readonly string[];
  readonly candidates: readonly {
    readonly candidate: string;
    readonly score: number;
    readonly evidence: readonly {
      readonly source: string;
      readonly raw: string;
      readonly observedAt?: string;
      readonly ageDays?: number;
      readonly class: IndependenceClass;
      /** After decay, validity and directness. */
      readonly weight: number;
      /** Set when a stronger piece of the same class counts instead. */
      readonly capped?: string;
      readonly evidence: Evidence;
    }[];
  }[];
  readonly rejected: readonly Rejected[];
  /** What would raise confidence. */
  readonly raise: readonly string[];
}

/** Scores as people read them: two digits. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

export function explanationOf(
  role: Role,
  named: readonly string[],
  inference: Inference,
  chosen: number,
): OwnerExplanation {
  return {
    role,
    decidedBy: named.length > 0 ? "catalogue" : chosen > 0 ? "evidence" : "nobody",
    named,
    candidates: inference.ranked.map(candidateOf),
    rejected: inference.rejected,
    raise: inference.raise,
  };
}

function candidateOf({
  candidate,
  score,
  evidence,
}: RankedCandidate): OwnerExplanation["candidates"][number] {
  return {
    candidate: candidate.shown,
    score: rounded(score),
    evidence: evidence.map((item) => ({
      source: item.sighting.source,
      raw: item.sighting.raw,
      ...(item.sighting.observedAt === undefined ? {} : { observedAt: item.sighting.observedAt }),
      ...(item.ageDays === undefined ? {} : { ageDays: Math.round(item.ageDays) }),
      class: item.class,
      weight: rounded(item.weight),
      ...(item.counted
        ? {}
        : { capped: item.weight === 0 ? "weighs nothing" : `${item.class} evidence counts once` }),
      evidence: item.sighting.evidence,
    })),
  };
}
