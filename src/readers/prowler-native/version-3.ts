import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { isObject, member, text, type JsonObject } from "../json-value.js";
import { prowlerDraft } from "./draft.js";

/** Prowler's own JSON of version 3, the format before OCSF. */
export const prowlerV3: FindingsReader = {
  kind: "prowler-v3",
  title: "Prowler findings (version 3 JSON)",
  form: "json",
  about: {
    versions: "Prowler 3",
    envelopes: "list; JSON lines",
    reads: [
      "CheckID, Provider, AccountId, Region, ResourceArn or ResourceId, ResourceType, ResourceTags",
      "Status, Severity, StatusExtended, AssessmentStartTime",
    ],
    ignores: [
      "Remediation, Compliance, Risk and other texts about the check",
      "FindingUniqueId as identity: an alias",
    ],
  },
  recognises: (record) =>
    text(record, "CheckID") !== undefined &&
    member(record, "StatusExtended") !== undefined &&
    member(record, "ResourceId") !== undefined,
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const tags = member(record, "ResourceTags");
  const draft = prowlerDraft({
    provider: (text(record, "Provider") ?? "aws").toLowerCase(),
    check: text(record, "CheckID") ?? "",
    status: text(record, "Status"),
    muted: false,
    severity: text(record, "Severity"),
    // One member per provider: the account, the subscription, the project.
    account: text(record, "AccountId") ?? text(record, "Subscription") ?? text(record, "ProjectId"),
    region: text(record, "Region") ?? text(record, "Location"),
    resource: text(record, "ResourceArn") ?? text(record, "ResourceId"),
    resourceName: text(record, "ResourceName"),
    resourceType: text(record, "ResourceType"),
    title: text(record, "CheckTitle"),
    detail: text(record, "StatusExtended"),
    findingId: text(record, "FindingUniqueId"),
    time: member(record, "AssessmentStartTime"),
    tags: isObject(tags)
      ? Object.fromEntries(
          Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
        )
      : {},
  });
  return { drafts: [draft] };
}
