import type { CasePolicy } from "../case-policy.js";
import type { CaseState } from "../state.js";
import type { Notice } from "./notice.js";
import { noticesOf } from "./notices.js";

/** What is due now and was not carried out, oldest first: a job sends the command `tick` with each id. */
export function due(state: CaseState, now: string, policy: CasePolicy): readonly Notice[] {
  const at = Date.parse(now);
  return noticesOf(state, now, policy)
    .filter(
      (notice) =>
        Date.parse(notice.at) <= at && (notice.until === undefined || Date.parse(notice.until) > at),
    )
    .sort(byTime);
}

/** When to look again: the earliest instant after `now` at which something becomes due; undefined: never. */
export function nextDueAt(state: CaseState, now: string, policy: CasePolicy): string | undefined {
  const at = Date.parse(now);
  return noticesOf(state, now, policy)
    .filter((notice) => Date.parse(notice.at) > at)
    .sort(byTime)[0]?.at;
}

const byTime = (a: Notice, b: Notice): number =>
  Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
