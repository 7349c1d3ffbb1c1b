import { proven, worst, type DeadlinePack, type PackQuestion } from "./pack.js";

export type SsvcOutcome = "act" | "attend" | "track*" | "track";

/**
 * CISA SSVC coordinator tree 2.0.3: exploitation × automatable × technical impact × mission and well-being. It sets no
 * days: the outcome says whose attention a flaw needs. Act asks for leadership, therefore for a signer of risk.
 */
export const ssvc: DeadlinePack = {
  id: "ssvc",
  version: "2.0.3",
  title: "CISA SSVC",
  source: "CISA Stakeholder-Specific Vulnerability Categorization, coordinator tree 2.0.3",
  deadlines: (question) =>
    question.kind === "flaw" ? [{ task: "fix", due: null, because: words[ssvcOutcome(question)] }] : [],
};

const words: Readonly<Record<SsvcOutcome, string>> = {
  act: "act: leadership attends, as soon as possible",
  attend: "attend: sooner than the usual update",
  "track*": "track closely: within the usual update, watched for changes",
  track: "track: within the usual update",
};

/** Proof of concept is no fact that any input states: exploitation is active, or counts as none. */
export function ssvcOutcome(question: PackQuestion): SsvcOutcome {
  const active = proven(question, "exploited") || proven(question, "kev");
  const automatable = worst(question, "automatable");
  const total = worst(question, "technical_impact");
  // Not stated: the middle, as for a service that somebody runs on purpose.
  const mission = question.mission ?? "medium";
  if (!active) {
    if (mission !== "high") return "track";
    return automatable ? "attend" : total ? "track*" : "track";
  }
  if (mission === "high") return automatable || total ? "act" : "attend";
  if (mission === "medium") {
    if (automatable && total) return "act";
    return automatable || total ? "attend" : "track";
  }
  return automatable ? "attend" : "track";
}
