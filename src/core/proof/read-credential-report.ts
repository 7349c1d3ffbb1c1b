import type { Draft } from "./directory.js";
import type { Citation } from "./raw-document.js";

/** `aws iam get-credential-report`, decoded: one line for each user and one for the root user (IAM user guide, "Credential reports"). */
export function readCredentialReport(text: string, at: Citation, draft: Draft): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  const head = cellsOf(lines[0] ?? "");
  if (!head.includes("arn") || !head.includes("password_enabled")) return false;
  lines.slice(1).forEach((line, index) => {
    const cells = cellsOf(line);
    const cell = (name: string): string => cells[head.indexOf(name)] ?? "";
    const arn = cell("arn");
    if (arn === "") return;
    draft.reports.set(arn, {
      password: cell("password_enabled") !== "false",
      mfa: cell("mfa_active") === "true",
      key: cell("access_key_1_active") === "true" || cell("access_key_2_active") === "true",
      at: { ...at, line: index + 2 },
    });
  });
  return true;
}

/** RFC 4180, one line. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, line.split(",").length + 1)
    .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
