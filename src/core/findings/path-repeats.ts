import type { FindingEvent, FindingRecord } from "./finding-state.js";

/**
 * R10: a finding that is new, on the access path (identity, grant, target class) of one that was closed before, is a
 * repeat, whatever resource it shows on now. It starts one level above the one it repeats. On a path whose other
 * findings are still open it joins their case and is no repeat.
 */
export function withRepeats(
  records: ReadonlyMap<string, FindingRecord>,
  opened: ReadonlySet<string>,
): { readonly records: ReadonlyMap<string, FindingRecord>; readonly events: readonly FindingEvent[] } {
  const closed = new Map<string, FindingRecord[]>();
  for (const record of records.values()) {
    if (opened.has(record.fingerprint) || (record.state !== "fixed" && record.state !== "gone")) continue;
    for (const path of record.paths) closed.set(path, [...(closed.get(path) ?? []), record]);
  }
  if (closed.size === 0) return { records, events: [] };
  const changed = new Map(records);
  const events: FindingEvent[] = [];
  for (const fingerprint of opened) {
    const record = records.get(fingerprint);
    if (record === undefined || record.repeats !== undefined) continue;
    const before = record.paths
      .flatMap((path) => closed.get(path) ?? [])
      .filter((other) => other.resource !== record.resource && other.since <= record.since)
      .sort((a, b) => b.level - a.level || (a.fingerprint < b.fingerprint ? -1 : 1))[0];
    if (before === undefined) continue;
    const raised = { ...record, level: before.level + 1 + record.recurrences, repeats: before.fingerprint };
    changed.set(fingerprint, raised);
    events.push({
      kind: "repeat",
      fingerprint,
      resource: record.resource,
      weakness: record.weakness,
      at: record.since,
      to: record.state,
      recurrences: record.recurrences,
      level: raised.level,
      of: before.fingerprint,
    });
  }
  return { records: changed, events };
}
