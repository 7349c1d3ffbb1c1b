import { severityOf, type Severity } from "../../core/findings/index.js";
import { codeDraft, podSetting, sourcePath } from "../code-checks/index.js";
import type { FindingsReader, TranslatedRow } from "../findings-reader.js";
import { member, objects, text } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";

/** KICS' JSON: queries, and the places in files that each one hits. */
export const kics: FindingsReader = {
  kind: "kics",
  title: "KICS report (JSON)",
  form: "json",
  about: {
    versions: "1 and 2",
    envelopes: "one object with `queries`",
    reads: [
      "query, severity, file, line, search key as the block, `similarity_id`",
      "queries of secrets by place",
    ],
    ignores: ["expected and actual values: they may hold what was found", "bill of materials, counters"],
  },
  recognises: (record) =>
    Object.hasOwn(record, "queries") &&
    (Object.hasOwn(record, "files_scanned") || Object.hasOwn(record, "severity_counters")),
  translate: (record, { hmac }) => ({
    rows: objects(member(record, "queries")).flatMap((query, number) => {
      const rule = text(query, "query_id") ?? text(query, "query_name") ?? "query";
      const title = text(query, "query_name") ?? rule;
      const secret = text(query, "category") === "Secret Management" && /secret|password|token/i.test(title);
      return objects(member(query, "files")).map((hit, index): TranslatedRow => {
        const line = member(hit, "line");
        const similarity = text(hit, "similarity_id");
        const shared = {
          tool: "kics",
          rule,
          title,
          file: sourcePath(text(hit, "file_name") ?? "unknown"),
          line: typeof line === "number" && line > 0 ? line : undefined,
          severity: severityIn(text(query, "severity")),
          result: "fail" as const,
          nativeIds: similarity === undefined ? [] : [similarity],
        };
        const pointer = `/queries/${number}/files/${index}`;
        if (secret) return { pointer, drafts: secretDrafts(shared, hmac) };
        return {
          pointer,
          drafts: [
            codeDraft({
              ...shared,
              address: text(hit, "search_key"),
              class: text(query, "platform") === "Kubernetes" ? podSetting(title) : undefined,
              detail: text(query, "description"),
            }),
          ],
        };
      });
    }),
  }),
};

const severityIn = (word: string | undefined): Severity =>
  word === "TRACE" ? "informational" : severityOf(word);
