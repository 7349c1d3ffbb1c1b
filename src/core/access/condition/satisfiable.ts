import type { Tri } from "../../estate/index.js";
import { commonText, hasWildcard, unquoteGlob } from "../glob.js";
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
  const multivalued = literals.some((literal) => literal.operator?.quantifier !== undefined);
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
  const found = new Set<string>();
  let complete = true;
  // A key that is compared as a truth value has no others.
  if (literals.some(({ operator }) => operator?.comparison === "bool"))
    return { values: ["true", "false"], complete };
  const typed = literals.some(({ operator }) => isTyped(operator?.comparison));
  for (const literal of literals) {
    switch (literal.operator?.comparison) {
      case "null":
      case "bool":
        if (!typed) found.add(fresh);
        break;
      case "number":
        for (const value of literal.values) {
          const number = Number(value);
          for (const near of [number, number - 0.5, number + 0.5, number - 1, number + 1])
            found.add(String(near));
        }
        break;
      case "date":
        for (const value of literal.values) {
          const time = parseDate(value);
          if (Number.isNaN(time)) continue;
          for (const near of [time, time - 1000, time + 1000]) found.add(new Date(near).toISOString());
        }
        break;
      case "ip":
        for (const value of literal.values) addAddresses(found, value);
        break;
      default:
        for (const value of literal.values) addTexts(found, value);
        found.add(fresh).add("");
    }
  }
  // Wildcards: only a demand that every value be one of a list of fixed texts bounds the search.
  if (literals.some(isPattern)) {
    complete = literals.some(isFixedDemand);
    for (const text of joined(literals)) found.add(text);
  }
  return { values: [...found], complete };
}

const isTyped = (comparison: Comparison | undefined): boolean =>
  comparison === "number" || comparison === "date" || comparison === "ip";

/** A text that no policy is expected to name. */
const fresh = "remit-any-value";

const isPattern = ({ operator, values }: Literal): boolean =>
  (operator?.comparison === "glob" || operator?.comparison === "arn") && values.some(hasWildcard);

function isFixedDemand({ operator, values, wanted }: Literal): boolean {
  if (operator === undefined || operator.quantifier !== undefined || operator.ifExists) return false;
  if (operator.comparison === "string") return wanted !== operator.negated;
  return (
    (operator.comparison === "glob" || operator.comparison === "arn") &&
    wanted !== operator.negated &&
    !values.some(hasWildcard)
  );
}

function addTexts(found: Set<string>, pattern: string): void {
  found.add(unquoteGlob(pattern.replaceAll("*", "").replaceAll("?", "x")));
  if (hasWildcard(pattern)) found.add(unquoteGlob(pattern.replaceAll("*", fresh).replaceAll("?", "x")));
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
    .map(({ values }) => values);
  if (demands.length < 2 || demands.length > 4) return [];
  let tuples: string[][] = [[]];
  for (const values of demands)
    tuples = tuples.flatMap((tuple) => values.map((value) => [...tuple, value])).slice(0, 64);
  return tuples.flatMap((tuple) => {
    const text = commonText(tuple);
    return text === undefined ? [] : [text];
  });
}
