import { severityOf, type FindingDraft, type FindingResult, type Muting } from "../../core/findings/index.js";
import { codeDraft, sourcePath } from "../code-checks/index.js";
import type { FindingsReader, TranslatedRow, TranslationContext } from "../findings-reader.js";
import { flawDraft, flawIds, own, scoreOf } from "../flaws/index.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";

const lists: readonly (readonly [name: string, result: FindingResult])[] = [
  ["failed_checks", "fail"],
  ["passed_checks", "pass"],
  ["skipped_checks", "muted"],
];

/** Checkov's JSON: one object, or a list with one for each framework. */
export const checkov: FindingsReader = {
  kind: "checkov",
  title: "Checkov report (JSON)",
  form: "json",
  about: {
    versions: "1, 2 and 3",
    envelopes: "one object; list with one for each framework; the short object of a run without results",
    reads: [
      "failed, passed and skipped checks: id, block, file and lines, severity where there is one",
      "`suppress_comment` as the reason of a skipped check",
      "checks of packages as flaws, checks of secrets by place",
    ],
    ignores: [
      "code blocks, evaluations, guidelines",
      "files that Checkov could not parse: it judged nothing there",
    ],
  },
  recognises: (record) =>
    (text(record, "check_type") !== undefined && isObject(member(record, "results"))) ||
    (text(record, "checkov_version") !== undefined && Object.hasOwn(record, "failed")),
  translate: (record, context) => ({
    rows: lists.flatMap(([list, result]) =>
      objects(member(member(record, "results"), list)).map((entry, index) =>
        rowOf(entry, `/results/${list}/${index}`, result, text(record, "check_type") ?? "", context),
      ),
    ),
  }),
};

function rowOf(
  entry: JsonObject,
  pointer: string,
  listed: FindingResult,
  type: string,
  context: TranslationContext,
): TranslatedRow {
  const id = text(entry, "check_id");
  if (id === undefined) return { pointer, reason: "`check_id` is missing: the check has no name" };
  const stated = member(entry, "check_result");
  // `UNKNOWN`: the value depends on what is only known when the code is applied.
  const result = text(stated, "result") === "UNKNOWN" ? "manual" : listed;
  const comment = text(stated, "suppress_comment");
  const muting: Muting | undefined =
    result === "muted"
      ? { source: "tool", reason: comment ?? "skipped in code, no reason given" }
      : undefined;
  const range = member(entry, "file_line_range");
  const line: unknown = Array.isArray(range) ? range[0] : undefined;
  const at = typeof line === "number" && line > 0 ? line : undefined;
  const file =
    text(entry, "repo_file_path") ?? text(entry, "file_path") ?? text(entry, "file_abs_path") ?? "unknown";
  const title = text(entry, "check_name") ?? id;
  const severity = severityOf(text(entry, "severity"));
  if (isObject(member(entry, "vulnerability_details")))
    return { pointer, drafts: [flaw(entry, file, result, muting)] };
  if (type === "secrets" || id.startsWith("CKV_SECRET_"))
    return {
      pointer,
      drafts: secretDrafts(
        { tool: "checkov", rule: id, title, file, line: at, severity, result, muting },
        context.hmac,
      ),
    };
  return {
    pointer,
    drafts: [
      codeDraft({
        tool: "checkov",
        rule: id,
        title,
        file: file.replace(/^\/+/, ""),
        line: at,
        address: text(entry, "resource_address") ?? text(entry, "resource"),
        result,
        muting,
        severity,
        nativeIds: [text(entry, "bc_check_id")].filter((each) => each !== undefined),
      }),
    ],
  };
}

function flaw(
  entry: JsonObject,
  file: string,
  result: FindingResult,
  muting: Muting | undefined,
): FindingDraft {
  const details = member(entry, "vulnerability_details");
  const fixed = text(details, "lowest_fixed_version");
  return flawDraft({
    tool: "checkov",
    ids: flawIds(text(details, "id") ?? text(entry, "check_id")),
    resource: own("file", sourcePath(file), file),
    package: text(details, "package_name"),
    installed: text(details, "package_version"),
    fixed: fixed === undefined || fixed === "N/A" ? [] : [fixed],
    severity: severityOf(text(details, "severity") ?? text(entry, "severity")),
    cvss: scoreOf(member(details, "cvss")),
    result,
    muting,
  });
}
