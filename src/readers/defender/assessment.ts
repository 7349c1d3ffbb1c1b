import {
  observedTime,
  severityOf,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
  type NamedResource,
} from "../../core/findings/index.js";
import type { FindingTranslation } from "../findings-reader.js";
import type { JsonObject } from "../json-value.js";
import { anyCase, anyCaseText } from "./any-case.js";
import { defenderRule } from "./rule.js";

const ofAssessment = /^(.*)\/providers\/microsoft\.security\/assessments\/([^/]+)$/i;

/** A recommendation on a resource, of the REST API, Resource Graph or continuous export. */
export function assessment(record: JsonObject): FindingTranslation {
  const id = anyCaseText(record, "id") ?? "";
  const properties = anyCase(record, "properties");
  const [, scope, keyInId] = ofAssessment.exec(id) ?? [];
  const key = anyCaseText(record, "name") ?? keyInId;
  if (key === undefined) return { reason: "neither `name` nor `id` names the assessment" };
  const status = anyCase(properties, "status");
  const code = anyCaseText(status, "code");
  if (code === undefined) return { reason: "`properties.status.code` is missing" };
  const metadata = anyCase(properties, "metadata");
  const title = anyCaseText(properties, "displayName") ?? anyCaseText(metadata, "displayName") ?? key;
  const { check, known } = defenderRule(key.toLowerCase(), title, metadata);
  const [result, flags] = assessmentResult(code, anyCaseText(status, "cause"));
  const quality: DataQuality[] = [...flags, ...(known ? [] : (["unknown-check"] as const))];
  const draft: FindingDraft = {
    tool: "defender",
    provider: "azure",
    check,
    resource: resourceOf(properties, scope),
    result,
    severity: severityOf(
      anyCaseText(anyCase(properties, "risk"), "level") ?? anyCaseText(metadata, "severity"),
    ),
    title,
    detail: anyCaseText(status, "description") ?? anyCaseText(metadata, "description") ?? "",
    nativeIds: id === "" ? [] : [id],
    tags: {},
    // When it changed, not when it was last evaluated: that the API does not tell.
    observedAt: observedTime(anyCase(status, "statusChangeDate"))?.at,
    firstSeenAt: observedTime(anyCase(status, "firstEvaluationDate"))?.at,
    quality,
  };
  return { drafts: [draft] };
}

/** NotApplicable with cause Exempt was muted by an exemption; OffByPolicy is not judged at all. */
export function assessmentResult(
  code: string,
  cause: string | undefined,
): readonly [FindingResult, readonly DataQuality[]] {
  switch (code.toLowerCase()) {
    case "healthy":
      return ["pass", []];
    case "unhealthy":
      return ["fail", []];
    case "notapplicable":
      return [cause?.toLowerCase() === "exempt" ? "muted" : "not-applicable", []];
    default:
      return ["manual", ["unknown-status"]];
  }
}

/** Resources of connected clouds carry their own id beside the one that Azure gives them. */
function resourceOf(properties: unknown, scope: string | undefined): NamedResource {
  const details = anyCase(properties, "resourceDetails");
  const native = anyCaseText(details, "nativeResourceId");
  const source = anyCaseText(details, "source")?.toLowerCase();
  if (source === "aws" && native?.startsWith("arn:") === true)
    return { provider: "aws", rawId: native, rawAccount: native.split(":")[4] ?? "" };
  if (source === "gcp" && native !== undefined)
    return { provider: "gcp", rawId: native, rawAccount: /projects\/([^/]+)/.exec(native)?.[1] };
  return {
    provider: "azure",
    rawId: anyCaseText(details, "id") ?? scope ?? "",
    name: anyCaseText(details, "resourceName"),
  };
}
