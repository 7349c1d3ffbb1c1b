import type { Deadline } from "../analysis.js";
import type { Settled } from "../decided-facts.js";
import { packDeadlines, questionOf, type PolicyOfDeadlines } from "./packs.js";
import { postureDeadlines } from "./posture.js";
import { ssvcOutcome } from "./ssvc.js";

export { deadlinePacks } from "./packs.js";

/** Clocks of a case: those of the chosen rule books first, then the product's own posture clock. */
export function deadlinesOf(
  settled: Settled,
  policy: PolicyOfDeadlines | undefined,
  now: string,
): readonly Deadline[] {
  const question = questionOf(settled.view, (fact) => settled.facts[fact].value, now);
  // Rule books count for what is in use (R7).
  const packs = settled.facts.deployed.value === false ? [] : packDeadlines(question, policy);
  return [...packs, ...postureDeadlines(settled, now)];
}

/** SSVC says that leadership has to attend: a signer of residual risk is named (standards.md 3f). */
export const needsLeadership = (
  settled: Settled,
  policy: PolicyOfDeadlines | undefined,
  now: string,
): boolean =>
  (policy?.deadlines ?? []).includes("ssvc") &&
  settled.view.input.kind === "flaw" &&
  ssvcOutcome(questionOf(settled.view, (fact) => settled.facts[fact].value, now)) === "act";
