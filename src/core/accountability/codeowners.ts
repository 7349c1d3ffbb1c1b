import type { CodeOwnersFile } from "../estate/index.js";

type Rule = CodeOwnersFile["rules"][number];

/** Who owns a path after a CODEOWNERS file, and by which rules. */
export interface PathOwnership {
  /** `unowned`: a rule takes ownership away on purpose; `no-match`: no rule speaks of the path. */
  readonly state: "owned" | "unowned" | "no-match";
  /** In the order of the rules, without duplicates. */
  readonly owners: readonly string[];
  /** The deciding rules: one for GitHub, at most one per section for GitLab. */
  readonly rules: readonly Rule[];
}

/**
 * The owners of `path` (relative to the repository, `/` separators). GitHub: the last rule that matches decides.
 * GitLab: each section is looked at alone, the unnamed one included, the last match in each decides, a matching
 * `!` exclusion takes the path out of its section for good (17.10), and the results are united.
 */
export function ownersOf(file: CodeOwnersFile, path: string): PathOwnership {
  const wanted = path.replace(/^\.?\/+/, "");
  const rules =
    file.dialect === "github" ? lastMatch(file.rules, wanted, githubPattern) : bySection(file.rules, wanted);
  if (rules.length === 0) return { state: "no-match", owners: [], rules };
  const owners = [...new Set(rules.flatMap((rule) => (rule.exclusion === true ? [] : rule.owners)))];
  return { state: owners.length === 0 ? "unowned" : "owned", owners, rules };
}

function lastMatch(
  rules: readonly Rule[],
  path: string,
  toPattern: (text: string) => RegExp,
): readonly Rule[] {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const rule = rules[index];
    if (rule !== undefined && toPattern(rule.pattern).test(path)) return [rule];
  }
  return [];
}

function bySection(rules: readonly Rule[], path: string): readonly Rule[] {
  const sections = new Map<string, Rule[]>();
  for (const rule of rules) {
    const name = rule.section?.toLowerCase() ?? "";
    sections.set(name, [...(sections.get(name) ?? []), rule]);
  }
  return [...sections.values()].flatMap((section) => {
    const excluded = section.filter((rule) => rule.exclusion === true);
    const out = lastMatch(excluded, path, gitlabPattern);
    if (out.length > 0) return out;
    return lastMatch(
      section.filter((rule) => rule.exclusion !== true),
      path,
      gitlabPattern,
    );
  });
}

const compiled = new WeakMap<typeof githubPattern, Map<string, RegExp>>();

function remember(make: (pattern: string) => string, key: typeof githubPattern, pattern: string): RegExp {
  const known = compiled.get(key) ?? new Map<string, RegExp>();
  compiled.set(key, known);
  const found = known.get(pattern) ?? compile(make(pattern));
  known.set(pattern, found);
  return found;
}

/** A range such as `[z-a]` matches nothing, as in `fnmatch`. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source, "s");
  } catch {
    return /(?!)/;
  }
}

/**
 * GitHub follows gitignore: a slash at the start or inside anchors at the root, a directory covers all below
 * it, but `docs/*` is one level only (GitHub, "About code owners").
 */
function githubPattern(pattern: string): RegExp {
  return remember(githubSource, githubPattern, pattern);
}

function githubSource(pattern: string): string {
  const directory = pattern.endsWith("/");
  const bare = pattern.replace(/^\//, "").replace(/\/$/, "");
  const anchored = pattern.startsWith("/") || bare.includes("/");
  const oneLevel = anchored && (bare === "*" || bare.endsWith("/*"));
  const tail = directory ? "/.*" : oneLevel || bare.endsWith("**") ? "" : "(?:/.*)?";
  return `^${anchored ? "" : "(?:.*/)?"}${globSource(bare, true)}${tail}$`;
}

/**
 * GitLab uses `File.fnmatch` with FNM_DOTMATCH and FNM_PATHNAME: a path without leading slash matches at any
 * depth, one with a trailing slash everything below; only `**` followed by a slash crosses directories.
 */
function gitlabPattern(pattern: string): RegExp {
  return remember(gitlabSource, gitlabPattern, pattern);
}

function gitlabSource(pattern: string): string {
  const plain = pattern.startsWith("\\#") ? pattern.slice(1) : pattern;
  const wide = plain === "*" ? "/**/*" : plain.startsWith("/") ? plain : `/**/${plain}`;
  const full = wide.endsWith("/") ? `${wide}**/*` : wide;
  return `^${globSource(full.slice(1), false)}$`;
}

function globSource(pattern: string, crossing: boolean): string {
  let source = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const rest = pattern.slice(index);
    const char = pattern.charAt(index);
    const startsSegment = index === 0 || pattern.charAt(index - 1) === "/";
    if (startsSegment && rest.startsWith("**/")) {
      source += "(?:.*/)?";
      index += 2;
    } else if (crossing && rest === "**" && startsSegment) {
      source += ".+";
      index += 1;
    } else if (char === "*") {
      source += "[^/]*";
      while (pattern.charAt(index + 1) === "*") index += 1;
    } else if (char === "?") source += "[^/]";
    else if (char === "[" && !crossing) {
      const end = pattern.indexOf("]", index + 2);
      if (end === -1) source += "\\[";
      else {
        source += `[${pattern
          .slice(index + 1, end)
          .replace(/^!/, "^")
          .replaceAll("\\", "\\\\")}]`;
        index = end;
      }
    } else if (char === "\\" && index + 1 < pattern.length) {
      index += 1;
      source += escape(pattern.charAt(index));
    } else source += escape(char);
  }
  return source;
}

const escape = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
