import type { ConditionClause, MissingFact } from "../../estate/index.js";
import { literalQuestion, literalStar, quoteGlob } from "../glob.js";

/** What is known of a condition key for one principal and one resource, before any request is made. */
export type ContextValue =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  /** Only the request decides. */
  | { readonly kind: "request" }
  /** Only the request decides, and no request has a smaller value: the time of it. `optional`: it may have none. */
  | { readonly kind: "from"; readonly earliest: string; readonly optional?: boolean }
  /** A fact of the estate that nobody supplied. */
  | { readonly kind: "missing"; readonly fact: MissingFact };

export interface Lookup {
  (key: string): ContextValue;
  /** The same for the key of a clause that has no variables, where somebody notes which clauses were asked. */
  readonly of?: (clause: ConditionClause) => ContextValue;
}

/** A pattern with its policy variables filled in, as far as they are known. */
export type Filled =
  | { readonly kind: "text"; readonly text: string }
  /** A variable has no value: the pattern matches nothing (IAM user guide, "Policy variables"). */
  | { readonly kind: "nothing" }
  /** The request decides; `text` is the pattern as written, `widest` the pattern with a star for what is open. */
  | { readonly kind: "open"; readonly text: string; readonly widest: string }
  | { readonly kind: "missing"; readonly fact: MissingFact; readonly widest: string };

/** Policy variables are an element of version 2012-10-17 only; before that they are plain text. */
export const hasVariables = (version: string): boolean => version === "2012-10-17";

const variable = /\$\{([^}]*)\}/g;

/** Fills `${aws:username}`, `${aws:PrincipalTag/team, 'none'}` and the escapes `${*}`, `${?}`, `${$}`. */
export function fillVariables(pattern: string, lookup: Lookup): Filled {
  if (!pattern.includes("${")) return { kind: "text", text: pattern };
  let state = "text" as "text" | "nothing" | "open";
  let fact: MissingFact | undefined;
  const text = pattern.replace(variable, (whole, inner: string) => {
    if (inner === "*") return literalStar;
    if (inner === "?") return literalQuestion;
    if (inner === "$") return "$";
    const [key, fallback] = splitDefault(inner);
    const value = lookup(key.trim().toLowerCase());
    if (value.kind === "values" && value.values.length === 1) return quoteGlob(value.values[0] ?? "");
    if (value.kind === "request" || value.kind === "from") {
      if (state === "text") state = "open";
      return "*";
    }
    if (value.kind === "missing") {
      fact ??= value.fact;
      return "*";
    }
    if (fallback !== undefined) return quoteGlob(fallback);
    state = "nothing";
    return whole;
  });
  if (state === "nothing") return { kind: "nothing" };
  if (fact !== undefined) return { kind: "missing", fact, widest: text };
  return state === "open" ? { kind: "open", text: pattern, widest: text } : { kind: "text", text };
}

/** `key, 'default'` with single quotes. */
function splitDefault(inner: string): readonly [string, string?] {
  const match = /^(.*?),\s*'(.*)'\s*$/s.exec(inner);
  return match === null ? [inner] : [match[1] ?? "", match[2] ?? ""];
}
