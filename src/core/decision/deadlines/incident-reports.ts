import { after, proven, type DeadlinePack, type PackQuestion } from "./pack.js";

/** A month as the reports count it: the same day of the next month, or its last. */
function monthAfter(start: string): string | null {
  const at = new Date(start);
  if (Number.isNaN(at.getTime())) return null;
  const day = at.getUTCDate();
  const moved = new Date(at);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + 1);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved.toISOString();
}

/** The clocks start at awareness: when the incident was declared. */
const awareAt = (question: PackQuestion): string | undefined =>
  proven(question, "incident_declared") ? (question.declaredAt ?? question.now) : undefined;

/** Directive (EU) 2022/2555, Article 23(4); a significant incident of an essential or important entity. */
export const nis2: DeadlinePack = {
  id: "nis2",
  version: "2022/2555",
  title: "NIS2",
  source: "Directive (EU) 2022/2555, Article 23(4); binds essential and important entities",
  deadlines(question) {
    const start = awareAt(question);
    if (start === undefined) return [];
    const notified = after(start, 72);
    return [
      { task: "notify", due: after(start, 24), because: "early warning, 24 hours after awareness" },
      { task: "notify", due: notified, because: "incident notification, 72 hours after awareness" },
      {
        task: "notify",
        due: notified === null ? null : monthAfter(notified),
        because: "final report, one month after the notification (a progress report while it lasts)",
      },
    ];
  },
};

/**
 * Delegated Regulation (EU) 2025/301, Article 5, under DORA. The four hours run from classification, which no input
 * states: the outer bound from awareness is given.
 */
export const dora: DeadlinePack = {
  id: "dora",
  version: "2025/301",
  title: "DORA",
  source: "Delegated Regulation (EU) 2025/301, Article 5; binds financial entities",
  deadlines(question) {
    const start = awareAt(question);
    if (start === undefined) return [];
    const first = after(start, 24);
    const second = first === null ? null : after(first, 72);
    return [
      {
        task: "notify",
        due: first,
        because: "initial notification: 4 hours after classification, at most 24 after awareness",
      },
      {
        task: "notify",
        due: second,
        because: "intermediate report, 72 hours after the initial notification",
      },
      {
        task: "notify",
        due: second === null ? null : monthAfter(second),
        because: "final report, one month after the intermediate report",
      },
    ];
  },
};
