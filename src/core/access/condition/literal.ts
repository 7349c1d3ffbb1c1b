import type { Operator } from "./operator.js";

/**
 * A condition that the request decides: the clause must hold (`wanted`) or must not. Without an operator it is
 * opaque: free to be either, but equal texts are the same condition.
 */
export interface Literal {
  /** Lower case; for an opaque literal the text itself. */
  readonly key: string;
  readonly operator?: Operator;
  readonly values: readonly string[];
  readonly wanted: boolean;
  /** `StringEquals aws:SourceVpce vpce-1a2b` */
  readonly text: string;
}

export const negated = (literal: Literal): Literal => ({ ...literal, wanted: !literal.wanted });

/** Canonical text of a clause: values sorted, without repeats. */
export function clauseText(operator: string, key: string, values: readonly string[]): string {
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return [operator, key, sorted.join(" | ")].filter((part) => part !== "").join(" ");
}
