/** Our own ranking. What the tool said is kept beside it and is never part of an identity. */
export type Severity = "critical" | "high" | "medium" | "low" | "informational" | "unknown";

const ranks: Readonly<Record<Severity, number>> = {
  critical: 5,
  high: 4,
  medium: 3,
  low: 2,
  informational: 1,
  unknown: 0,
};

export const severityRank = (severity: Severity): number => ranks[severity];

const words: Readonly<Record<string, Severity>> = {
  critical: "critical",
  fatal: "critical",
  high: "high",
  medium: "medium",
  moderate: "medium",
  low: "low",
  informational: "informational",
  info: "informational",
  negligible: "informational",
};

/** The words of all tools; anything else is `unknown`. */
export function severityOf(word: string | undefined): Severity {
  const key = word?.trim().toLowerCase() ?? "";
  return Object.hasOwn(words, key) ? (words[key] ?? "unknown") : "unknown";
}

/** OCSF `severity_id`: 1 Informational … 5 Critical, 6 Fatal. */
export function severityOfOcsf(id: unknown): Severity {
  const order: readonly Severity[] = [
    "unknown",
    "informational",
    "low",
    "medium",
    "high",
    "critical",
    "critical",
  ];
  return typeof id === "number" ? (order[id] ?? "unknown") : "unknown";
}

/** ASFF `Severity.Normalized`: 0, 1-39, 40-69, 70-89, 90-100. */
export function severityOfNormalized(value: unknown): Severity {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return "unknown";
  if (value === 0) return "informational";
  if (value < 40) return "low";
  if (value < 70) return "medium";
  return value < 90 ? "high" : "critical";
}

export function worstSeverity(severities: Iterable<Severity>): Severity {
  let worst: Severity = "unknown";
  for (const severity of severities) if (ranks[severity] > ranks[worst]) worst = severity;
  return worst;
}
