import type { Readiness, ReadinessGap, ReadinessGapKind } from "./readiness.js";

/** What a release is held to: which gaps stop it, from which tier on. */
export interface GatePolicy {
  /** Gaps of workloads below this tier are told and do not stop anything. */
  readonly fromTier: 1 | 2 | 3;
  /** Kinds that never stop a release by themselves. */
  readonly advisory: readonly ReadinessGapKind[];
}

/**
 * Accountability that a catalogue can mend stops a release; what only work on the estate mends is told beside it, as
 * is what no tier hangs on.
 */
export const defaultGate: GatePolicy = {
  fromTier: 1,
  advisory: ["static-access", "orphaned", "unconfirmed", "other-class"],
};

export interface GateReason {
  /** Stops the release, or is told only. */
  readonly level: "error" | "note";
  readonly gap: ReadinessGap;
}

export interface GateResult {
  readonly pass: boolean;
  /** Errors first, each in the order of the readiness. */
  readonly reasons: readonly GateReason[];
  /** Gaps that the baseline holds already. */
  readonly known: number;
}

/** `baseline`: gaps of an earlier readiness; only what is new stops the release. */
export function gateOf(
  { gaps }: Pick<Readiness, "gaps">,
  policy: GatePolicy,
  baseline: readonly Pick<ReadinessGap, "kind" | "scope" | "duty">[] = [],
): GateResult {
  const before = new Set(baseline.map(keyOf));
  const fresh = gaps.filter((gap) => !before.has(keyOf(gap)));
  const reasons = fresh.map((gap): GateReason => ({
    level:
      !policy.advisory.includes(gap.kind) && (gap.tier === undefined || gap.tier >= policy.fromTier)
        ? "error"
        : "note",
    gap,
  }));
  return {
    pass: reasons.every(({ level }) => level === "note"),
    reasons: [
      ...reasons.filter(({ level }) => level === "error"),
      ...reasons.filter(({ level }) => level === "note"),
    ],
    known: gaps.length - fresh.length,
  };
}

const keyOf = ({ kind, scope, duty }: Pick<ReadinessGap, "kind" | "scope" | "duty">): string =>
  `${kind}|${scope}|${duty ?? ""}`;
