/** What an id of a flaw looks like: CVE, GHSA, RHSA, DSA, PYSEC, SNYK, a number of a tracker. */
const wellFormed = /^[\w.:/@+-]{3,100}$/;

const rank = (id: string): number => (id.startsWith("CVE-") ? 0 : id.startsWith("GHSA-") ? 1 : 2);

/**
 * All names of a flaw, the CVE first, then GHSA: the first is what tools are merged by, so that a scanner that speaks
 * of a GHSA and one that speaks of its CVE see the same flaw. Ids in lower case are put in the case that their issuer
 * writes.
 */
export function flawIds(names: Iterable<string | undefined>): readonly string[] {
  const ids = new Set<string>();
  for (const name of names) {
    const trimmed = name?.trim() ?? "";
    if (wellFormed.test(trimmed)) ids.add(issuerCase(trimmed));
  }
  return [...ids].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function issuerCase(id: string): string {
  if (/^cve-\d{4}-\d+$/i.test(id)) return id.toUpperCase();
  if (/^ghsa(-[0-9a-z]{4}){3}$/i.test(id)) return `GHSA${id.slice(4).toLowerCase()}`;
  return id;
}

/** A CVE or GHSA inside a text such as the address of an advisory. */
export const flawIdIn = (text: string): string | undefined =>
  /\b(CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})\b/i.exec(text)?.[1];
