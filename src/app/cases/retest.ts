import { retestFrom, type Plan, type Retest, type RetestSource, type Tri } from "../../core/cases/index.js";
import type { Analysis, Case } from "../../core/decision/index.js";

/** What a newer analysis shows of a case, with what it says of revoked credentials and of interim items (R36, R37). */
export function retestOf(
  id: string,
  plan: Plan,
  analysis: Analysis,
  source: Pick<RetestSource, "analysis" | "snapshot" | "observedAt" | "states">,
): Retest {
  const shown = retestFrom(plan, analysis, source);
  const same = analysis.cases.find((item) => item.id === id);
  const held = shown.exposures.every(({ verdict }) => verdict === "none" || verdict === "governed");
  const stillInterim = new Set(same?.fix.flatMap(({ item, interim }) => (interim ? [item] : [])));
  const known = shown.exposures.every(({ verdict }) => verdict !== "unknown");
  const steps = plan.steps.filter(({ phase }) => phase === "revoke");
  return {
    ...shown,
    revoked: steps.map((step) => ({ step: step.id, done: isRevoked(step.title, same, known) })),
    durable: held
      ? plan.fix.flatMap((item) => (item.interim && !stillInterim.has(item.item) ? [item.id] : []))
      : [],
  };
}

/** A step that the new decision still asks for is not done; one that it asks for no more, with an answer, is. */
function isRevoked(title: string, same: Case | undefined, known: boolean): Tri {
  if (same?.containment.some((step) => step.phase === "revoke" && step.title === title) === true)
    return false;
  return known ? true : "unknown";
}
