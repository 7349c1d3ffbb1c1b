/** How two values of a condition are compared. */
export type Comparison =
  "string" | "string-fold" | "glob" | "arn" | "number" | "date" | "bool" | "binary" | "ip" | "null";
export type Order = "equal" | "less" | "less-equal" | "greater" | "greater-equal";

/** A condition operator, taken apart. Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
export interface Operator {
  readonly comparison: Comparison;
  readonly order: Order;
  /** `StringNotEquals`, `NotIpAddress` …: true when *none* of the values matches. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier?: "any" | "all";
}

const bases: Readonly<Record<string, readonly [Comparison, Order, boolean]>> = {
  stringequals: ["string", "equal", false],
  stringnotequals: ["string", "equal", true],
  stringequalsignorecase: ["string-fold", "equal", false],
  stringnotequalsignorecase: ["string-fold", "equal", true],
  stringlike: ["glob", "equal", false],
  stringnotlike: ["glob", "equal", true],
  numericequals: ["number", "equal", false],
  numericnotequals: ["number", "equal", true],
  numericlessthan: ["number", "less", false],
  numericlessthanequals: ["number", "less-equal", false],
  numericgreaterthan: ["number", "greater", false],
  numericgreaterthanequals: ["number", "greater-equal", false],
  dateequals: ["date", "equal", false],
  datenotequals: ["date", "equal", true],
  datelessthan: ["date", "less", false],
  datelessthanequals: ["date", "less-equal", false],
  dategreaterthan: ["date", "greater", false],
  dategreaterthanequals: ["date", "greater-equal", false],
  bool: ["bool", "equal", false],
  binaryequals: ["binary", "equal", false],
  ipaddress: ["ip", "equal", false],
  notipaddress: ["ip", "equal", true],
  // ArnEquals and ArnLike behave alike (same page, "Amazon Resource Name (ARN) condition operators").
  arnequals: ["arn", "equal", false],
  arnlike: ["arn", "equal", false],
  arnnotequals: ["arn", "equal", true],
  arnnotlike: ["arn", "equal", true],
  null: ["null", "equal", false],
};

const parsed = new Map<string, Operator | undefined>();

/** Undefined for an operator that IAM does not know. Without regard to case. */
export function parseOperator(text: string): Operator | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const operator = parse(text);
  if (parsed.size < 1000) parsed.set(text, operator);
  return operator;
}

function parse(text: string): Operator | undefined {
  let name = text.toLowerCase();
  const quantifier = name.startsWith("foranyvalue:")
    ? "any"
    : name.startsWith("forallvalues:")
      ? "all"
      : undefined;
  if (quantifier !== undefined) name = name.slice(name.indexOf(":") + 1);
  const ifExists = name.endsWith("ifexists");
  if (ifExists) name = name.slice(0, -"ifexists".length);
  const base = Object.hasOwn(bases, name) ? bases[name] : undefined;
  if (base === undefined) return undefined;
  const [comparison, order, negated] = base;
  return { comparison, order, negated, ifExists, ...(quantifier === undefined ? {} : { quantifier }) };
}
