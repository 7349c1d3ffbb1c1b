import type { Case, Severity } from "./analysis.js";

const severityRank: Readonly<Record<Severity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  informational: 4,
  unknown: 5,
};

/** Worse severities first; negative when `a` is worse. */
export const compareSeverity = (a: Severity, b: Severity): number => severityRank[a] - severityRank[b];

/** Code-unit order: the same on every machine and in every locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * first-minute.md, "Order": band 0, 1, 2, shared cause, unknown, 3, 4, none. A population that only expected
 * people enter is band 3 itself: it stands with the cases that it explains, not above what is unknown.
 */
function verdictRank(item: Case): number {
  if (item.recreation.words === "shared cause") return item.recreation.verdict === "possible" ? 3 : 5;
  switch (item.recreation.verdict) {
    case "possible":
      return item.recreation.band ?? 2;
    case "unknown":
      return 4;
    case "governed":
      return item.recreation.basis.includes("expected") ? 5 : 6;
    case "none":
      return 7;
  }
}

const isIncident = (item: Case): boolean =>
  item.facts["incident_declared"]?.value === true || item.facts["exploited"]?.value === true;

const stillExposed = (item: Case): boolean => item.exposures.some((exposure) => exposure.state === "open");

/** What the order of the table looks at, looked up once for each case. */
const ranksOf = (item: Case): readonly number[] => [
  Number(!isIncident(item)),
  verdictRank(item),
  Number(!stillExposed(item)),
  -item.tier,
  severityRank[item.severity],
  -outsideStarters(item),
];

/**
 * The order of the table: declared or exploited first, then by verdict, still exposed before contained, tier
 * high to low, severity, number of outside starters, id. Total; independent of file order.
 */
export function inOrder(cases: readonly Case[]): Case[] {
  return cases
    .map((item) => ({ item, ranks: ranksOf(item) }))
    .sort((a, b) => {
      const first = a.ranks.findIndex((rank, at) => rank !== b.ranks[at]);
      return first < 0 ? compareText(a.item.id, b.item.id) : (a.ranks[first] ?? 0) - (b.ranks[first] ?? 0);
    })
    .map(({ item }) => item);
}

function outsideStarters(item: Case): number {
  return new Set(item.recreation.paths.filter((path) => path.band <= 1).map((path) => path.starter)).size;
}
