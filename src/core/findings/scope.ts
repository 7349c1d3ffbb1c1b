import type { AccountId } from "../estate/index.js";
import type { PassedFinding } from "./normalise.js";

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
  /**
   * The file is a scan as a whole: its tool writes scans, not lists that come in pages or filtered, and stamps all rows
   * with one time. Only of such a scope can be said that what it does not list was not there.
   */
  readonly whole?: true;
}

/** Tools that write all rows of a scan into one file and stamp them with the time of the scan. */
const scanWriters: ReadonlySet<string> = new Set(["prowler"]);

/** What one file could vouch for, before the other files of the import are known. */
export interface ScopeClaims {
  readonly document: string;
  readonly tuples: readonly AssertedScope[];
  /** Owners (tool, provider, account) of which something passed, with the instant of the scan. */
  readonly vouched: ReadonlyMap<string, string | undefined>;
  /** The instant that all rows of an owner share: tools that stamp a scan with one time tell its parts by it. */
  readonly scans: ReadonlyMap<string, string | undefined>;
}

export interface ScopeCollector {
  add(finding: PassedFinding): void;
  /** `complete`: the file was read to its end. A file that was cut vouches for nothing. */
  claims(document: string, complete: boolean): ScopeClaims;
}

const ownerOf = (item: Pick<AssertedScope, "tool" | "provider" | "account">): string =>
  JSON.stringify([item.tool, item.provider, item.account]);

/** Collects the (account, region, check) tuples of one file. */
export function createScopeCollector(): ScopeCollector {
  const tuples = new Map<string, { finding: PassedFinding; checks: Set<string>; observedAt?: string }>();
  const vouched = new Set<string>();
  /** The one time of all rows; `null` once there are several or one has none. */
  const times = new Map<string, string | null>();
  return {
    add(finding) {
      const { tool, provider, account, region = "global", observedAt = null } = finding;
      if (account === undefined || finding.result === "stale") return;
      const owner = ownerOf({ tool, provider, account });
      if (finding.result === "pass") vouched.add(owner);
      const time = times.get(owner);
      if (time === undefined) times.set(owner, observedAt);
      else if (time !== observedAt) times.set(owner, null);
      const key = JSON.stringify([tool, provider, account, region]);
      const tuple = tuples.get(key) ?? { finding, checks: new Set<string>() };
      tuple.checks.add(finding.check);
      if (observedAt !== null && observedAt > (tuple.observedAt ?? "")) tuple.observedAt = observedAt;
      tuples.set(key, tuple);
    },
    claims(document, complete) {
      if (!complete) return { document, tuples: [], vouched: new Map(), scans: new Map() };
      const claimed: AssertedScope[] = [];
      for (const [, { finding, checks, observedAt }] of [...tuples].sort(([a], [b]) => compare(a, b))) {
        const { tool, provider, account, region = "global" } = finding;
        if (account === undefined) continue;
        claimed.push({
          tool,
          provider,
          account,
          region,
          checks: [...checks].sort(),
          document,
          ...(observedAt === undefined ? {} : { observedAt }),
        });
      }
      const scans = new Map([...times].map(([owner, time]) => [owner, time ?? undefined]));
      return {
        document,
        tuples: claimed,
        vouched: new Map([...vouched].map((owner) => [owner, scans.get(owner)])),
        scans,
      };
    },
  };
}

/**
 * What the files of an import vouch for. A tuple is asserted only where its file carries PASS rows for that tool,
 * provider and account, or another part of the same scan does: output that was filtered to failures asserts nothing.
 */
export function assertedScopes(files: readonly ScopeClaims[]): readonly AssertedScope[] {
  const vouchedScans = new Set(
    files.flatMap((file) =>
      [...file.vouched].flatMap(([owner, at]) => (at === undefined ? [] : [JSON.stringify([owner, at])])),
    ),
  );
  return files.flatMap((file) =>
    file.tuples.flatMap((tuple): readonly AssertedScope[] => {
      const owner = ownerOf(tuple);
      const scan = file.scans.get(owner);
      const byScan = scan !== undefined && vouchedScans.has(JSON.stringify([owner, scan]));
      if (!byScan && !file.vouched.has(owner)) return [];
      return [scan !== undefined && scanWriters.has(tuple.tool) ? { ...tuple, whole: true } : tuple];
    }),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
