import type { CaseDecision } from "./case-input.js";
import type { CaseExposure, Severity } from "./analysis.js";
import { compareSeverity } from "./sorting.js";

/**
 * Severity of a case: the worst that a tool gave an exposure, or more where a modest defect meets excess rights, a
 * standing secret or a way into somebody else's account (R8). The exposures keep what their tools said.
 */
export function caseSeverity(exposures: readonly CaseExposure[], decision: CaseDecision): Severity {
  const [worst = "medium"] = exposures.map((exposure) => exposure.severity).sort(compareSeverity);
  const holds = (name: string): boolean => decision.facts[name]?.value === true;
  const combined =
    !decision.rules.some((rule) => rule.id === "D1" || rule.id === "D10") &&
    (holds("standing_secret_exposed") || holds("bypass") || holds("crosses_owners") || holds("can_recur")) &&
    (holds("privileged") || holds("crosses_owners"));
  const floor: Severity = !combined ? "unknown" : decision.tier === 3 ? "critical" : "high";
  return compareSeverity(floor, worst) < 0 ? floor : worst;
}
