/**
 * What was seen of one finding at one time. `fail`: failing; `muted`: failing and hidden in the tool; `stale`: no longer
 * refreshed by the tool; `pass`: seen passing; `absent`: not listed by a file that vouches for such findings.
 */
export type Mark = "fail" | "muted" | "stale" | "pass" | "absent";

export interface Point {
  /** ISO instant in UTC. */
  readonly at: string;
  readonly mark: Mark;
}

/** What was seen, over time: the first and the last of every run of equal marks. */
export type Timeline = readonly Point[];

/** At one instant the graver mark counts: a failure is never argued away by a PASS of the same scan. */
const gravest: readonly Mark[] = ["fail", "muted", "stale", "pass", "absent"];

/** Adds points in any order. The same points again change nothing, and neither does the order in which they come. */
export function withPoints(timeline: Timeline, points: Iterable<Point>): Timeline {
  const byTime = new Map<string, Mark>(timeline.map((point) => [point.at, point.mark]));
  for (const { at, mark } of points) {
    const held = byTime.get(at);
    if (held === undefined || gravest.indexOf(mark) < gravest.indexOf(held)) byTime.set(at, mark);
  }
  const all = [...byTime].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, mark]): Point => ({ at, mark }));
  // What passed or was absent before the first failure tells nothing of it.
  const first = all.findIndex(({ mark }) => mark !== "pass" && mark !== "absent");
  const ordered = first < 0 ? [] : all.slice(first);
  return ordered.filter(
    (point, index) => ordered[index - 1]?.mark !== point.mark || ordered[index + 1]?.mark !== point.mark,
  );
}

export type Standing = "open" | "muted-external" | "fixed" | "gone" | "unknown";

export interface Course {
  readonly standing: Standing;
  /** Since when it stands so. */
  readonly since: string;
  /** How often it failed again after it was fixed or gone. */
  readonly recurrences: number;
  readonly firstSeen: string;
  /** When it was last seen failing, muted or stale. */
  readonly lastSeen: string;
}

/** How a finding stands after its timeline; undefined where it never failed: a check that passes is no finding. */
export function courseOf(timeline: Timeline): Course | undefined {
  let standing: Standing | undefined;
  let since = "";
  let recurrences = 0;
  let firstSeen: string | undefined;
  let lastSeen = "";
  for (const { at, mark } of timeline) {
    const next = standingAfter(standing, mark);
    if (next === undefined) continue;
    const failing = mark === "fail" || mark === "muted" || mark === "stale";
    if (failing) {
      firstSeen ??= at;
      lastSeen = at;
      // A stale row is what the tool once said, not that it failed again.
      if (mark !== "stale" && (standing === "fixed" || standing === "gone")) recurrences += 1;
    }
    if (next !== standing) since = at;
    standing = next;
  }
  if (standing === undefined || firstSeen === undefined) return undefined;
  return { standing, since, recurrences, firstSeen, lastSeen };
}

function standingAfter(standing: Standing | undefined, mark: Mark): Standing | undefined {
  switch (mark) {
    case "fail":
      return "open";
    case "muted":
      return "muted-external";
    case "stale":
      // What was seen fixed stays fixed until it is seen failing.
      return standing === "fixed" || standing === "gone" ? standing : "unknown";
    case "pass":
      return standing === undefined ? undefined : "fixed";
    case "absent":
      // A proven fix is not undone by the resource's end.
      return standing === undefined || standing === "fixed" ? standing : "gone";
  }
}
