import type { ConditionClause, MissingFact } from "../../estate/index.js";
import { conditionHolds } from "./holds.js";
import { clauseText, type Literal } from "./literal.js";
import { parseOperator, type Operator } from "./operator.js";
import { fillVariables, type Lookup } from "./variable.js";

/** What is left of a condition once the known keys have been filled in: all of it must hold. */
export interface Remainder {
  readonly literals: readonly Literal[];
  readonly missing: readonly MissingFact[];
}

export const nothingLeft: Remainder = { literals: [], missing: [] };

/**
 * Evaluates the `Condition` element on what is known. Undefined: it cannot hold. Otherwise what the request and
 * the missing facts still decide; both lists empty: it holds. Clauses are joined by AND.
 */
export function evaluateConditions(
  clauses: readonly ConditionClause[],
  lookup: Lookup,
  variables: boolean,
): Remainder | undefined {
  if (clauses.length === 0) return nothingLeft;
  const literals: Literal[] = [];
  const missing: MissingFact[] = [];
  for (const clause of clauses) {
    const outcome = evaluateClause(clause, lookup, variables);
    if (outcome === false) return undefined;
    if (outcome === true) continue;
    if ("fact" in outcome) missing.push(outcome.fact);
    else literals.push(outcome.literal);
  }
  return { literals, missing };
}

type Outcome = boolean | { readonly literal: Literal } | { readonly fact: MissingFact };

function evaluateClause(clause: ConditionClause, lookup: Lookup, variables: boolean): Outcome {
  const text = clauseText(clause.operator, clause.key, clause.values);
  // Conditions of the native estate document are words, not operators.
  if (clause.operator === "native")
    return { literal: { key: text, values: [], wanted: true, text: clause.key } };
  const operator = parseOperator(clause.operator);
  if (operator === undefined) return { fact: unknownOperator(clause.operator) };

  const values: string[] = [];
  let open = false;
  for (const value of clause.values) {
    const filled = variables ? fillVariables(value, lookup) : ({ kind: "text", text: value } as const);
    if (filled.kind === "missing") return { fact: filled.fact };
    if (filled.kind === "open") open = true;
    if (filled.kind === "text") values.push(filled.text);
  }
  const plain = !variables || !clause.values.some((value) => value.includes("${"));
  const context = (plain ? lookup.of?.(clause) : undefined) ?? lookup(clause.key.toLowerCase());
  if (context.kind === "missing") return { fact: context.fact };
  if (open) return { literal: { key: text, values: [], wanted: true, text } };
  if (context.kind === "from") {
    const decided = decidedFrom(operator, context.earliest, values, context.optional === true);
    if (decided !== undefined) return decided;
  }
  if (context.kind === "request" || context.kind === "from") {
    return { literal: { key: clause.key.toLowerCase(), operator, values, wanted: true, text } };
  }
  return conditionHolds(operator, context.kind === "absent" ? undefined : context.values, values);
}

/**
 * What no later request can change: an upper bound that is past never holds again, a lower bound that is past holds for
 * good. Anything else (an upper bound still ahead, a lower one not yet reached) stays with the request.
 */
function decidedFrom(
  operator: Operator,
  earliest: string,
  values: readonly string[],
  optional: boolean,
): boolean | undefined {
  if (operator.comparison === "null")
    return optional ? undefined : conditionHolds(operator, [earliest], values);
  if (operator.comparison !== "date" && operator.comparison !== "number") return undefined;
  const now = conditionHolds(operator, [earliest], values);
  // An absent key may decide otherwise than every value it could have.
  const absent = optional ? conditionHolds(operator, undefined, values) : undefined;
  const settled = (value: boolean): boolean | undefined =>
    absent === undefined || absent === value ? value : undefined;
  switch (operator.order) {
    case "less":
    case "less-equal":
      return now ? undefined : settled(false);
    case "greater":
    case "greater-equal":
      return now ? settled(true) : undefined;
    case "equal": {
      const past: Operator = { ...operator, order: "greater", negated: false };
      const over = values.every((value) => conditionHolds(past, [earliest], [value]));
      return over ? settled(operator.negated) : undefined;
    }
  }
}

const unknownOperator = (operator: string): MissingFact => ({
  key: `condition-operator|${operator}`,
  fact: `the meaning of condition operator \`${operator}\``,
  collect: "correct the operator in the policy document",
});
