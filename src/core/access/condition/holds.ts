import { globMatches, unquoteGlob } from "../glob.js";
import { contains, parseIpRange } from "./ip-range.js";
import type { Operator, Order } from "./operator.js";

/**
 * Whether a condition holds for a request whose key has these values; undefined: the key is absent.
 * Source: IAM user guide, "Conditions with multiple context keys or values" and "Set operators for multivalued
 * context keys": a negated operator with several values holds when none of them matches; `ForAllValues` holds
 * for an absent key, `ForAnyValue` does not; `IfExists` holds for an absent key.
 */
export function conditionHolds(
  operator: Operator,
  actual: readonly string[] | undefined,
  expected: readonly string[],
): boolean {
  const absent = actual === undefined || (operator.quantifier !== undefined && actual.length === 0);
  if (operator.comparison === "null") {
    return expected.some((value) => value.trim().toLowerCase() === (actual === undefined ? "true" : "false"));
  }
  if (absent) {
    if (operator.ifExists || operator.quantifier === "all") return true;
    return operator.quantifier === undefined && operator.negated;
  }
  const matches = (value: string): boolean =>
    expected.some((pattern) => valueMatches(operator, value, pattern));
  const holds = operator.negated ? (value: string): boolean => !matches(value) : matches;
  if (operator.quantifier === "all") return actual.every(holds);
  if (operator.quantifier === "any") return actual.some(holds);
  return operator.negated ? actual.every(holds) : actual.some(holds);
}

function valueMatches(operator: Operator, value: string, pattern: string): boolean {
  switch (operator.comparison) {
    case "string":
    case "binary":
      return value === unquoteGlob(pattern);
    case "string-fold":
      return value.toLowerCase() === unquoteGlob(pattern).toLowerCase();
    case "glob":
      return globMatches(pattern, value);
    case "arn":
      return arnMatches(pattern, value);
    case "bool":
      return value.toLowerCase() === pattern.trim().toLowerCase();
    case "number":
      return ordered(operator.order, Number(value), pattern.trim() === "" ? NaN : Number(pattern));
    case "date":
      return ordered(operator.order, parseDate(value), parseDate(pattern));
    case "ip": {
      const address = parseIpRange(value);
      const range = parseIpRange(pattern);
      return address !== undefined && range !== undefined && contains(range, address);
    }
    case "null":
      return false;
  }
}

function ordered(order: Order, left: number, right: number): boolean {
  switch (order) {
    case "equal":
      return left === right;
    case "less":
      return left < right;
    case "less-equal":
      return left <= right;
    case "greater":
      return left > right;
    case "greater-equal":
      return left >= right;
  }
}

/** Milliseconds; ISO 8601 or seconds since 1970 (both are allowed in policies). NaN when it is neither. */
export function parseDate(text: string): number {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed) && trimmed.length > 4) return Number(trimmed) * 1000;
  if (!/^\d{4}/.test(trimmed)) return NaN;
  // Without a zone the date is UTC (W3C profile of ISO 8601); Date.parse would take the machine's zone.
  return Date.parse(/T/.test(trimmed) && !/(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed) ? `${trimmed}Z` : trimmed);
}

/** Each of the six parts by itself, so that a star stays within its part (IAM user guide, ARN operators). */
export function arnMatches(pattern: string, value: string): boolean {
  if (pattern === "*") return true;
  const patternParts = sixParts(pattern);
  const valueParts = sixParts(value);
  if (patternParts === undefined || valueParts === undefined) return globMatches(pattern, value);
  return patternParts.every((part, i) => globMatches(part, valueParts[i] ?? ""));
}

function sixParts(text: string): readonly string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
