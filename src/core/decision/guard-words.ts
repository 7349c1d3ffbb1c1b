/**
 * What to switch on, from the words for what is off today: the widest switch first, as each of them alone would have
 * stopped the path; the others are counted.
 */
export function guardText(via: string): string {
  const switches = [
    ...new Set(
      via
        .replace(/^nothing stands in the way: /, "")
        .split(", ")
        .map(switchOf),
    ),
  ];
  const [first, ...others] = [...switches].sort((a, b) => reach(a) - reach(b));
  if (first === undefined) return "a guard rail that would have stopped the path";
  return others.length === 0 ? first : `${first} (or one of ${String(others.length)} narrower)`;
}

/** One switch that is off, as what has to be there. */
function switchOf(off: string): string {
  if (/^(Block|Restrict|Ignore)Public\w+ is off on the account$/.test(off))
    return "account-level block public access on";
  if (/^(Block|Restrict|Ignore)Public\w+ is off on the bucket$/.test(off))
    return "block public access of the bucket on";
  const none = /^no (.+)$/.exec(off)?.[1];
  if (none !== undefined)
    return `${/^[AEIOUR]/i.test(none) ? "an" : "a"} ${none.replace(" sets ", " that sets ")}`;
  const [, what, where = ""] = /^(.+?) is off( .*)?$/.exec(off) ?? [];
  return what === undefined ? `a guard rail: today ${off}` : `${what} on${where}`;
}

/** One account first: it is whole, and its owner can set it without asking the organisation. */
function reach(text: string): number {
  if (text.includes("account-level")) return 0;
  if (text.includes("organisation")) return 1;
  return text.includes("RCP") ? 2 : 3;
}
