/** Three values: what was not collected is `unknown`, never false. */
export type Tri = true | false | "unknown";

/** Kleene conjunction: one false decides, else one unknown leaves it open. */
export function allOf(values: Iterable<Tri>): Tri {
  let result: Tri = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

/** Kleene disjunction: one true decides, else one unknown leaves it open. */
export function anyOf(values: Iterable<Tri>): Tri {
  let result: Tri = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

export function notOf(value: Tri): Tri {
  return value === "unknown" ? "unknown" : !value;
}
