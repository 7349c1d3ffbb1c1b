import type { Readiness, ReadinessCell, ReadinessGap, WorkloadReadiness } from "./readiness.js";

/** The figures of a matrix, or of the rows of it that somebody may see. */
export function readinessShares(
  workloads: readonly WorkloadReadiness[],
  gaps: readonly ReadinessGap[],
): Pick<Readiness, "coverage" | "diffuse"> {
  const required = workloads.flatMap(({ cells }) => cells.filter(({ state }) => state !== "-"));
  const covered = required.filter(isCovered).length;
  return {
    coverage: {
      required: required.length,
      covered,
      unproven: required.filter(
        ({ state, authority }) => state === "named" && authority?.verdict === "unknown",
      ).length,
      share: required.length === 0 ? 1 : covered / required.length,
    },
    diffuse: {
      nobody: required.filter(({ who }) => who === undefined).length,
      several: gaps.filter(({ kind }) => kind === "several").length,
    },
  };
}

const isCovered = ({ state, authority }: ReadinessCell): boolean =>
  state === "can" || (state === "named" && authority?.verdict !== "unknown");
