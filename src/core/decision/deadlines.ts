import type { Deadline } from "./analysis.js";
import { holds, type Settled } from "./decided-facts.js";

/**
 * Clocks. `default` is this product's own posture clock, versioned and nobody's regulation. `bod-26-04` adds the
 * table of CISA BOD 26-04 (CERT/CC SSVC model cisa:BOD2604 1.0.0) for framework flaws; federal civilian agencies
 * are bound by it, others may choose it.
 */
export const deadlinePacks = ["default", "bod-26-04"] as const;

const day = 86_400_000;

export function deadlinesOf(settled: Settled, pack: string, now: string): readonly Deadline[] {
  const start = Date.parse(now);
  const at = (days: number): string | null =>
    Number.isNaN(start) ? null : new Date(start + days * day).toISOString();
  const contain = containDays(settled);
  const deadlines: Deadline[] = [
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
  if (pack === "bod-26-04" && holds(settled, "framework_flaw"))
    deadlines.unshift(...bodDeadlines(settled, at));
  return deadlines;
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

/** BOD 26-04 table; an unknown input counts as the stricter one. */
function bodDeadlines(settled: Settled, at: (days: number) => string | null): readonly Deadline[] {
  const kev = holds(settled, "kev");
  const worst = (fact: "exposed" | "automatable" | "technical_impact"): boolean =>
    settled.facts[fact].value !== false;
  const exposed = worst("exposed");
  const automatable = worst("automatable");
  const total = worst("technical_impact");
  const rule = "bod-26-04/1.0.0";
  const fix = (days: number, because: string): Deadline => ({ task: "fix", due: at(days), rule, because });
  if (kev && total && (exposed || automatable)) {
    return [
      { task: "triage", due: at(3), rule, because: "known exploited, total impact: forensic triage" },
      fix(3, "known exploited, total impact, exposed or automatable"),
    ];
  }
  if ((kev && exposed && automatable) || (!kev && exposed && automatable && total))
    return [fix(3, "exposed and automatable")];
  if (kev || (exposed && (automatable || total))) return [fix(14, kev ? "known exploited" : "exposed")];
  if (exposed || automatable) return [fix(60, "exposed, or automatable")];
  return [{ task: "fix", due: null, rule, because: "fix on system upgrade" }];
}
