import { severityOf, type FindingResult, type Severity } from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type { FindingsReader, TranslatedRow } from "../findings-reader.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

/** tfsec's JSON, present and former. */
export const tfsec: FindingsReader = {
  kind: "tfsec",
  title: "tfsec report (JSON)",
  form: "json",
  about: {
    versions: "0.x and 1.x",
    envelopes: '`{"results": […]}`',
    reads: ["rule with its former id, file and line, block, severity, failed, passed and ignored"],
    ignores: ["impact, resolution, links"],
  },
  recognises: (record) =>
    objects(member(record, "results")).some(
      (each) => text(each, "rule_id") !== undefined && Object.hasOwn(each, "location"),
    ),
  translate: (record) => ({
    rows: objects(member(record, "results")).map((entry, index) => rowOf(entry, `/results/${index}`)),
  }),
};

function rowOf(entry: JsonObject, pointer: string): TranslatedRow {
  const id = text(entry, "long_id") ?? text(entry, "rule_id");
  if (id === undefined) return { pointer, reason: "`rule_id` is missing: the check has no name" };
  const location = member(entry, "location");
  const line = member(location, "start_line");
  const description = text(entry, "description") ?? "";
  const former = text(entry, "legacy_rule_id") ?? text(entry, "legacy_id");
  return {
    pointer,
    drafts: [
      codeDraft({
        tool: "tfsec",
        rule: id,
        title: text(entry, "rule_description") ?? id,
        detail: description === "" ? undefined : description,
        file: text(location, "filename"),
        line: typeof line === "number" && line > 0 ? line : undefined,
        address:
          text(entry, "resource") ??
          /^(?:Resource|Block|Variable|Data source) '([^']+)'/.exec(description)?.[1],
        ...resultOf(entry),
        severity: severityIn(text(entry, "severity")),
        nativeIds: former === undefined ? [] : [former],
      }),
    ],
  };
}

/** `status` is a word or, in some releases, the number behind it; `passed` is what former ones wrote. */
function resultOf(entry: JsonObject): { result: FindingResult; muting?: { source: "tool"; reason: string } } {
  const status = member(entry, "status");
  if (status === "passed" || status === 1 || member(entry, "passed") === true) return { result: "pass" };
  if (status === "ignored" || status === 2)
    return { result: "muted", muting: { source: "tool", reason: "ignored in code" } };
  return { result: "fail" };
}

/** Former releases had `ERROR`, `WARNING` and `INFO`. */
const severityIn = (word: string | undefined): Severity =>
  word === "ERROR" ? "high" : word === "WARNING" ? "medium" : severityOf(word);
