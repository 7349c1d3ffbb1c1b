import {
  toolRule,
  type CheckName,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { member, strings, text, type JsonObject } from "../json-value.js";
import { sameAsProwler } from "./plugins.js";

/** Results of CloudSploit (`--json`). */
export const cloudsploit: FindingsReader = {
  kind: "cloudsploit",
  title: "CloudSploit scans",
  form: "json",
  about: {
    versions: "2 and 3, JSON of the command line",
    envelopes: "list; JSON lines",
    reads: ["plugin, category, resource, region, status (OK, WARN, FAIL, UNKNOWN), title, message"],
    ignores: [
      "time: the file holds none, so that a later OK cannot prove a fix until files are imported one after the other",
      "`N/A` as a resource: the plugin found nothing to judge",
    ],
  },
  recognises: (record) =>
    ["plugin", "category", "status", "message"].every((name) => text(record, name) !== undefined) &&
    Object.hasOwn(record, "resource"),
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const plugin = text(record, "plugin") ?? "";
  const title = text(record, "title") ?? plugin;
  const rawId = text(record, "resource") ?? "N/A";
  const none = rawId === "N/A";
  const [result, flags] = resultOf(text(record, "status") ?? "", none);
  const provider = providerOf(rawId);
  const prowler =
    provider === "aws" && Object.hasOwn(sameAsProwler, plugin) ? sameAsProwler[plugin] : undefined;
  const check: CheckName =
    prowler === undefined
      ? toolRule("cloudsploit", { id: plugin, title })
      : { kind: "equivalent", id: plugin, prowler };
  // `["global"]` in some versions.
  const [region] = strings(member(record, "region"));
  const draft: FindingDraft = {
    tool: "cloudsploit",
    provider,
    check,
    resource: {
      provider,
      rawId,
      rawType: text(record, "category"),
      rawAccount: /^arn:[^:]*:[^:]*:[^:]*:(\d+):/.exec(rawId)?.[1],
      region,
    },
    result,
    // CloudSploit ranks by status alone.
    severity: "unknown",
    title,
    detail: text(record, "message") ?? "",
    nativeIds: [],
    tags: {},
    quality: [...flags, ...(prowler === undefined ? (["unknown-check"] as const) : [])],
  };
  return { drafts: [draft] };
}

function resultOf(status: string, none: boolean): readonly [FindingResult, readonly DataQuality[]] {
  switch (status.toUpperCase()) {
    case "OK":
    case "PASS":
      // `No ACM certificates found`: nothing was seen passing.
      return [none ? "not-applicable" : "pass", []];
    case "FAIL":
    case "WARN":
      return ["fail", []];
    case "UNKNOWN":
      return ["manual", []];
    default:
      return ["manual", ["unknown-status"]];
  }
}

function providerOf(resource: string): string {
  if (/^\/subscriptions\//i.test(resource)) return "azure";
  return /^(projects\/|\/\/[a-z]+\.googleapis\.com)/.test(resource) ? "gcp" : "aws";
}
