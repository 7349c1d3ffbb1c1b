import type { Analysis, Case, CaseExposure } from "../../core/decision/index.js";

/**
 * The state of the world that an analysis shows of a case: the oldest of what its answer rests on. A scan of today
 * beside an inventory of last week proves what was true last week. Undefined: nothing that it rests on has a time.
 */
export function observedAtOf(before: Case, analysis: Analysis): string | undefined {
  const exposures = new Set(before.exposures.map(({ id }) => id));
  const seen = analysis.cases
    .flatMap((item) => item.exposures)
    .filter(({ id }) => exposures.has(id))
    .map((exposure) => shownAt(exposure, analysis));
  const cited = new Set(
    before.recreation.paths.flatMap(({ hops }) =>
      hops.flatMap(({ evidence }) => evidence.map(({ document }) => document)),
    ),
  );
  const estate = analysis.inputs.filter(({ role }) => role === "estate");
  const own = estate
    .filter(({ document }) => cited.has(document))
    .flatMap(({ observedAt }) => observedAt ?? []);
  const inventory =
    own.length > 0 ? oldest(own) : newest(estate.flatMap(({ observedAt }) => observedAt ?? []));
  return oldest([...seen, inventory].flatMap((at) => at ?? []));
}

/**
 * When a tool last saw it. What is gone was seen by nobody: then it is when the list was made that does not have it, or
 * the newest scan where a scan shows its absence.
 */
function shownAt({ state, findings, now }: CaseExposure, { inputs }: Analysis): string | undefined {
  if (state !== "gone") return newest(findings.flatMap(({ seenAt }) => seenAt ?? []));
  const lists = new Set((now?.evidence ?? []).map(({ document }) => document));
  const made = inputs.filter(({ role, document }) => role === "estate" && lists.has(document));
  return made.length > 0
    ? oldest(made.flatMap(({ observedAt }) => observedAt ?? []))
    : newest(inputs.filter(({ role }) => role === "findings").flatMap(({ observedAt }) => observedAt ?? []));
}

const newest = (times: readonly string[]): string | undefined => sorted(times).at(-1);
const oldest = (times: readonly string[]): string | undefined => sorted(times)[0];
const sorted = (times: readonly string[]): readonly string[] =>
  [...times].sort((a, b) => Date.parse(a) - Date.parse(b));
