import type { FindingRow } from "./finding.js";
import type { AssertedScope } from "./scope.js";

export interface AbsenceIndex {
  /** A later scan ran the check of the row in its account and Region and did not list it: it is gone, not fixed. */
  after(row: FindingRow): boolean;
}

type Place = Pick<AssertedScope, "tool" | "provider" | "account" | "region">;
const keyOf = (place: Place): string =>
  JSON.stringify([place.tool, place.provider, place.account, place.region]);

/** Of rows and of what the files that hold them vouch for. A row without a time is never called gone. */
export function absenceIndex(rows: readonly FindingRow[], scopes: readonly AssertedScope[]): AbsenceIndex {
  const scans = new Map<string, AssertedScope[]>();
  for (const scope of scopes) {
    if (scope.whole !== true || scope.observedAt === undefined) continue;
    const key = keyOf(scope);
    const list = scans.get(key);
    if (list === undefined) scans.set(key, [scope]);
    else list.push(scope);
  }
  if (scans.size === 0) return { after: () => false };
  const laterScans = (row: FindingRow, at: string): readonly AssertedScope[] => {
    const { tool, provider, account, region = "global" } = row;
    if (account === undefined) return [];
    return (scans.get(keyOf({ tool, provider, account, region })) ?? []).filter(
      (scope) => (scope.observedAt ?? "") > at,
    );
  };
  // Whatever a row says, it says that the resource is there. Only findings that a later scan could miss are looked up.
  const listed = new Map<string, string>();
  for (const row of rows) {
    if (row.observedAt !== undefined && laterScans(row, row.observedAt).length > 0)
      listed.set(row.fingerprint, "");
  }
  if (listed.size === 0) return { after: () => false };
  for (const { fingerprint, observedAt } of rows) {
    const known = listed.get(fingerprint);
    if (known !== undefined && observedAt !== undefined && observedAt > known)
      listed.set(fingerprint, observedAt);
  }
  return {
    after(row) {
      const last = listed.get(row.fingerprint);
      if (row.observedAt === undefined || last === undefined) return false;
      return laterScans(row, last).some((scope) => scope.checks.includes(row.check));
    },
  };
}
