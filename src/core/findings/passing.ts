import type { FindingRow, SeenPassing } from "./finding.js";

export interface PassingIndex {
  /** The latest row by which the same tool saw the same check pass on the same resource after this one of `rows`. */
  after(row: FindingRow): SeenPassing | undefined;
}

/**
 * When a row that passed proves a fix. Same tool, check and resource, and later than the failure; times that are
 * missing or equal prove nothing. A PASS that names no part (`user has no old keys`) speaks for all parts, but only
 * from another scan: within one, Prowler writes a PASS and a FAIL about two credentials of the same user.
 */
export function passingIndex(passing: Iterable<SeenPassing>, rows: readonly FindingRow[]): PassingIndex {
  // Nearly all of what passed is about other checks and resources than what failed: only the rest is held.
  const asked = new Map<string, Set<string>>();
  for (const { check, resource } of rows) {
    const resources = asked.get(check);
    if (resources === undefined) asked.set(check, new Set([resource]));
    else resources.add(resource);
  }
  const index = new Map<string, SeenPassing[]>();
  for (const pass of passing) {
    if (asked.get(pass.check)?.has(pass.resource) !== true) continue;
    const key = keyOf(pass);
    const list = index.get(key);
    if (list === undefined) index.set(key, [pass]);
    else list.push(pass);
  }
  return {
    after(row) {
      let found: SeenPassing | undefined;
      for (const pass of index.get(keyOf(row)) ?? []) {
        if (!proves(pass, row)) continue;
        if (found === undefined || preferred(pass, found)) found = pass;
      }
      return found;
    },
  };
}

const keyOf = (item: Pick<SeenPassing, "tool" | "provider" | "check" | "resource" | "region">): string =>
  JSON.stringify([item.tool, item.provider, item.check, item.resource, item.region ?? ""]);

function proves(pass: SeenPassing, row: FindingRow): boolean {
  if (pass.observedAt === undefined || row.observedAt === undefined || pass.observedAt <= row.observedAt)
    return false;
  if (pass.subLocator === row.subLocator) return true;
  return pass.subLocator === "" && pass.origin.source.digest !== row.origin.source.digest;
}

/** Latest first; then by place, so that the order of the input does not show. */
function preferred(a: SeenPassing, b: SeenPassing): boolean {
  const left = [a.observedAt ?? "", a.origin.source.path, a.origin.pointer ?? "", String(a.origin.line ?? 0)];
  const right = [
    b.observedAt ?? "",
    b.origin.source.path,
    b.origin.pointer ?? "",
    String(b.origin.line ?? 0),
  ];
  for (const [index, text] of left.entries()) {
    const other = right[index] ?? "";
    if (text !== other) return index === 0 ? text > other : text < other;
  }
  return false;
}
