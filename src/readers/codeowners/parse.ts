import type { CodeOwnersFile } from "../../core/estate/index.js";

type Rule = CodeOwnersFile["rules"][number];
type Dialect = CodeOwnersFile["dialect"];

export interface ParsedCodeOwners {
  readonly dialect: Dialect;
  readonly rules: readonly Rule[];
  readonly sections: readonly string[];
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}

/** `[Name]`, `^[Name]`, `[Name][2]`, then default owners. */
const heading = /^(\^?)\[([^\]]+)\](?:\[(\d+)\])?(?:\s+(.*))?$/;
const maxLines = 100_000;
/** GitHub reads no file of 3 MB or more. */
const githubLimit = 3 * 1024 * 1024;

export const dialectOf = (lines: readonly string[]): Dialect =>
  lines.some((line) => heading.test(line.trim()) || line.startsWith("!") || /\s@@[a-z]/.test(line))
    ? "gitlab"
    : "github";

/**
 * Parses a CODEOWNERS file. Rules keep their order: for both services the last match decides (within a section
 * for GitLab). A rule without owners is kept, because it takes ownership away on purpose. A line that the
 * service would skip is a problem and no rule.
 */
export function parseCodeOwners(text: string, stated?: Dialect): ParsedCodeOwners {
  const lines = text.split(/\r\n|\n|\r/);
  const dialect = stated ?? dialectOf(lines);
  const problems: { line: number; reason: string }[] = [];
  if (dialect === "github" && text.length >= githubLimit) {
    return {
      dialect,
      rules: [],
      sections: [],
      problems: [{ line: 1, reason: "GitHub ignores a file of 3 MB or more" }],
    };
  }
  if (lines.length > maxLines)
    problems.push({ line: maxLines + 1, reason: `lines after ${maxLines} are not read` });
  const rules: Rule[] = [];
  const sections = new Map<string, string>();
  let section:
    { readonly name: string; readonly optional: boolean; readonly owners: readonly string[] } | undefined;
  lines.slice(0, maxLines).forEach((raw, index) => {
    const line = index + 1;
    const content = raw.trim();
    if (content === "" || content.startsWith("#")) return;
    const fault = (reason: string): void => void problems.push({ line, reason });
    const head = dialect === "gitlab" ? heading.exec(content) : null;
    if (head !== null) {
      const given = head[2]?.trim() ?? "";
      // Names are compared without regard to case; the first spelling stands for all.
      const name = sections.get(given.toLowerCase()) ?? given;
      sections.set(given.toLowerCase(), name);
      section = { name, optional: head[1] === "^", owners: gitlabOwners(head[4] ?? "") };
      return;
    }
    const words = splitWords(content);
    const written = words[0] ?? "";
    const exclusion = dialect === "gitlab" && written.startsWith("!");
    const pattern = exclusion ? written.slice(1) : written;
    if (dialect === "github") {
      const reason = githubFault(pattern);
      if (reason !== undefined) {
        fault(reason);
        return;
      }
      const owners = githubOwners(words.slice(1));
      if ("fault" in owners) {
        fault(owners.fault);
        return;
      }
      rules.push({ pattern, owners: owners.owners, line });
      return;
    }
    if (pattern === "") {
      fault("a `!` without a path");
      return;
    }
    const own = exclusion ? [] : gitlabOwners(words.slice(1).join(" "));
    rules.push({
      pattern,
      owners: own.length > 0 || exclusion ? own : (section?.owners ?? []),
      ...(section === undefined ? {} : { section: section.name }),
      ...(section?.optional === true ? { optional: true } : {}),
      ...(exclusion ? { exclusion: true } : {}),
      line,
    });
  });
  return { dialect, rules, sections: [...sections.values()], problems };
}

/** Words at spaces and tabs; a backslash keeps the space that follows it. */
function splitWords(line: string): readonly string[] {
  return line.match(/(?:\\.|[^\s\\])+/g) ?? [];
}

/** Forms of gitignore that GitHub does not take; it skips such a line (GitHub, "About code owners"). */
function githubFault(pattern: string): string | undefined {
  if (pattern.startsWith("!")) return `GitHub has no negated pattern: \`${pattern}\``;
  if (/[[\]]/.test(pattern)) return `GitHub has no character range: \`${pattern}\``;
  if (pattern.startsWith("\\#"))
    return `GitHub cannot escape \`#\` at the start of a pattern: \`${pattern}\``;
  return undefined;
}

const ownerForm = /^(@[A-Za-z0-9](?:[A-Za-z0-9_-]*)(?:\/[A-Za-z0-9_.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+)$/;

function githubOwners(words: readonly string[]): { owners: readonly string[] } | { fault: string } {
  const comment = words.findIndex((word) => word.startsWith("#"));
  const owners = comment === -1 ? words : words.slice(0, comment);
  const wrong = owners.find((owner) => !ownerForm.test(owner));
  return wrong === undefined
    ? { owners: [...new Set(owners)] }
    : { fault: `\`${wrong}\` is no user, team or mail address` };
}

/** GitLab finds owners anywhere in the rest of the line, comments included, and passes over other words. */
function gitlabOwners(text: string): readonly string[] {
  const found =
    text.match(/@@?[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?|[^@\s]+@[^@\s]+\.[^@\s]+/g) ?? [];
  return [...new Set(found)];
}
