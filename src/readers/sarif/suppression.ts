import type { FindingResult, Muting } from "../../core/findings/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

/**
 * Suppressed when somebody accepted it and nobody rejected or still reviews it; an empty list suppresses nothing
 * (SARIF 2.1.0, 3.27.23; a missing status counts as accepted, 3.35.3).
 */
export function suppressionOf(result: JsonObject): Muting | undefined {
  const suppressions = objects(member(result, "suppressions"));
  if (suppressions.length === 0) return undefined;
  // Drafts of the standard called it `state`.
  const statuses = suppressions.map((each) => text(each, "status") ?? text(each, "state") ?? "accepted");
  if (statuses.some((status) => status === "rejected" || status === "underReview")) return undefined;
  const reason = suppressions.map((each) => text(each, "justification")).find((each) => each !== undefined);
  const kind = text(suppressions[0], "kind") === "inSource" ? "suppressed in code" : "suppressed";
  return { source: "tool", reason: reason === undefined ? `${kind}, no reason given` : reason };
}

/** What the result says beside suppressions (3.27.9, 3.27.24). */
export function statedResult(result: JsonObject): FindingResult {
  switch (text(result, "kind") ?? "fail") {
    case "fail":
      // It was in an earlier run and is not in this one: no row that passed, so no proof of a fix.
      return text(result, "baselineState") === "absent" ? "stale" : "fail";
    case "pass":
      return "pass";
    case "notApplicable":
      return "not-applicable";
    default:
      return "manual";
  }
}
