import type { Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { CaseVisibility } from "../../store/index.js";
import { visibleColumns, type VisibleColumn } from "../../store/index.js";

/**
 * What is left of a policy when everything is known but the case, as a condition of the database. Undefined where it asks
 * something that no column answers.
 */
export function conditionOf({ conditions }: PolicyJson): CaseVisibility | undefined {
  const parts: CaseVisibility[] = [];
  for (const { kind, body } of conditions) {
    const part = condition(body);
    if (part === undefined) return undefined;
    parts.push(kind === "when" ? part : not(part));
  }
  return every(parts);
}

export const all: CaseVisibility = { kind: "all" };
export const none: CaseVisibility = { kind: "none" };

/** Permitted by one, forbidden by none (Cedar: a denial wins, and nothing permitted is denied). */
export const visibilityOf = (
  permits: readonly CaseVisibility[],
  forbids: readonly CaseVisibility[],
): CaseVisibility => every([some(permits), ...forbids.map(not)]);

type Node = Readonly<Record<string, unknown>>;
interface Pair {
  readonly left: Expr;
  readonly right: Expr;
}

function condition(expression: Expr): CaseVisibility | undefined {
  const node = expression as Node;
  const value = constant(expression);
  if (value === true) return all;
  if (value === false) return none;
  const both = (name: string): readonly [CaseVisibility, CaseVisibility] | undefined => {
    const pair = node[name] as Pair | undefined;
    if (pair === undefined) return undefined;
    const [left, right] = [condition(pair.left), condition(pair.right)];
    return left === undefined || right === undefined ? undefined : [left, right];
  };
  if ("&&" in node) return and(both("&&"), every);
  if ("||" in node) return and(both("||"), some);
  if ("!" in node) {
    const inner = condition((node["!"] as { readonly arg: Expr }).arg);
    return inner === undefined ? undefined : not(inner);
  }
  if ("if-then-else" in node) {
    const parts = node["if-then-else"] as Readonly<Record<"if" | "then" | "else", Expr>>;
    const [test, yes, no] = [condition(parts.if), condition(parts.then), condition(parts.else)];
    if (test === undefined || yes === undefined || no === undefined) return undefined;
    return some([every([test, yes]), every([not(test), no])]);
  }
  // The unknown is always a case: no other kind is asked about.
  if ("is" in node) {
    const { left, entity_type: type } = node["is"] as { readonly left: Expr; readonly entity_type: string };
    return isResource(left) ? (type === "Remit::Case" ? all : none) : undefined;
  }
  return audience(node) ?? comparison(node);
}

const and = (
  parts: readonly [CaseVisibility, CaseVisibility] | undefined,
  join: (parts: readonly CaseVisibility[]) => CaseVisibility,
): CaseVisibility | undefined => (parts === undefined ? undefined : join(parts));

/** `resource.audience.contains("x")`, `.containsAny([…])` from either side, `.containsAll([…])`. */
function audience(node: Node): CaseVisibility | undefined {
  const of = (name: string): Pair | undefined => node[name] as Pair | undefined;
  const [one, any, every_] = [of("contains"), of("containsAny"), of("containsAll")];
  if (one !== undefined) {
    const key = constant(one.right);
    const set = constant(one.left);
    if (attributeOf(one.left) === "audience" && typeof key === "string") return keys([key]);
    const attribute = attributeOf(one.right);
    if (Array.isArray(set) && attribute !== undefined && attribute in columns)
      return some(set.flatMap((value) => compare(attribute, "=", value) ?? []));
    return undefined;
  }
  if (any !== undefined) {
    const [set, other] = attributeOf(any.left) === "audience" ? [any.right, any.left] : [any.left, any.right];
    const found = texts(constant(set));
    return attributeOf(other) === "audience" && found !== undefined ? keys(found) : undefined;
  }
  if (every_ !== undefined && attributeOf(every_.left) === "audience")
    return ((found) => (found === undefined ? undefined : every(found.map((key) => keys([key])))))(
      texts(constant(every_.right)),
    );
  return undefined;
}

function comparison(node: Node): CaseVisibility | undefined {
  for (const [name, how, turned] of [
    ["==", "=", false],
    ["!=", "=", true],
    ["<", "<", false],
    ["<=", "<=", false],
    [">", "<=", true],
    [">=", "<", true],
  ] as const) {
    const pair = node[name] as Pair | undefined;
    if (pair === undefined) continue;
    const attribute = attributeOf(pair.left);
    if (attribute !== undefined) {
      const found = compare(attribute, how, constant(pair.right));
      return found === undefined || !turned ? found : not(found);
    }
    const other = attributeOf(pair.right);
    if (other === undefined) return undefined;
    // From the other side: `2 < tier` is not `tier <= 2`.
    const mirrored = { "=": "=", "<": "<=", "<=": "<" } as const;
    const found = compare(other, mirrored[how], constant(pair.left));
    if (found === undefined) return undefined;
    return (how === "=" ? turned : !turned) ? not(found) : found;
  }
  const own = attributeOf(node as Expr);
  return own === "open" ? compare("open", "=", true) : undefined;
}

/** What policies call a column. */
const columns: Readonly<Record<string, VisibleColumn>> = {
  ...Object.fromEntries(visibleColumns.filter((name) => name !== "state").map((name) => [name, name])),
  status: "state",
};

function compare(attribute: string, how: "=" | "<" | "<=", value: unknown): CaseVisibility | undefined {
  const column = columns[attribute];
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return column !== undefined && plain ? { kind: "compare", column, how, value } : undefined;
}

function attributeOf(expression: Expr): string | undefined {
  const access = (expression as Node)["."] as { readonly left: Expr; readonly attr: string } | undefined;
  return access !== undefined && isResource(access.left) ? access.attr : undefined;
}

/** How a partial evaluation writes the unknown resource. */
function isResource(expression: Expr): boolean {
  const node = expression as Node;
  const unknown = node["unknown"] as readonly { readonly Value?: unknown }[] | undefined;
  return unknown?.[0]?.Value === "resource" || node["Var"] === "resource";
}

/** The value of what is no question any more: a literal, or a set of them. */
function constant(expression: Expr): unknown {
  const node = expression as Node;
  if ("Value" in node) return node["Value"];
  const set = node["Set"] as readonly Expr[] | undefined;
  if (set === undefined) return undefined;
  const values = set.map(constant);
  return values.includes(undefined) ? undefined : values;
}

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;

const keys = (anyOf: readonly string[]): CaseVisibility =>
  anyOf.length === 0 ? none : { kind: "audience", anyOf };

function not(of: CaseVisibility): CaseVisibility {
  if (of.kind === "all") return none;
  if (of.kind === "none") return all;
  return of.kind === "not" ? of.of : { kind: "not", of };
}

function every(of: readonly CaseVisibility[]): CaseVisibility {
  if (of.some(({ kind }) => kind === "none")) return none;
  const left = of.filter(({ kind }) => kind !== "all");
  return left.length === 1 && left[0] !== undefined
    ? left[0]
    : left.length === 0
      ? all
      : { kind: "every", of: left };
}

function some(of: readonly CaseVisibility[]): CaseVisibility {
  if (of.some(({ kind }) => kind === "all")) return all;
  const left = of.filter(({ kind }) => kind !== "none");
  return left.length === 1 && left[0] !== undefined
    ? left[0]
    : left.length === 0
      ? none
      : { kind: "some", of: left };
}
