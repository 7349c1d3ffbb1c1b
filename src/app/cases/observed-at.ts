import type { Analysis, Case } from "../../core/decision/index.js";

/**
 * The state of the world that an analysis shows of a case: the oldest of what its answer rests on. A scan of today
 * beside an inventory of last week proves what was true last week. Undefined: nothing that it rests on has a time.
 */
export function observedAtOf(before: Case, analysis: Analysis): string | undefined {
  const exposures = new Set(before.exposures.map(({ id }) => id));
  const seen = analysis.cases
    .flatMap((item) => item.exposures)
    .filter(({ id }) => exposures.has(id))
    .map(({ findings }) => newest(findings.flatMap(({ seenAt }) => seenAt ?? [])));
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

const newest = (times: readonly string[]): string | undefined => sorted(times).at(-1);
const oldest = (times: readonly string[]): string | undefined => sorted(times)[0];
const sorted = (times: readonly string[]): readonly string[] =>
  [...times].sort((a, b) => Date.parse(a) - Date.parse(b));
