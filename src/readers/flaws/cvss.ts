import type { Severity } from "../../core/findings/index.js";
import { cvssCalculator } from "./libraries.js";

/** Qualitative ratings of FIRST (CVSS 3.1 table 14, the same in 4.0). */
export function severityOfScore(score: number | undefined): Severity {
  if (score === undefined || !Number.isFinite(score) || score < 0 || score > 10) return "unknown";
  if (score === 0) return "informational";
  if (score < 4) return "low";
  if (score < 7) return "medium";
  return score < 9 ? "high" : "critical";
}

/** Base score of a CVSS vector of any version, with or without its prefix; undefined for what is no vector. */
export function scoreOfVector(vector: string | undefined): number | undefined {
  if (vector === undefined || vector.length > 500 || !/^[A-Za-z0-9.:/()]+$/.test(vector)) return undefined;
  const calculator = cvssCalculator();
  try {
    const parsed = calculator.fromVector(vector);
    const scores = parsed?.calculateScores(false);
    const base = scores?.base ?? scores?.overall;
    return typeof base === "number" && Number.isFinite(base) ? base : undefined;
  } catch {
    // The library throws for vectors with metrics it does not know: no score is what they give.
    return undefined;
  }
}

/** A score as a document writes it, number or text. */
export function scoreOf(value: unknown): number | undefined {
  const score = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof score === "number" && Number.isFinite(score) && score >= 0 && score <= 10 ? score : undefined;
}
