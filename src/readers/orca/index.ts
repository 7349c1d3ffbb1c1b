import {
  observedTime,
  toolRule,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
  type Severity,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";

const about = {
  versions: "export of alerts",
  reads: [
    "Title, Category, OrcaScore, Status, CreatedAt, LastSeen, cloud account and inventory item by name",
    "where they are exported: cloud provider, account id and unique field of the item",
  ],
  ignores: [
    "`closed` as a fix: it also means that the resource is gone or that somebody closed it",
    "Labels: they are Orca's, not tags of the resource",
  ],
} as const;

/** Alerts of Orca Security as JSON. */
export const orca: FindingsReader = {
  kind: "orca",
  title: "Orca Security alerts",
  form: "json",
  about: { ...about, envelopes: "list; JSON lines" },
  asserts: "nothing",
  recognises: (record) => text(record, "Title") !== undefined && Object.hasOwn(record, "OrcaScore"),
  translate: (record) =>
    alert(record, {
      account: member(record, "CloudAccount"),
      item: member(record, "Inventory"),
    }),
};

/** The same as a table, where `CloudAccount.Name` is a column. */
export const orcaCsv: FindingsReader = {
  kind: "orca-csv",
  title: "Orca Security alerts (CSV)",
  form: "table",
  about: { ...about, envelopes: "table parted by `,`" },
  asserts: "nothing",
  recognises: (row) => ["OrcaScore", "Title", "Status"].every((name) => Object.hasOwn(row, name)),
  translate: (row) => alert(row, { account: under(row, "CloudAccount."), item: under(row, "Inventory.") }),
};

/** Columns with a common start, as one object. */
const under = (row: JsonObject, start: string): JsonObject =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(start) ? [[name.slice(start.length), value]] : [],
    ),
  );

function alert(
  record: JsonObject,
  of: { readonly account: unknown; readonly item: unknown },
): FindingTranslation {
  const title = text(record, "Title");
  if (title === undefined) return { reason: "`Title` is missing: the alert names no rule" };
  const name = text(of.item, "Name") ?? text(record, "Source");
  if (name === undefined) return { reason: "neither `Inventory.Name` nor `Source` names the resource" };
  const accountName = text(of.account, "Name");
  const provider = text(of.account, "CloudProvider")?.toLowerCase();
  const known = provider === "aws" || provider === "azure" || provider === "gcp";
  const category = text(record, "Category") ?? "";
  const seen = observedTime(member(record, "LastSeen"));
  const [result, flags] = resultOf(text(record, "Status") ?? "");
  const quality: DataQuality[] = [...flags, "unknown-check"];
  const id = text(record, "AlertId") ?? text(record, "alert_id");
  const draft: FindingDraft = {
    tool: "orca",
    provider: known ? provider : "orca",
    check: toolRule("orca", { id: text(record, "AlertType") ?? title, title: `${title} ${category}` }),
    resource: {
      provider: known ? provider : "orca",
      rawId: text(of.item, "UiUniqueField") ?? text(of.item, "Arn") ?? name,
      rawType: text(of.item, "Type"),
      name,
      // Only the name of the account is exported by default: it is kept as that, and is no account id.
      rawAccount: known ? text(of.account, "CloudProviderId") : accountName,
    },
    accountName,
    result,
    severity: severityOfScore(member(record, "OrcaScore")),
    title,
    detail: text(record, "Details") ?? category,
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt: seen?.at,
    firstSeenAt: observedTime(member(record, "CreatedAt"))?.at,
    quality,
  };
  return { drafts: [draft] };
}

function resultOf(status: string): readonly [FindingResult, readonly DataQuality[]] {
  switch (status.toLowerCase()) {
    case "open":
    case "in_progress":
      return ["fail", []];
    case "closed":
      return ["stale", []];
    case "dismissed":
    case "snoozed":
      return ["muted", ["closed-by-hand"]];
    default:
      return ["fail", ["unknown-status"]];
  }
}

/** Orca's score runs from 0 to 10, in the bands of CVSS. */
function severityOfScore(value: unknown): Severity {
  const score = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof score !== "number" || !Number.isFinite(score)) return "unknown";
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "informational";
}
