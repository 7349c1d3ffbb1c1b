import type { AccountId } from "../estate/index.js";
import type { Finding } from "./finding.js";

/**
 * What a file vouches for. Absence of a finding is a fact only inside an asserted scope; everywhere else it
 * is nothing (findings.md 1.3, pitfalls 5 and 6).
 */
export interface AssertedScope {
  readonly tool: string;
  readonly provider: string;
  readonly account: AccountId;
  /** `global` for settings that exist once per account. */
  readonly region: string;
  /** Sorted. */
  readonly checks: readonly string[];
  readonly document: string;
  /** Time of the newest row of the scope. */
  readonly observedAt?: string;
}

export interface ScopeCollector {
  add(finding: Finding): void;
  /** `complete`: the file was read to its end. A file that was cut vouches for nothing. */
  scopes(document: string, complete: boolean): readonly AssertedScope[];
}

/**
 * Collects the (account, region, check) tuples of one file. A tuple is asserted only where the file carries PASS rows for
 * that tool, provider and account: output that was filtered to failures asserts nothing.
 */
export function createScopeCollector(): ScopeCollector {
  const tuples = new Map<string, { finding: Finding; checks: Set<string>; observedAt?: string }>();
  const vouched = new Set<string>();
  return {
    add(finding) {
      if (finding.account === undefined || finding.result === "stale") return;
      const owner = JSON.stringify([finding.tool, finding.provider, finding.account]);
      if (finding.result === "pass") vouched.add(owner);
      const key = JSON.stringify([
        finding.tool,
        finding.provider,
        finding.account,
        finding.region ?? "global",
      ]);
      const tuple = tuples.get(key) ?? { finding, checks: new Set<string>() };
      tuple.checks.add(finding.check);
      if (finding.observedAt !== undefined && finding.observedAt > (tuple.observedAt ?? "")) {
        tuple.observedAt = finding.observedAt;
      }
      tuples.set(key, tuple);
    },
    scopes(document, complete) {
      if (!complete) return [];
      const asserted: AssertedScope[] = [];
      for (const [, { finding, checks, observedAt }] of [...tuples].sort(([a], [b]) =>
        a < b ? -1 : a > b ? 1 : 0,
      )) {
        const { tool, provider, account, region = "global" } = finding;
        if (account === undefined || !vouched.has(JSON.stringify([tool, provider, account]))) continue;
        asserted.push({
          tool,
          provider,
          account,
          region,
          checks: [...checks].sort(),
          document,
          ...(observedAt === undefined ? {} : { observedAt }),
        });
      }
      return asserted;
    },
  };
}
