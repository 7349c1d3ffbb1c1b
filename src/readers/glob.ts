/** Whether a path argument is a pattern rather than a name. */
export const isGlob = (path: string): boolean => /[*?[{]/.test(path);

/** The part of a pattern before its first wildcard, cut at the last `/`: where the search starts. */
export function globBase(pattern: string): string {
  const wild = pattern.search(/[*?[{]/);
  const cut = pattern.slice(0, wild).lastIndexOf("/");
  if (cut < 0) return ".";
  return cut === 0 ? "/" : pattern.slice(0, cut);
}

/**
 * `*` and `?` stay within one name, `**` crosses folders, `[abc]` and `[!abc]` are sets, `{a,b}` are choices.
 * Everything is translated to a regular expression without nested repetition, so no pattern can hang.
 */
export function globToRegExp(pattern: string): RegExp {
  let source = "";
  let braces = 0;
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern.charAt(index);
    if (char === "*" && pattern.charAt(index + 1) === "*") {
      index += 1;
      if (pattern.charAt(index + 1) === "/") {
        index += 1;
        source += "(?:.*/)?";
      } else source += ".*";
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "[" && pattern.indexOf("]", index + 2) > 0) {
      const end = pattern.indexOf("]", index + 2);
      const set = pattern
        .slice(index + 1, end)
        .replace(/[\\\]^]/g, "\\$&")
        .replace(/^!/, "^");
      source += `[${set}]`;
      index = end;
    } else if (char === "{" && pattern.indexOf("}", index) > 0) {
      braces += 1;
      source += "(?:";
    } else if (char === "}" && braces > 0) {
      braces -= 1;
      source += ")";
    } else if (char === "," && braces > 0) source += "|";
    else source += char.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A set such as `[z-a]` is no range: the text is then taken literally.
    return new RegExp(`^${pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`);
  }
}
