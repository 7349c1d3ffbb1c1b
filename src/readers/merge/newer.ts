import type { Origin } from "../../core/estate/index.js";

/**
 * File dates within a minute say nothing about which was observed first: a checkout or a download writes its
 * files in any order.
 */
const sameTimeMilliseconds = 60_000;

/** Which of two statements was observed later; `same` where that cannot be told. */
export function laterOf(first: Origin, second: Origin): "first" | "second" | "same" {
  const a = Date.parse(first.source.observedAt ?? "");
  const b = Date.parse(second.source.observedAt ?? "");
  if (Number.isNaN(a) || Number.isNaN(b) || Math.abs(a - b) < sameTimeMilliseconds) return "same";
  return a > b ? "first" : "second";
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Equality of plain values, whatever the order of their keys; origins are not compared. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    const other: readonly unknown[] = b;
    return a.every((item, index) => sameValue(item, other[index]));
  }
  if (a instanceof Map || b instanceof Map)
    return a instanceof Map && b instanceof Map && sameValue([...a], [...b]);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
