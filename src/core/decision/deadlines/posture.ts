import type { Deadline } from "../analysis.js";
import { holds, type Settled } from "../decided-facts.js";

const day = 86_400_000;

/** The product's own posture clock, versioned and nobody's regulation. It starts when the case is decided. */
export function postureDeadlines(settled: Settled, now: string): readonly Deadline[] {
  const start = Date.parse(now);
  const at = (days: number): string | null =>
    Number.isNaN(start) ? null : new Date(start + days * day).toISOString();
  const contain = containDays(settled);
  return [
    {
      task: settled.verdict === "unknown" ? "decide" : "contain",
      due: at(contain.days),
      rule: "default/1",
      because: contain.because,
    },
    {
      task: "fix",
      due: at(contain.days + fixDays(settled)),
      rule: "default/1",
      because: "durable fix after containment",
    },
  ];
}

/** Days to containment of the default pack: shortest where a stranger or code is at work and reach is large. */
function containDays(settled: Settled): { readonly days: number; readonly because: string } {
  if (holds(settled, "incident_declared") || holds(settled, "exploited"))
    return { days: 0, because: "declared or exploited: now" };
  if (settled.view.input.sharedCause !== undefined)
    return { days: 7, because: "standing access behind several cases" };
  const band = settled.view.counted[0]?.band;
  if (
    settled.verdict === "possible" &&
    band !== undefined &&
    band <= 1 &&
    settled.tier >= 2 &&
    isUrgent(settled)
  ) {
    return { days: 0, because: "open now, comes back by itself or from outside, tier 2 or more" };
  }
  if (settled.verdict === "possible" || settled.verdict === "unknown")
    return { days: 3, because: "it can, or might, come back" };
  return { days: 7, because: "nobody ungoverned can bring it back" };
}

const isUrgent = (settled: Settled): boolean =>
  settled.view.input.exposures.some(
    (item) => item.state === "open" && (item.severity === "critical" || item.severity === "high"),
  );

const fixDays = (settled: Settled): number => (settled.tier >= 2 ? 14 : 30);
