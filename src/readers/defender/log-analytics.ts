import { observedTime, severityOf, type FindingDraft } from "../../core/findings/index.js";
import type { FindingTranslation } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";
import { alertResult, alertRule } from "./alert.js";
import { assessmentResult } from "./assessment.js";
import { defenderRule } from "./rule.js";

/** A row of the table SecurityRecommendation, where continuous export puts recommendations. */
export function recommendationRow(row: JsonObject): FindingTranslation {
  const key = text(row, "RecommendationName") ?? "";
  const title = text(row, "RecommendationDisplayName") ?? key;
  const { check, known } = defenderRule(key.toLowerCase(), title, {
    policyDefinitionId: text(row, "PolicyDefinitionId"),
  });
  const [result, flags] = assessmentResult(
    text(row, "RecommendationState") ?? "",
    text(row, "NotApplicableReason"),
  );
  const id = text(row, "RecommendationId");
  const draft: FindingDraft = {
    tool: "defender",
    provider: "azure",
    check,
    resource: {
      provider: "azure",
      rawId: text(row, "AssessedResourceId") ?? "",
      region: text(row, "ResourceRegion"),
    },
    result,
    severity: severityOf(text(row, "RecommendationSeverity")),
    title,
    detail: text(row, "Description") ?? "",
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt: observedTime(member(row, "TimeGenerated") ?? member(row, "DiscoveredTimeUTC"))?.at,
    firstSeenAt: observedTime(member(row, "FirstEvaluationDate"))?.at,
    quality: [...flags, ...(known ? [] : (["unknown-check"] as const))],
  };
  return { drafts: [draft] };
}

/** A row of the table SecurityAlert. */
export function alertRow(row: JsonObject): FindingTranslation {
  const type = text(row, "AlertType") ?? "";
  const title = text(row, "DisplayName") ?? text(row, "AlertName") ?? type;
  const resource = text(row, "ResourceId") ?? text(row, "CompromisedEntity");
  if (resource === undefined) return { reason: "the alert names no resource" };
  const id = text(row, "SystemAlertId");
  const [result, quality] = alertResult(text(row, "Status"));
  const draft: FindingDraft = {
    tool: "defender",
    provider: "azure",
    check: alertRule(type, title),
    resource: { provider: "azure", rawId: resource, rawAccount: text(row, "WorkspaceSubscriptionId") },
    result,
    severity: severityOf(text(row, "AlertSeverity")),
    title,
    detail: text(row, "Description") ?? "",
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt: observedTime(member(row, "EndTime") ?? member(row, "TimeGenerated"))?.at,
    firstSeenAt: observedTime(member(row, "StartTime"))?.at,
    instance: id,
    quality,
  };
  return { drafts: [draft] };
}
