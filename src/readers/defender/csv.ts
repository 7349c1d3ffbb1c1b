import { observedTime, severityOf, type FindingDraft } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";
import { assessmentResult } from "./assessment.js";
import { defenderRule } from "./rule.js";

/** `Download CSV report` of the recommendations page. */
export const defenderCsv: FindingsReader = {
  kind: "defender-csv",
  title: "Microsoft Defender for Cloud recommendations (CSV)",
  form: "table",
  about: {
    versions: "export of the portal",
    envelopes: "table parted by `,`, with or without byte-order mark",
    reads: [
      "recommendationName (the key), recommendationDisplayName, resourceId, subscriptionId, subscriptionName, severity",
      "state, notApplicableReason, exportedTimestamp, firstEvaluationDate, owner and due date where they are exported",
    ],
    ignores: ["remediationSteps, controls, links; nativeCloudAccountId (the id of the resource says it)"],
  },
  recognises: (row) =>
    ["recommendationName", "resourceId", "state", "subscriptionId"].every((name) => Object.hasOwn(row, name)),
  translate,
};

function translate(row: JsonObject): FindingTranslation {
  const key = text(row, "recommendationName");
  if (key === undefined) return { reason: "`recommendationName` is empty" };
  const resource = text(row, "resourceId");
  if (resource === undefined) return { reason: "`resourceId` is empty: the finding names no resource" };
  const title = text(row, "recommendationDisplayName") ?? key;
  const { check, known } = defenderRule(key.toLowerCase(), title);
  const [result, flags] = assessmentResult(text(row, "state") ?? "", text(row, "notApplicableReason"));
  const owner = text(row, "owner");
  const due = text(row, "dueDate");
  const id = text(row, "recommendationId");
  const draft: FindingDraft = {
    tool: "defender",
    provider: "azure",
    check,
    resource: {
      provider: "azure",
      rawId: resource,
      name: text(row, "resourceName"),
      rawAccount: text(row, "subscriptionId"),
    },
    accountName: text(row, "subscriptionName"),
    result,
    severity: severityOf(text(row, "severity")),
    title,
    detail: text(row, "description") ?? "",
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt: observedTime(member(row, "exportedTimestamp"))?.at,
    firstSeenAt: observedTime(member(row, "firstEvaluationDate"))?.at,
    quality: [...flags, ...(known ? [] : (["unknown-check"] as const))],
    ownerHints:
      owner === undefined
        ? []
        : [{ kind: "governance", who: owner, ...(due === undefined ? {} : { about: `due ${due}` }) }],
  };
  return { drafts: [draft] };
}
