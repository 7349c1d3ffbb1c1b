import type { FindingDraft, Muting } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";

/** Nosey Parker: one value per record, with all the places where it lies. */
export const noseyParker: FindingsReader = {
  kind: "noseyparker",
  title: "Nosey Parker report (JSON)",
  form: "json",
  about: {
    versions: "0.12 to 0.24",
    envelopes: "JSON lines; list",
    reads: [
      "rule, and a row for each match: file or repository, first commit and its author, line",
      "`statuses` and `comment`: rejected matches are muted",
      "the value, which is kept only as keyed HMAC",
    ],
    ignores: ["snippets around the value, blob metadata"],
  },
  recognises: (record) =>
    text(record, "rule_name") !== undefined &&
    Array.isArray(member(record, "matches")) &&
    (text(record, "type") === "finding" || Object.hasOwn(record, "num_matches")),
  translate,
};

function translate(record: JsonObject, { hmac }: TranslationContext): FindingTranslation {
  const matches = objects(member(record, "matches"));
  if (matches.length === 0) return { reason: "`matches` is empty: the finding names no place" };
  const rule = text(record, "rule_name") ?? "secret";
  const drafts = matches.flatMap((match): readonly FindingDraft[] => {
    const provenance = objects(member(match, "provenance"));
    const repository = provenance.find((each) => text(each, "kind") === "git_repo");
    const file = provenance.find((each) => text(each, "kind") === "file");
    const first = member(repository, "first_commit");
    const metadata = member(first, "commit_metadata");
    const line = member(member(member(member(match, "location"), "source_span"), "start"), "line");
    const native = text(match, "structural_id") ?? text(record, "finding_id");
    return secretDrafts(
      {
        tool: "noseyparker",
        rule,
        title: rule,
        value: valueOf(match) ?? valueOf(record),
        repository: text(repository, "repo_path"),
        file: text(first, "blob_path") ?? text(file, "path"),
        line: typeof line === "number" && line > 0 ? line : undefined,
        commit: text(metadata, "commit_id"),
        severity: "unknown",
        ...rejected(match, record),
        nativeIds: native === undefined ? [] : [native],
        author: text(metadata, "author_email") ?? text(metadata, "author_name"),
      },
      hmac,
    );
  });
  return { drafts };
}

/** Present versions give the groups of the match in base64, former ones the text. */
function valueOf(record: JsonObject): string | undefined {
  const [group] = strings(member(record, "groups"));
  return group === undefined ? text(record, "match_content") : Buffer.from(group, "base64").toString("utf8");
}

function rejected(match: JsonObject, record: JsonObject): { result?: "muted"; muting?: Muting } {
  const statuses = [...strings(member(match, "status")), ...strings(member(record, "statuses"))];
  if (statuses.length === 0 || statuses.some((status) => !/^reject/i.test(status))) return {};
  const comment = text(match, "comment") ?? text(record, "comment");
  return {
    result: "muted",
    muting: {
      source: "tool",
      reason: comment === undefined ? "rejected by hand" : `rejected by hand: ${comment}`,
    },
  };
}
