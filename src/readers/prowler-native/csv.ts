import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { text, type JsonObject } from "../json-value.js";
import { joinedTags, prowlerDraft } from "./draft.js";

/** Prowler's CSV of versions 3 to 5: one row per check and resource, parted by semicolons. */
export const prowlerCsv: FindingsReader = {
  kind: "prowler-csv",
  title: "Prowler findings (CSV)",
  form: "table",
  about: {
    versions: "Prowler 3, 4 and 5, all providers",
    envelopes: "table parted by `;`; a header alone is a scan without findings",
    reads: [
      "CHECK_ID, PROVIDER, ACCOUNT_UID, REGION, RESOURCE_UID, RESOURCE_TYPE, RESOURCE_TAGS (version 3: ACCOUNT_ID, RESOURCE_ARN, RESOURCE_ID)",
      "STATUS, MUTED, SEVERITY, TIMESTAMP, STATUS_EXTENDED",
      "a file whose last row does not end its line was cut: its rows are used and it vouches for nothing",
    ],
    ignores: [
      "REMEDIATION_*, COMPLIANCE, RISK and the texts about the check: they are the same for every row",
    ],
  },
  // Prowler writes every row with a line break (Python's csv.writer).
  lastLine: "ends",
  recognises: (row) =>
    ["CHECK_ID", "STATUS", "PROVIDER", "SERVICE_NAME"].every((name) => Object.hasOwn(row, name)),
  translate,
};

function translate(row: JsonObject): FindingTranslation {
  const check = text(row, "CHECK_ID");
  if (check === undefined) return { reason: "`CHECK_ID` is empty: the finding names no check" };
  const provider = text(row, "PROVIDER")?.toLowerCase();
  if (provider === undefined) return { reason: "`PROVIDER` is empty" };
  const draft = prowlerDraft({
    provider,
    check,
    status: text(row, "STATUS"),
    muted: text(row, "MUTED")?.toLowerCase() === "true",
    severity: text(row, "SEVERITY"),
    account: text(row, "ACCOUNT_UID") ?? text(row, "ACCOUNT_ID"),
    accountName: text(row, "ACCOUNT_NAME"),
    region: text(row, "REGION"),
    partition: text(row, "PARTITION"),
    resource: text(row, "RESOURCE_UID") ?? text(row, "RESOURCE_ARN"),
    resourceName: text(row, "RESOURCE_NAME") ?? text(row, "RESOURCE_ID"),
    resourceType: text(row, "RESOURCE_TYPE"),
    title: text(row, "CHECK_TITLE"),
    detail: text(row, "STATUS_EXTENDED"),
    findingId: text(row, "FINDING_UID") ?? text(row, "FINDING_UNIQUE_ID"),
    time: text(row, "TIMESTAMP") ?? text(row, "ASSESSMENT_START_TIME"),
    tags: joinedTags(text(row, "RESOURCE_TAGS")),
  });
  return { drafts: [draft] };
}
