import type { Estate } from "../estate/index.js";
import type { FindingCounts } from "../findings/index.js";
import type { Case, Stats } from "./analysis.js";

/** Counts only, no times: the header line and the line that proves the numbers (first-minute.md, counting rules). */
export function statsOf(
  input: {
    readonly estate: Estate;
    readonly counts: FindingCounts;
    readonly findingFiles: number;
    readonly exposures: readonly { readonly class: string; readonly state: string }[];
  },
  cases: readonly Case[],
  statements: number,
): Stats {
  const { estate, counts } = input;
  return {
    accounts: estate.accounts.length,
    identities: estate.principals.filter((principal) => principal.kind !== "group").length,
    auditLogDays: auditLogDays(estate),
    findings: {
      files: input.findingFiles,
      rows: counts.rows,
      passed: counts.passed,
      muted: counts.muted,
      manual: counts.manual,
      stale: counts.stale,
      notApplicable: counts.notApplicable,
      rejected: counts.rejected,
      failing: counts.failing,
      failingAccess: counts.exposureOrAccess,
      failingConfiguration: counts.plainSettings,
    },
    exposures: input.exposures.filter(
      (exposure) => exposure.class !== "configuration" && exposure.state !== "muted-external",
    ).length,
    cases: cases.length,
    statements,
  };
}

/** Whole days between the first and the last audit record, both included; 0 without any. */
function auditLogDays(estate: Estate): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const event of estate.events) {
    const at = Date.parse(event.at);
    if (Number.isNaN(at)) continue;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return last < first ? 0 : Math.floor((last - first) / 86_400_000) + 1;
}
