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
export function absenceIndex(rows: Iterable<FindingRow>, scopes: readonly AssertedScope[]): AbsenceIndex {
  const scans = new Map<string, AssertedScope[]>();
  for (const scope of scopes) {
    if (scope.whole !== true || scope.observedAt === undefined) continue;
    const key = keyOf(scope);
    const list = scans.get(key);
    if (list === undefined) scans.set(key, [scope]);
    else list.push(scope);
  }
  if (scans.size === 0) return { after: () => false };
  // Whatever a row says, it says that the resource is there.
  const listed = new Map<string, string>();
  for (const { fingerprint, observedAt } of rows) {
    if (observedAt !== undefined && observedAt > (listed.get(fingerprint) ?? ""))
      listed.set(fingerprint, observedAt);
  }
  return {
    after(row) {
      const { account, region = "global" } = row;
      const last = listed.get(row.fingerprint);
      if (account === undefined || row.observedAt === undefined || last === undefined) return false;
      return (scans.get(keyOf({ tool: row.tool, provider: row.provider, account, region })) ?? []).some(
        (scope) => (scope.observedAt ?? "") > last && scope.checks.includes(row.check),
      );
    },
  };
}
