import type { Tri } from "../../estate/index.js";
import { commonText, hasWildcard, quoteGlob, unquoteGlob } from "../glob.js";
import { conditionHolds, parseDate } from "./holds.js";
import { formatIp, parseIpRange } from "./ip-range.js";
import type { Literal } from "./literal.js";
import type { Comparison } from "./operator.js";

/**
 * Whether one request can meet all the conditions together. `true` comes with a proof in hand (a value per key was
 * found that meets them all); `false` means that no value can; `"unknown"` that the search was not exhaustive.
 * An Allow that needs what a Deny forbids is therefore never taken for a way in.
 */
export function satisfiable(literals: readonly Literal[]): Tri {
  if (literals.length === 0) return true;
  const byKey = new Map<string, Literal[]>();
  for (const literal of literals) {
    const group = byKey.get(literal.key);
    if (group === undefined) byKey.set(literal.key, [literal]);
    else group.push(literal);
  }
  let result: Tri = true;
  for (const group of byKey.values()) {
    const possible = keySatisfiable(group);
    if (possible === false) return false;
    if (possible === "unknown") result = "unknown";
  }
  return result;
}

function keySatisfiable(literals: readonly Literal[]): Tri {
  const [first] = literals;
  if (first === undefined) return true;
  if (literals.some((literal) => literal.operator === undefined)) {
    // An opaque condition can be either, never both.
    return literals.every((literal) => literal.wanted === first.wanted);
  }
  if (literals.length === 1 && isEasy(first)) return true;
  const { values, complete } = candidates(literals);
  const meets = (actual: readonly string[] | undefined): boolean =>
    literals.every(
      (literal) =>
        literal.operator !== undefined &&
        conditionHolds(literal.operator, actual, literal.values) === literal.wanted,
    );
  if (meets(undefined) || values.some((value) => meets([value]))) return true;
  const multivalued = literals.some(isMultivalued);
  if (!multivalued) return complete ? false : "unknown";
  return someSubset(values, meets) ? true : complete && values.length <= subsetLimit ? false : "unknown";
}

/** A plain positive comparison with a value that exists: met by that value. */
function isEasy({ operator, values, wanted }: Literal): boolean {
  return wanted && operator?.comparison === "string" && !operator.negated && values.length > 0;
}

const subsetLimit = 10;

function someSubset(values: readonly string[], meets: (actual: readonly string[]) => boolean): boolean {
  if (meets([])) return true;
  if (values.length > subsetLimit) return meets(values);
  for (let mask = 1; mask < 1 << values.length; mask++) {
    if (meets(values.filter((_, i) => (mask & (1 << i)) !== 0))) return true;
  }
  return false;
}

/** Values worth trying; `complete` when no other value could behave differently. */
function candidates(literals: readonly Literal[]): { values: readonly string[]; complete: boolean } {
  // A key that is compared as a truth value has no others.
  if (literals.some(({ operator }) => operator?.comparison === "bool"))
    return { values: ["true", "false"], complete: true };
  const found = new Set<string>();
  const compared = new Set(literals.map(({ operator }) => operator?.comparison));
  const valuesOf = (...wanted: readonly Comparison[]): readonly string[] =>
    literals.flatMap(({ operator, values }) =>
      operator !== undefined && wanted.includes(operator.comparison) ? values : [],
    );
  let complete = true;
  if (compared.has("number"))
    for (const near of between(valuesOf("number").map(Number))) found.add(String(near));
  if (compared.has("date")) {
    for (const near of between(valuesOf("date").map(parseDate))) {
      const text = dateText(near);
      if (text === undefined) complete = false;
      else found.add(text);
    }
  }
  if (compared.has("ip")) {
    // One of each version, also where the other one's whole range is excluded.
    found.add("0.0.0.0").add("::");
    for (const value of valuesOf("ip")) addAddresses(found, value);
  }
  const typed = compared.has("number") || compared.has("date") || compared.has("ip");
  const texts = valuesOf("string", "string-fold", "binary", "glob", "arn");
  if (texts.length > 0) found.add(fresh).add("");
  else if (!typed) found.add(fresh);
  // Each text as it is written: outside StringLike and the ARN operators a star is a star.
  for (const text of texts) found.add(unquoteGlob(text));
  for (const pattern of valuesOf("glob", "arn")) if (hasWildcard(pattern)) addInstances(found, pattern);
  for (const text of valuesOf("string-fold")) addSpellings(found, unquoteGlob(text), found.size + 1);
  // Wildcards, and a key read as text and as something else: only a demand for one of a list of fixed texts bounds the search.
  if (literals.some(isPattern) || (typed && texts.length > 0)) {
    complete &&= literals.some(isFixedDemand) && !literals.some(isMultivalued);
    for (const text of joined(literals)) found.add(text);
  }
  return { values: [...found], complete };
}

/** Every number that is named, one between each two, and one beyond each end. */
function between(named: readonly number[]): readonly number[] {
  const sorted = [...new Set(named.filter((value) => Number.isFinite(value)))].sort((a, b) => a - b);
  const [first = 0] = sorted;
  const last = sorted.at(-1) ?? 0;
  const middles = sorted.slice(1).map((value, i) => (value + (sorted[i] ?? value)) / 2);
  return [first - step(first), ...(sorted.length === 0 ? [0] : sorted), ...middles, last + step(last)];
}

const step = (value: number): number => Math.max(1000, Math.abs(value) / 1000);

/** A text that `parseDate` reads as this time; undefined where it has none. */
function dateText(time: number): string | undefined {
  if (Math.abs(time) > 8.64e15) return time > 0 ? String(time / 1000) : undefined;
  const text = new Date(time).toISOString();
  return /^\d/.test(text) ? text : time > 0 ? String(time / 1000) : undefined;
}

/** A text that no policy is expected to name. */
const fresh = "remit-any-value";

const isPattern = ({ operator, values }: Literal): boolean =>
  (operator?.comparison === "glob" || operator?.comparison === "arn") && values.some(hasWildcard);

const isMultivalued = ({ operator }: Literal): boolean => operator?.quantifier !== undefined;

function isFixedDemand({ operator, values, wanted }: Literal): boolean {
  // `IfExists` lets a request without the key through, which is tried apart from all values.
  if (operator === undefined || operator.quantifier !== undefined) return false;
  if (operator.comparison === "string") return wanted !== operator.negated;
  return (
    (operator.comparison === "glob" || operator.comparison === "arn") &&
    wanted !== operator.negated &&
    !values.some(hasWildcard)
  );
}

/** Texts that a pattern matches: nothing for its stars, and something that no policy names. */
function addInstances(found: Set<string>, pattern: string): void {
  found.add(unquoteGlob(pattern.replaceAll("*", "").replaceAll("?", "x")));
  found.add(unquoteGlob(pattern.replaceAll("*", fresh).replaceAll("?", "x")));
}

/**
 * Other spellings of a text that is compared without regard to case: one more than there are texts that a comparison
 * could exclude, as far as it has that many.
 */
function addSpellings(found: Set<string>, text: string, wanted: number): void {
  const lower = Array.from(text.toLowerCase());
  const letters = lower.flatMap((letter, i) => (letter.toUpperCase() === letter ? [] : [i]));
  const most = Math.min(wanted, 2 ** Math.min(letters.length, 20));
  for (let mask = 0; mask < most; mask += 1) {
    const spelled = [...lower];
    letters.slice(0, 20).forEach((at, bit) => {
      if ((mask & (1 << bit)) !== 0) spelled[at] = (lower[at] ?? "").toUpperCase();
    });
    found.add(spelled.join(""));
  }
}

function addAddresses(found: Set<string>, text: string): void {
  const range = parseIpRange(text);
  if (range === undefined) return;
  const highest = (1n << (range.version === 4 ? 32n : 128n)) - 1n;
  for (const value of [range.first - 1n, range.first, range.last, range.last + 1n]) {
    if (value >= 0n && value <= highest) found.add(formatIp(range.version, value));
  }
}

/** Texts that meet several demanded patterns at once: `a*` and `*b` meet in `ab`. */
function joined(literals: readonly Literal[]): readonly string[] {
  const demands = literals
    .filter(
      ({ operator, wanted }) =>
        operator !== undefined && wanted !== operator.negated && operator.comparison !== "null",
    )
    .map(({ operator, values }) =>
      operator?.comparison === "glob" || operator?.comparison === "arn" ? values : values.map(quoteGlob),
    );
  if (demands.length < 2 || demands.length > 4) return [];
  let tuples: string[][] = [[]];
  for (const values of demands)
    tuples = tuples.flatMap((tuple) => values.map((value) => [...tuple, value])).slice(0, 64);
  return tuples.flatMap((tuple) => {
    const text = commonText(tuple);
    return text === undefined ? [] : [text];
  });
}
