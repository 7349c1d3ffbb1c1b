import type { CoverageTopic, MissingFact, Rejection } from "../core/estate/index.js";
import type { EstateReading } from "./estate-reader.js";
import { folderOf } from "./account-hints.js";
import { laterOf } from "./merge/newer.js";

/** A reading and the document it came from. */
export interface SourcedReading {
  readonly path: string;
  readonly digest: string;
  readonly kind: string;
  readonly observedAt?: string;
  readonly reading: EstateReading;
}

export interface Settled {
  readonly used: readonly SourcedReading[];
  readonly rejected: readonly Rejection[];
  readonly conflicts: readonly MissingFact[];
  /** `TOPIC|SCOPE` that may not be called covered. */
  readonly incomplete: ReadonlySet<string>;
}

const topic: CoverageTopic = "iam";

/**
 * Decides between exports of the same account. Pages belong together; of two whole exports of different moments
 * the later one replaces the earlier (an identity that is gone must not come back by merging); a page that says
 * that more follow, without a last page, leaves the account incomplete.
 */
export function settleSnapshots(readings: readonly SourcedReading[]): Settled {
  const rejected: Rejection[] = [];
  const conflicts: MissingFact[] = [];
  const incomplete = new Set<string>();
  const dropped = new Set<SourcedReading>();
  for (const [scope, group] of byScope(readings)) {
    const parts = unique(group);
    const whole = parts.filter(
      (item) => extentOf(item, scope) === "whole" || extentOf(item, scope) === "unusable",
    );
    const pages = parts.filter((item) => extentOf(item, scope) === "page");
    const newest = newestOf(whole);
    for (const item of whole) {
      if (newest === undefined || item === newest || laterOf(origin(newest), origin(item)) !== "first")
        continue;
      drop(item, newest);
      for (const page of pages)
        if (folderOf(page.path) === folderOf(item.path) && folderOf(page.path) !== folderOf(newest.path))
          drop(page, newest);
    }
    if (pages.some((page) => !dropped.has(page)) && whole.length === 0) {
      incomplete.add(`${topic}|${scope}`);
      for (const page of pages) rejected.push(openPage(page, scope));
    }
    for (const item of parts)
      if (!dropped.has(item) && extentOf(item, scope) === "unusable") incomplete.add(`${topic}|${scope}`);

    function drop(item: SourcedReading, newer: SourcedReading): void {
      if (dropped.has(item)) return;
      dropped.add(item);
      rejected.push({
        document: item.path,
        reason: `older than \`${newer.path}\`, which covers the same account \`${scope}\``,
        hint: "supply one export per account",
        used: 0,
      });
    }
  }
  return { used: readings.filter((item) => !dropped.has(item)), rejected, conflicts, incomplete };
}

function byScope(readings: readonly SourcedReading[]): ReadonlyMap<string, SourcedReading[]> {
  const groups = new Map<string, SourcedReading[]>();
  for (const item of readings) {
    for (const listing of item.reading.listings ?? []) {
      if (listing.topic !== topic) continue;
      const group = groups.get(listing.scope);
      if (group === undefined) groups.set(listing.scope, [item]);
      else group.push(item);
    }
  }
  return groups;
}

/** The same bytes under two names are one export. */
const unique = (group: readonly SourcedReading[]): readonly SourcedReading[] => [
  ...new Map(group.map((item) => [item.digest, item])).values(),
];

const extentOf = (item: SourcedReading, scope: string): string | undefined =>
  item.reading.listings?.find((listing) => listing.topic === topic && listing.scope === scope)?.extent;

function newestOf(whole: readonly SourcedReading[]): SourcedReading | undefined {
  let newest = whole[0];
  for (const item of whole)
    if (newest !== undefined && laterOf(origin(item), origin(newest)) === "first") newest = item;
  return newest;
}

const origin = ({
  path,
  digest,
  kind,
  observedAt,
}: SourcedReading): { source: { path: string; digest: string; kind: string; observedAt?: string } } => ({
  source: { path, digest, kind, ...(observedAt === undefined ? {} : { observedAt }) },
});

const openPage = (page: SourcedReading, scope: string): Rejection => ({
  document: page.path,
  pointer: "/IsTruncated",
  reason: `the export of account \`${scope}\` is incomplete: this page says that more follow, and no last page was supplied`,
  hint: "supply the other pages, or run `aws iam get-account-authorization-details` without `--max-items`",
  used: Object.values(page.reading.entities).reduce((sum, count) => sum + count, 0),
});
