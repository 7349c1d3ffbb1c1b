import type { MissingFact, Origin } from "../../core/estate/index.js";
import { laterOf, sameValue } from "./newer.js";

/** Where disagreements are written down while facts are merged. */
export interface Conflicts {
  /** `subject`: id of the thing; `what`: the fact in words; `settled`: whether one of the two is believed. */
  add(subject: string, what: string, first: Origin, second: Origin, settled: boolean): void;
  /** Whether this very fact was disputed before: a third document does not settle a dispute of two. */
  disputed(subject: string, what: string): boolean;
  readonly list: readonly MissingFact[];
  /** Ids of the things on which two documents disagree and neither is believed. */
  readonly unsettled: ReadonlySet<string>;
}

export function createConflicts(): Conflicts {
  const byKey = new Map<string, MissingFact>();
  const unsettled = new Set<string>();
  const disputes = new Set<string>();
  return {
    disputed: (subject, what) => disputes.size > 0 && disputes.has(`${subject}|${what}`),
    add(subject, what, first, second, settled) {
      const [a, b] = [first.source.path, second.source.path].sort();
      const key = `conflict|${subject}|${what}`;
      if (!settled) {
        unsettled.add(subject);
        disputes.add(`${subject}|${what}`);
      }
      const end = settled ? "the later one is used" : "neither is believed";
      byKey.set(key, {
        key,
        fact: `${what} of \`${subject}\`: ${a === b ? `\`${a ?? ""}\` disagrees with itself` : `\`${a ?? ""}\` and \`${b ?? ""}\` disagree`}, ${end}`,
        collect: "supply one export of the same moment for both",
      });
    },
    get list() {
      return [...byKey.values()];
    },
    unsettled,
  };
}

/** A value with the document that states it. */
export interface Stated<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

/**
 * Of two statements about one fact: the only one, the equal one, the later one; `undefined` (so: not known)
 * where they differ and nothing tells which is later.
 */
export function pick<Value>(
  first: Stated<Value> | undefined,
  second: Stated<Value> | undefined,
  subject: string,
  what: string,
  conflicts: Conflicts,
): Stated<Value> | undefined {
  if (conflicts.disputed(subject, what)) return undefined;
  if (first === undefined) return second;
  if (second === undefined) return first;
  if (sameValue(first.value, second.value)) return first;
  const later = laterOf(first.origin, second.origin);
  conflicts.add(subject, what, first.origin, second.origin, later !== "same");
  if (later === "same") return undefined;
  return later === "first" ? first : second;
}

/** For facts that are taken whole: equal ones collapse, of different ones the later stays, and the difference is shown. */
export function laterWhole<Item extends { readonly origin: Origin }>(
  first: Item,
  second: Item,
  subject: string,
  conflicts: Conflicts,
): Item {
  if (sameValue({ ...first, origin: undefined }, { ...second, origin: undefined })) return first;
  const later = laterOf(first.origin, second.origin);
  conflicts.add(subject, "entry", first.origin, second.origin, true);
  return later === "second" ? second : first;
}
