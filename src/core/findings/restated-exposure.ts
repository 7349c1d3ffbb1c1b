import type { Exposure, ExposureFinding, ExposureState } from "./exposures.js";
import type { FindingRecord, FindingState } from "./finding-state.js";
import { worstSeverity } from "./severity.js";

/** How an exposure stands by what is remembered of its findings over all imports. */
const stateOf: Readonly<Record<FindingState, ExposureState>> = {
  open: "open",
  recurred: "open",
  // Accepted is not mended: who decides what it means is the case.
  accepted: "open",
  fixed: "fixed",
  gone: "gone",
  "muted-external": "muted-external",
  unknown: "unknown",
};

/** One tool that still sees it outweighs all that do not. */
const gravest: readonly ExposureState[] = ["open", "unknown", "muted-external", "gone", "fixed"];

/**
 * An exposure that was merged from the last rows alone, with states, times and evidence of the records: what was seen
 * fixed or gone in between is in the records only. A finding without a record stays as it is.
 */
export function restateExposure(exposure: Exposure, records: ReadonlyMap<string, FindingRecord>): Exposure {
  const findings = exposure.findings.map((finding): ExposureFinding => {
    const record = records.get(finding.fingerprint);
    if (record === undefined) return finding;
    const { firstSeen, lastSeen, evidence } = record;
    return { ...finding, state: stateOf[record.state], firstSeen, lastSeen, evidence };
  });
  const state = gravest.find((each) => findings.some((finding) => finding.state === each)) ?? exposure.state;
  const counted = findings.filter((finding) => finding.state !== "fixed");
  const severities = (counted.length === 0 ? findings : counted).map(({ severity }) => severity);
  const times = findings.flatMap(({ firstSeen, lastSeen }) =>
    firstSeen === undefined || lastSeen === undefined ? [] : [{ firstSeen, lastSeen }],
  );
  const firstSeen = times.map((time) => time.firstSeen).sort()[0];
  const lastSeen = times
    .map((time) => time.lastSeen)
    .sort()
    .at(-1);
  return {
    ...exposure,
    findings,
    state,
    severity: worstSeverity(severities),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
  };
}
