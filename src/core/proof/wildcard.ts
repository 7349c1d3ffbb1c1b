/** `*` is any run of characters, `?` any one (IAM user guide, "Using wildcards"). Greedy with one point of return. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const sign = pattern[p];
    if (sign === "*") {
      star = p++;
      resume = t;
    } else if (sign !== undefined && (sign === "?" || sign === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** An ARN with fewer than six parts stands for everything that begins so (IAM user guide, "Resource"). */
export function wholeArn(pattern: string): string {
  return pattern.startsWith("arn:") && !pattern.endsWith("*") && pattern.split(":").length < 6
    ? `${pattern}:*`
    : pattern;
}

/** Private characters that stand for a star or question mark which is meant literally. */
export const literal = (text: string): string => text.replaceAll("*", "\uE010").replaceAll("?", "\uE011");
export const plain = (text: string): string => text.replaceAll("\uE010", "*").replaceAll("\uE011", "?");
/** Compares with a pattern that may hold literal stars. */
export const patternMatches = (pattern: string, text: string): boolean =>
  wildcardMatches(pattern, pattern.includes("\uE010") || pattern.includes("\uE011") ? literal(text) : text);
