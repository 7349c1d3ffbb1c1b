import type { CaseDecision } from "./case-input.js";
import type { CaseExposure, Severity } from "./analysis.js";
import { combinationOf } from "./combination.js";
import { compareSeverity } from "./sorting.js";

/**
 * Severity of a case: the worst that a tool gave an exposure, or more where a modest defect meets excess rights, a
 * standing secret or a way into somebody else's account (R8). The exposures keep what their tools said.
 */
export function caseSeverity(exposures: readonly CaseExposure[], decision: CaseDecision): Severity {
  const [worst = "medium"] = exposures.map((exposure) => exposure.severity).sort(compareSeverity);
  return combinationOf(exposures, decision)?.severity ?? worst;
}
