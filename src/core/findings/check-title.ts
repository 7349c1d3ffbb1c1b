const positiveEnds = new Set(
  "enabled used configured required created registered exists set restricted encrypted rotated tested enforced".split(
    " ",
  ),
);
/** Words that name the bad state itself, where the id does not deny them. */
const bad = new Set(
  "allow allows public publicly exposed unused unrestricted expired insecure deprecated shodan stale unassigned bypassable dangling".split(
    " ",
  ),
);

/**
 * What a failing check means, in at most five words, from the words of its id: `ebs_default_encryption_enabled` ->
 * `default encryption not enabled`. Where the id does not say which way is bad, only that the check fails.
 */
export function failingTitle(checkId: string): string {
  const [, ...rest] = checkId
    .toLowerCase()
    .split(/[_\s]+/)
    .filter((word) => word !== "");
  const words = rest.length === 0 ? [checkId.toLowerCase()] : rest;
  const no = words.indexOf("no");
  if (no >= 0 && no < words.length - 1) return words.slice(no + 1, no + 6).join(" ");
  const badAt = words.findIndex((word) => bad.has(word));
  if (badAt >= 0) return words.slice(badAt, badAt + 5).join(" ");
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  if (!words.includes("not") && !words.includes("without")) {
    if (last === "disabled") return [...before.slice(-4), "enabled"].join(" ");
    if (positiveEnds.has(last)) return [...before.slice(-3), "not", last].join(" ");
  }
  return [...words.slice(-4), "fails"].join(" ");
}
