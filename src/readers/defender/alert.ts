import {
  observedTime,
  severityOf,
  toolRule,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
  type NamedResource,
} from "../../core/findings/index.js";
import type { FindingTranslation } from "../findings-reader.js";
import { member, objects, text, type JsonObject } from "../json-value.js";
import { anyCaseText } from "./any-case.js";

/** A security alert: somebody was seen acting. One row for each Azure resource that it names. */
export function alert(record: JsonObject): FindingTranslation {
  const properties = member(record, "properties");
  const type = text(properties, "alertType") ?? "";
  const id = text(properties, "systemAlertId");
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(text(record, "id") ?? "")?.[1];
  const named = objects(member(properties, "resourceIdentifiers"))
    .flatMap((each) => anyCaseText(each, "azureResourceId") ?? [])
    .map((rawId): NamedResource => ({ provider: "azure", rawId }));
  const entity = text(properties, "compromisedEntity");
  const resources: readonly NamedResource[] =
    named.length > 0
      ? named
      : entity === undefined
        ? []
        : [{ provider: "azure", rawId: entity, rawType: "entity", rawAccount: subscription }];
  if (resources.length === 0) return { reason: "the alert names no resource" };
  const [result, quality] = alertResult(text(properties, "status"));
  const title = text(properties, "alertDisplayName") ?? type;
  const shared = {
    tool: "defender",
    provider: "azure",
    check: alertRule(type, title),
    result,
    severity: severityOf(text(properties, "severity")),
    title,
    detail: text(properties, "description") ?? "",
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt:
      observedTime(member(properties, "endTimeUtc"))?.at ??
      observedTime(member(properties, "timeGeneratedUtc"))?.at,
    firstSeenAt: observedTime(member(properties, "startTimeUtc"))?.at,
    instance: id,
    quality,
  };
  return { drafts: resources.map((resource): FindingDraft => ({ ...shared, resource })) };
}

export const alertRule = (type: string, title: string) =>
  toolRule("defender", {
    id: type,
    title,
    class: /identity|credential|sign-?in|login|password|token|account|key ?vault/i.test(`${type} ${title}`)
      ? "credential"
      : "vulnerability",
    threat: true,
  });

/** Resolved and Dismissed are what somebody said in the portal: no proof, kept apart. */
export function alertResult(status: string | undefined): readonly [FindingResult, readonly DataQuality[]] {
  switch (status?.toLowerCase()) {
    case "active":
    case "inprogress":
    case "new":
      return ["fail", []];
    case "resolved":
    case "dismissed":
      return ["muted", ["closed-by-hand"]];
    default:
      return ["fail", ["unknown-status"]];
  }
}
