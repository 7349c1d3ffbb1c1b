import { findWeakness, observedTime, severityOf, type FindingResult } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { isObject, member, text, type JsonObject } from "../json-value.js";

const results: readonly FindingResult[] = ["fail", "pass", "manual", "muted", "stale", "not-applicable"];

/**
 * Findings by hand or by any other program, for what no scanner reports: a weakness of the registry on a resource, as
 * JSON: `{"schema": "remit.findings/1", "findings": [{"weakness": "edge.ssrf", "resource": "workload:waf"}]}`, a list, or lines.
 * Optional: `subLocator`, `account` (`aws:222222222222`), `accountName`, `region`, `name`, `kind`, `severity`, `result`,
 * `title`, `detail`, `observedAt`, `id`, `tool`, `tags`.
 */
export const nativeFindings: FindingsReader = {
  kind: "remit-findings",
  title: "findings by hand (remit.findings/1)",
  form: "json",
  about: {
    versions: "remit.findings/1",
    envelopes: '`{"schema": "remit.findings/1", "findings": […]}`; list; JSON lines',
    reads: [
      "`weakness` (an id of `remit schema weakness`) and `resource`, both needed",
      "`subLocator`, `account`, `accountName`, `region`, `name`, `kind`, `severity`, `result`, `title`, `detail`, `observedAt`, `id`, `tool`, `tags`",
    ],
    ignores: ["every other member"],
  },
  recognises: (record) => text(record, "weakness") !== undefined && text(record, "resource") !== undefined,
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const id = text(record, "weakness") ?? "";
  const weakness = findWeakness(id);
  if (weakness === undefined)
    return { reason: `\`${id.slice(0, 80)}\` is no weakness: \`remit schema weakness\` lists them` };
  const stated = text(record, "result") ?? "fail";
  const result = results.find((each) => each === stated);
  if (result === undefined)
    return { reason: `\`result\` is \`${stated.slice(0, 40)}\`, not one of ${results.join(", ")}` };
  const time = observedTime(member(record, "observedAt"));
  const nativeId = text(record, "id");
  const tags = member(record, "tags");
  return {
    drafts: [
      {
        tool: (text(record, "tool") ?? "by-hand").toLowerCase(),
        provider: "remit",
        check: { kind: "rule", id, weakness, subLocator: text(record, "subLocator") ?? "" },
        resource: {
          provider: "remit",
          rawId: text(record, "resource") ?? "",
          rawType: text(record, "kind"),
          name: text(record, "name"),
          rawAccount: text(record, "account"),
          region: text(record, "region"),
        },
        accountName: text(record, "accountName"),
        result,
        severity: severityOf(text(record, "severity")),
        title: text(record, "title") ?? weakness.title,
        detail: text(record, "detail") ?? "",
        nativeIds: nativeId === undefined ? [] : [nativeId],
        tags: isObject(tags)
          ? Object.fromEntries(
              Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
            )
          : {},
        observedAt: time?.at,
        quality: time?.zoneAssumed === true ? ["zone-assumed"] : [],
      },
    ],
  };
}
