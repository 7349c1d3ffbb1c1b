import type { DataQuality, FindingResult } from "../../core/findings/index.js";
import { member, text, type JsonObject } from "../json-value.js";

type Result = readonly [FindingResult, readonly DataQuality[]];

/**
 * What a finding of OCSF says. `status_id`: 1 New, 2 In Progress, 3 Suppressed, 4 Resolved, 5 Archived, 6 Deleted;
 * `activity_id` 3: closed. Beside it `compliance.status_id`: 1 Pass, 2 Warning, 3 Fail. A check that passes is the only
 * proof among them: resolved and closed are what somebody said.
 */
export function ocsfResult(record: JsonObject): Result {
  const life = lifeOf(record);
  const checked = checkedOf(member(record, "compliance"));
  if (life === "gone") return ["stale", []];
  if (checked === "pass") return ["pass", []];
  if (checked === "manual") return ["manual", []];
  if (life === "suppressed") return ["muted", []];
  if (life === "resolved")
    return checked === "fail" ? ["fail", ["closed-by-hand"]] : ["muted", ["closed-by-hand"]];
  return ["fail", []];
}

function lifeOf(record: JsonObject): "open" | "suppressed" | "resolved" | "gone" {
  const id = member(record, "status_id");
  const word = text(record, "status")?.toLowerCase();
  if (id === 5 || id === 6 || word === "archived" || word === "deleted") return "gone";
  if (id === 3 || word === "suppressed") return "suppressed";
  if (id === 4 || word === "resolved") return "resolved";
  // Security Hub: a closed finding is kept for 14 days and deleted; why it was closed is not said.
  if (member(record, "activity_id") === 3 || text(record, "activity_name")?.toLowerCase() === "close")
    return "gone";
  return "open";
}

function checkedOf(compliance: unknown): "pass" | "fail" | "manual" | undefined {
  const id = member(compliance, "status_id");
  const word = text(compliance, "status")?.toLowerCase() ?? "";
  if (id === 1 || /^pass/.test(word)) return "pass";
  if (id === 3 || /^fail/.test(word)) return "fail";
  if (id === 2 || /^warn|^not_?available/.test(word)) return "manual";
  return undefined;
}
