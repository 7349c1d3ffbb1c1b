import type { WeaknessClass } from "./check-reference.js";
import type { FindingResult } from "./finding.js";

/**
 * Every input row in exactly one bucket (first-minute.md, counting rules):
 * `rows = passed + muted + manual + stale + notApplicable + rejected + failing`, and
 * `failing = exposureOrAccess + plainSettings`. Rows are those of the files: one with several resources counts once.
 */
export interface FindingCounts {
  readonly rows: number;
  readonly passed: number;
  /** Muted in the tool itself: `muted elsewhere`. */
  readonly muted: number;
  readonly manual: number;
  /** Not refreshed by the tool any more. */
  readonly stale: number;
  readonly notApplicable: number;
  /** Rows that could not be used; each is named in `rejected`, or in a line that says how many more there are. */
  readonly rejected: number;
  readonly failing: number;
  readonly exposureOrAccess: number;
  /** Class `configuration`. */
  readonly plainSettings: number;
}

type Bucket = Exclude<keyof FindingCounts, "rows" | "failing">;

export const emptyCounts: FindingCounts = {
  rows: 0,
  passed: 0,
  muted: 0,
  manual: 0,
  stale: 0,
  notApplicable: 0,
  rejected: 0,
  failing: 0,
  exposureOrAccess: 0,
  plainSettings: 0,
};

/** The one bucket of a row. */
export function bucketOf(result: FindingResult | "rejected", weaknessClass: WeaknessClass): Bucket {
  switch (result) {
    case "pass":
      return "passed";
    case "muted":
    case "manual":
    case "stale":
    case "rejected":
      return result;
    case "not-applicable":
      return "notApplicable";
    case "fail":
      return weaknessClass === "configuration" ? "plainSettings" : "exposureOrAccess";
  }
}

export interface Tally {
  add(bucket: Bucket): void;
  counts(): FindingCounts;
}

/** Counts rows; the sums are computed from the buckets and cannot disagree with them. */
export function createTally(): Tally {
  const buckets = new Map<Bucket, number>();
  return {
    add: (bucket) => void buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1),
    counts() {
      const of = (bucket: Bucket): number => buckets.get(bucket) ?? 0;
      return sums({
        passed: of("passed"),
        muted: of("muted"),
        manual: of("manual"),
        stale: of("stale"),
        notApplicable: of("notApplicable"),
        rejected: of("rejected"),
        exposureOrAccess: of("exposureOrAccess"),
        plainSettings: of("plainSettings"),
      });
    },
  };
}

function sums(buckets: Readonly<Record<Bucket, number>>): FindingCounts {
  const failing = buckets.exposureOrAccess + buckets.plainSettings;
  const { passed, muted, manual, stale, notApplicable, rejected } = buckets;
  return { ...buckets, failing, rows: passed + muted + manual + stale + notApplicable + rejected + failing };
}

export function addCounts(all: Iterable<FindingCounts>): FindingCounts {
  const total: Record<Bucket, number> = {
    passed: 0,
    muted: 0,
    manual: 0,
    stale: 0,
    notApplicable: 0,
    rejected: 0,
    exposureOrAccess: 0,
    plainSettings: 0,
  };
  for (const counts of all) {
    for (const bucket of Object.keys(total) as Bucket[]) total[bucket] += counts[bucket];
  }
  return sums(total);
}
