import type { OwnerHint } from "../../core/findings/index.js";
import type { FindingsReader } from "../findings-reader.js";
import { isObject, member, text } from "../json-value.js";
import { wizIssue } from "./issue.js";
import { textsOf } from "./json.js";

/** The table of issues that the portal exports. */
export const wizIssuesCsv: FindingsReader = {
  kind: "wiz-issues-csv",
  title: "Wiz issues (CSV)",
  form: "table",
  about: {
    versions: "export of the portal, 32 columns",
    envelopes: "table parted by `,`; a header alone is an export without issues",
    reads: [
      "Control ID, Title, Severity, Status, Resolution, Resource external ID, Type, Platform, Region and Tags, Subscription",
      "Project Names, as hints on owners; Created At as first seen, Resolved Time as the time of a fix",
    ],
    ignores: [
      "Resource original JSON, Remediation Recommendation, links, tickets and notes",
      "open issues carry no time of the last scan: only a file that is newer closes them",
    ],
  },
  asserts: "nothing",
  recognises: (row) =>
    ["Issue ID", "Control ID", "Resource external ID", "Status"].every((name) => Object.hasOwn(row, name)),
  translate: (row) => ({
    drafts: [
      wizIssue({
        id: text(row, "Issue ID"),
        rule: text(row, "Control ID"),
        title: text(row, "Title")?.trim() ?? text(row, "Control ID") ?? "issue",
        detail: text(row, "Description"),
        threat: text(row, "Control ID")?.startsWith("cer-") === true,
        severity: text(row, "Severity"),
        status: text(row, "Status"),
        resolution: text(row, "Resolution"),
        resource: {
          platform: text(row, "Resource Platform"),
          externalId: text(row, "Resource external ID"),
          type: text(row, "Resource Type"),
          name: text(row, "Resource Name"),
          subscription: text(row, "Subscription ID"),
          region: text(row, "Resource Region"),
        },
        accountName: text(row, "Subscription Name"),
        tags: jsonTexts(text(row, "Resource Tags")),
        seen: member(row, "Resolved Time"),
        created: member(row, "Created At"),
        hints: (text(row, "Project Names")?.split(",") ?? []).map((name): OwnerHint => ({
          kind: "project",
          who: name.trim(),
        })),
      }),
    ],
  }),
};

/** A column that holds an object of texts as JSON; what is no such thing says nothing. */
export function jsonTexts(json: string | undefined): Readonly<Record<string, string>> {
  if (json === undefined || json.length > 100_000) return {};
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? textsOf(value) : {};
  } catch {
    return {};
  }
}
