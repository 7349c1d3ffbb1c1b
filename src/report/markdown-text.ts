import { visible } from "./visible-text.js";

/** CommonMark 2.4: every ASCII punctuation that could begin markup or HTML, with a backslash; `&` begins an entity. */
export const escape = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]<>&|#~!]/g, (character) => `\\${character}`)
    .replace(/^(\s*)([-+=]|\d+[.)])(?=\s)/gm, "$1\\$2")
    // A bare address would become a link in most renderers (GFM autolinks).
    .replace(/\b(https?|ftp|mailto|www)(:|\.)/gi, "$1\\$2");

/** CommonMark 6.1: a run of backticks longer than any inside; table cells never hold code. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A block of commands to copy: the fence is longer than any run of backticks in it, so that nothing in it can end it
 * (CommonMark 4.5).
 */
export function codeBlock(text: string, language = "sh"): string {
  const shown = text.split("\n").map(visible).join("\n");
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A table; cells are Markdown already. Nothing for no rows. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
