import type { DataQuality, FindingResult } from "../../core/findings/index.js";

/**
 * Wiz closes an issue itself when a scan no longer finds it. That proves a fix unless it says that the object was
 * deleted or the rule changed. REJECTED in the API is IGNORED in tables: a decision, without proof.
 */
export function wizResult(
  status: string | undefined,
  resolution: string | undefined,
): readonly [FindingResult, readonly DataQuality[]] {
  switch (status?.toUpperCase().replaceAll(" ", "_")) {
    case "OPEN":
    case "IN_PROGRESS":
      return ["fail", []];
    case "RESOLVED":
      return [resolution?.toUpperCase() === "ISSUE_FIXED" ? "pass" : "stale", []];
    case "REJECTED":
    case "IGNORED":
      return ["muted", ["closed-by-hand"]];
    default:
      return ["fail", ["unknown-status"]];
  }
}
