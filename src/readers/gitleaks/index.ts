import { observedTime } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";

/** Gitleaks' JSON report, of version 8 (`RuleID`) and before (`rule`). */
export const gitleaks: FindingsReader = {
  kind: "gitleaks",
  title: "Gitleaks report (JSON)",
  form: "json",
  about: {
    versions: "7 and 8",
    envelopes: "list",
    reads: [
      "rule, file, line, commit; the author of the commit as a hint of the owner",
      "the value, which is kept only as keyed HMAC; the id of an AWS access key as its name",
    ],
    ignores: ["the line around the value, the commit message, entropy, tags"],
  },
  recognises: (record) =>
    (text(record, "RuleID") !== undefined &&
      Object.hasOwn(record, "StartLine") &&
      Object.hasOwn(record, "File")) ||
    (text(record, "rule") !== undefined &&
      Object.hasOwn(record, "offender") &&
      Object.hasOwn(record, "file")),
  translate,
};

function translate(record: JsonObject, { hmac }: TranslationContext): FindingTranslation {
  const present = text(record, "RuleID") !== undefined;
  const of = (now: string, former: string): string | undefined => text(record, present ? now : former);
  const rule = of("RuleID", "rule") ?? "secret";
  const line = member(record, present ? "StartLine" : "lineNumber");
  const column = member(record, "StartColumn");
  const fingerprint = text(record, "Fingerprint");
  const title = text(record, "Description");
  return {
    drafts: secretDrafts(
      {
        tool: "gitleaks",
        rule,
        title: title === undefined ? rule : title.slice(0, 120),
        value: of("Secret", "offender"),
        repository: text(record, "repoURL") ?? text(record, "repo"),
        file: of("File", "file"),
        line: typeof line === "number" && line > 0 ? line : undefined,
        column: typeof column === "number" ? column : undefined,
        commit: of("Commit", "commit"),
        severity: "unknown",
        nativeIds: fingerprint === undefined ? [] : [fingerprint],
        firstSeenAt: commitTime(of("Date", "date")),
        author: of("Email", "email") ?? of("Author", "author"),
      },
      hmac,
    ),
  };
}

/** `0001-01-01` is what the tool writes outside of a repository. */
const commitTime = (date: string | undefined): string | undefined =>
  date === undefined || date.startsWith("0001-") ? undefined : observedTime(date)?.at;
