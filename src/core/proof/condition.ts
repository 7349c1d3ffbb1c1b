import type { Answer } from "./answer.js";
import { literal, patternMatches, plain } from "./wildcard.js";

/** What is known of a condition key before any request is made. */
export type Known =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "request" }
  /** The request decides, and it cannot be earlier than this instant (milliseconds). */
  | { readonly kind: "not-before"; readonly at: number; readonly optional: boolean }
  | { readonly kind: "not-collected" };
export type Keys = (key: string) => Known;

export interface Clause {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * One clause of a `Condition`, three-valued. Rules: IAM user guide, "Condition operators" (negated operators hold when
 * no value matches and when the key is absent; `…IfExists` and `ForAllValues` hold for an absent key; `Null` asks for
 * presence; an unknown operator means nothing and is never guessed).
 */
export function clauseAnswer({ operator, key, values }: Clause, keys: Keys, variables: boolean): Answer {
  let name = operator.toLowerCase();
  const quantifier = /^for(any|all)value(s)?:/.exec(name)?.[1];
  if (quantifier !== undefined) name = name.slice(name.indexOf(":") + 1);
  const ifExists = name.endsWith("ifexists");
  if (ifExists) name = name.slice(0, -8);
  const compare = comparisons[name.replace("not", "")] ?? comparisons[name];
  if (name !== "null" && compare === undefined) return "unknown";
  const negated = name !== "null" && name.includes("not");
  const wanted: string[] = [];
  for (const value of values) {
    const filled = variables ? fill(value, keys) : value;
    if (filled === null) return "unknown";
    if (typeof filled === "object") return "if";
    if (filled !== undefined) wanted.push(filled);
  }
  const known = keys(key.toLowerCase());
  if (known.kind === "not-collected") return "unknown";
  if (known.kind === "request") return "if";
  if (known.kind === "not-before") return overTime(name, known, wanted);
  const actual = known.kind === "absent" ? undefined : known.values;
  if (name === "null")
    return yesNo(wanted.some((value) => value.trim().toLowerCase() === String(actual === undefined)));
  if (actual === undefined || (quantifier !== undefined && actual.length === 0))
    return yesNo(ifExists || quantifier === "all" || (quantifier === undefined && negated));
  const holds = (value: string): boolean =>
    wanted.some((item) => compare?.(item, value) === true) !== negated;
  return yesNo(
    quantifier === "all" || (quantifier === undefined && negated) ? actual.every(holds) : actual.some(holds),
  );
}

const yesNo = (value: boolean): Answer => (value ? "yes" : "no");

const numberOf = (text: string): number => (text.trim() === "" ? NaN : Number(text));

function instant(text: string): number {
  const trimmed = text.trim();
  if (/^\d{5,}(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (!/^\d{4}/.test(trimmed)) return NaN;
  return Date.parse(/T/.test(trimmed) && !/(Z|[+-]\d\d:?\d\d)$/i.test(trimmed) ? `${trimmed}Z` : trimmed);
}

const arnLike = (pattern: string, value: string): boolean => {
  const [left, right] = [pattern.split(":"), value.split(":")];
  if (pattern === "*") return true;
  if (left.length < 6 || right.length < 6) return patternMatches(pattern, value);
  const parts = (list: readonly string[]): readonly string[] => [
    ...list.slice(0, 5),
    list.slice(5).join(":"),
  ];
  const values = parts(right);
  return parts(left).every((part, at) => patternMatches(part, values[at] ?? ""));
};

type Compare = (wanted: string, actual: string) => boolean;
const same: Compare = (wanted, actual) => plain(wanted) === actual;
/** By the operator's name without `Not`. */
const comparisons: Readonly<Record<string, Compare>> = {
  stringequals: same,
  binaryequals: same,
  stringequalsignorecase: (wanted, actual) => plain(wanted).toLowerCase() === actual.toLowerCase(),
  stringlike: patternMatches,
  arnequals: arnLike,
  arnlike: arnLike,
  bool: (wanted, actual) => wanted.trim().toLowerCase() === actual.toLowerCase(),
  numericequals: (wanted, actual) => numberOf(actual) === numberOf(wanted),
  numericlessthan: (wanted, actual) => numberOf(actual) < numberOf(wanted),
  numericlessthanequals: (wanted, actual) => numberOf(actual) <= numberOf(wanted),
  numericgreaterthan: (wanted, actual) => numberOf(actual) > numberOf(wanted),
  numericgreaterthanequals: (wanted, actual) => numberOf(actual) >= numberOf(wanted),
  dateequals: (wanted, actual) => instant(actual) === instant(wanted),
  datelessthan: (wanted, actual) => instant(actual) < instant(wanted),
  datelessthanequals: (wanted, actual) => instant(actual) <= instant(wanted),
  dategreaterthan: (wanted, actual) => instant(actual) > instant(wanted),
  dategreaterthanequals: (wanted, actual) => instant(actual) >= instant(wanted),
  ipaddress: (wanted, actual) => wanted.trim() === actual.trim(),
};

/** Time only moves on: what is over stays over. */
function overTime(
  name: string,
  { at, optional }: Extract<Known, { kind: "not-before" }>,
  wanted: readonly string[],
): Answer {
  if (optional || wanted.length === 0) return "if";
  const bounds = wanted.map((text) => (name.startsWith("numeric") ? numberOf(text) * 1000 : instant(text)));
  if (/lessthan/.test(name)) return bounds.every((bound) => bound < at) ? "no" : "if";
  if (/greaterthan/.test(name)) return bounds.some((bound) => bound < at) ? "yes" : "if";
  return "if";
}

/**
 * Policy variables (`${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`). A string: filled; undefined: a
 * variable has no value, the pattern matches nothing; null: nobody collected it; `{ wide }`: the request decides, at
 * most this pattern.
 */
export function fill(pattern: string, keys: Keys): string | undefined | null | { readonly wide: string } {
  if (!pattern.includes("${")) return pattern;
  let state = "filled" as "filled" | "empty" | "open" | "not-collected";
  const text = pattern.replace(/\$\{([^}]*)\}/g, (_, inside: string) => {
    if (inside === "*" || inside === "?") return literal(inside);
    if (inside === "$") return "$";
    const [, key = inside, fallback] = /^(.*?),\s*'(.*)'\s*$/s.exec(inside) ?? [];
    const known = keys(key.trim().toLowerCase());
    if (known.kind === "values" && known.values.length === 1) return literal(known.values[0] ?? "");
    if (known.kind === "request" || known.kind === "not-before") {
      if (state === "filled") state = "open";
      return "*";
    }
    if (known.kind === "not-collected") {
      if (state !== "empty") state = "not-collected";
      return "*";
    }
    if (fallback !== undefined) return literal(fallback);
    state = "empty";
    return "";
  });
  switch (state) {
    case "filled":
      return text;
    case "empty":
      return undefined;
    case "open":
      return { wide: text };
    case "not-collected":
      return null;
  }
}
