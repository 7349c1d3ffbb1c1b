import type { FindingEvent, FindingEventKind, FindingRecord, FindingState } from "./finding-state.js";
import type { Standing } from "./timeline.js";

export function stateOf(standing: Standing, recurrences: number, accepted: boolean): FindingState {
  if (standing !== "open") return standing;
  if (accepted) return "accepted";
  return recurrences > 0 ? "recurred" : "open";
}

export function eventOf(held: FindingRecord | undefined, next: FindingRecord): FindingEvent | undefined {
  const again = next.recurrences > (held?.recurrences ?? 0);
  if (held?.state === next.state && !again) return undefined;
  const kind = kindOf(held?.state, next.state, again);
  if (kind === undefined) return undefined;
  return { ...told(kind, next), ...(held === undefined ? {} : { from: held.state }) };
}

function kindOf(
  from: FindingState | undefined,
  to: FindingState,
  again: boolean,
): FindingEventKind | undefined {
  if (to === "fixed" || to === "gone") return to;
  if (to === "unknown") return "doubtful";
  if (again) return "recurred";
  if (to === "muted-external") return "muted";
  if (from === "muted-external") return "unmuted";
  // Who accepts or ends an acceptance says so himself.
  if (from === "accepted" || to === "accepted") return undefined;
  return "opened";
}

export const told = (kind: FindingEventKind, record: FindingRecord): FindingEvent => ({
  kind,
  fingerprint: record.fingerprint,
  resource: record.resource,
  weakness: record.weakness,
  at: record.since,
  to: record.state,
  recurrences: record.recurrences,
  level: record.level,
});
