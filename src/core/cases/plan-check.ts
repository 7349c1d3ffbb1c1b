import { decided } from "./commands/places.js";
import type { Plan } from "./plan.js";
import { refuse, type Check } from "./refusal.js";

/** The invariants of decision-rules that a case rests on. The decision keeps them; a plan that does not is refused. */
export function planCheck(plan: Plan): Check {
  const leads = decided([plan.contain.lead, plan.trace.lead]);
  if (plan.verdict !== "unknown" && leads.length < 1)
    return fault("neither containment nor the trace has a lead");
  if (plan.contain.lead === "not decided yet") return fault("containment has no lead");
  const ids = plan.fix.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return fault("two items of the fix have the same id");
  const owners = new Set([
    ...decided([plan.contain.lead, plan.trace.lead, plan.lead]),
    ...plan.fix.map(({ accountable }) => accountable),
    ...plan.contain.also,
  ]);
  // R16: what can recur through an identity is never cloud operations' alone.
  if (plan.facts.can_recur === true && [...owners].every((role) => role === "CLOUD_OPS"))
    return fault("it can recur through an identity, and only CLOUD_OPS answers for it");
  // R24: a flaw is never only of those who wrote the code; D10 is the only exception.
  const missing = (["APP", "PLATFORM", "SECOPS"] as const).filter((role) => !owners.has(role));
  if (plan.fired.includes("D6") && !plan.fired.includes("D10") && missing.length > 0)
    return fault(`it is a flaw, and ${missing.join(", ")} do not answer for any of it`);
  return undefined;
}

const fault = (text: string): Check =>
  refuse("plan-complete", text, "report it: the decision itself has to be mended before the case can live");
