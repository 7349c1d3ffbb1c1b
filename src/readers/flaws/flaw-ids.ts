/** What an id of a flaw looks like: CVE, GHSA, RHSA, DSA, PYSEC, SNYK, a number of a tracker. */
const wellFormed = /^[\w.:/@+-]{3,100}$/;

const rank = (id: string): number => (id.startsWith("CVE-") ? 0 : id.startsWith("GHSA-") ? 1 : 2);

/**
 * The names of a flaw: its own id and what databases call it besides, the CVE first, then GHSA. The first is what tools
 * are merged by, so that a scanner that speaks of a GHSA and one that speaks of its CVE see the same flaw. An issuer has
 * one id for a flaw: where aliases name several of one issuer, or one of the issuer of the id itself, they are about
 * several flaws, and none of them is believed.
 */
export function flawIds(
  own: string | undefined,
  aliases: Iterable<string | undefined> = [],
): readonly string[] {
  const id = wellFormed.test(own?.trim() ?? "") ? issuerCase(own?.trim() ?? "") : undefined;
  const byIssuer = new Map<string, Set<string>>();
  for (const alias of aliases) {
    const trimmed = alias?.trim() ?? "";
    if (!wellFormed.test(trimmed)) continue;
    const named = issuerCase(trimmed);
    byIssuer.set(issuerOf(named), (byIssuer.get(issuerOf(named)) ?? new Set()).add(named));
  }
  const single = [...byIssuer].flatMap(([issuer, names]) =>
    names.size === 1 && (id === undefined || issuer !== issuerOf(id)) ? [...names] : [],
  );
  const ids = new Set([...(id === undefined ? [] : [id]), ...single]);
  return [...ids].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** `CVE` of `CVE-2024-1`, `SNYK` of `SNYK-JS-X-1`; an id without a word in front stands for itself. */
const issuerOf = (id: string): string => /^([A-Za-z]{2,})[-:]/.exec(id)?.[1]?.toUpperCase() ?? id;

function issuerCase(id: string): string {
  if (/^cve-\d{4}-\d+$/i.test(id)) return id.toUpperCase();
  if (/^ghsa(-[0-9a-z]{4}){3}$/i.test(id)) return `GHSA${id.slice(4).toLowerCase()}`;
  return id;
}

/** A CVE or GHSA inside a text such as the address of an advisory. */
export const flawIdIn = (text: string): string | undefined =>
  /\b(CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})\b/i.exec(text)?.[1];
