import type { Readiness } from "../../core/decision/index.js";
import type { ReadinessPoint } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";

/** Keeps how much was covered at the analysis whose readiness was asked for. */
export async function keepReadinessPoint(
  { store }: Installation,
  readiness: Pick<Readiness, "coverage" | "gaps"> & { readonly generatedAt: string },
): Promise<void> {
  const analysis = await store.snapshots.latest("analysis", "*");
  // Answered of an analysis that another one has replaced meanwhile: that has a point of its own.
  if (analysis?.takenAt !== readiness.generatedAt) return;
  const { required, covered, unproven } = readiness.coverage;
  await store.reports.keepReadiness({
    snapshot: analysis.id,
    at: analysis.takenAt,
    required,
    covered,
    unproven,
    gaps: readiness.gaps.length,
  });
}

/** One point per analysis of which the readiness was asked for, oldest first. */
export async function readinessTrendOf({ store }: Installation): Promise<Omit<ReadinessPoint, "snapshot">[]> {
  return (await store.reports.readiness()).map(({ snapshot: _snapshot, ...point }) => point);
}
