import type { DataQuality, FindingResult } from "../../core/findings/index.js";
import { member, text } from "../json-value.js";

/**
 * ASFF has four axes of status that say different things (pitfall 7). `RecordState` ARCHIVED: not refreshed for
 * some 90 hours or the resource is gone, which is no fix. `Workflow` SUPPRESSED: muted by hand. RESOLVED: somebody
 * says so; Security Hub itself sets it back to NEW when the check fails again. `Compliance`: the result of a check.
 */
export function asffResult(record: unknown): readonly [FindingResult, readonly DataQuality[]] {
  const compliance = text(member(record, "Compliance"), "Status")?.toUpperCase();
  const workflow = (
    text(member(record, "Workflow"), "Status") ??
    text(record, "WorkflowState") ??
    ""
  ).toUpperCase();
  const verification = text(record, "VerificationState");
  if (text(record, "RecordState") === "ARCHIVED") return ["stale", []];
  if (compliance === "PASSED") return ["pass", []];
  if (compliance === "NOT_AVAILABLE") return ["not-applicable", []];
  if (compliance === "WARNING") return ["manual", []];
  // Prowler 3 wrote INFOED for what it could not judge (4 of 731 rows of a real file; pitfall 17).
  if (compliance === "INFOED" || compliance === "INFO" || compliance === "MANUAL") return ["manual", []];
  if (compliance !== undefined && compliance !== "FAILED") return ["manual", ["unknown-status"]];
  if (workflow === "SUPPRESSED") return ["muted", []];
  if (verification === "FALSE_POSITIVE" || verification === "BENIGN_POSITIVE")
    return ["muted", ["closed-by-hand"]];
  if (workflow === "RESOLVED") {
    // With a failing check the claim is contradicted; without a check it is a claim, not a proof.
    return compliance === "FAILED" ? ["fail", ["closed-by-hand"]] : ["muted", ["closed-by-hand"]];
  }
  return ["fail", []];
}
