import { globMatches } from "../glob.js";
import { completeArn } from "./match.js";

/** True: matches for everybody; `"maybe"`: a policy variable decides. */
export function possibleResource(
  list: { readonly negated: boolean; readonly patterns: readonly string[] } | undefined,
  text: string,
  native: boolean,
): boolean | "maybe" {
  if (list === undefined) return true;
  let open = false;
  for (const pattern of list.patterns) {
    if (pattern.includes("${")) open = true;
    else if (
      globMatches(native ? pattern.toLowerCase() : completeArn(pattern), native ? text.toLowerCase() : text)
    ) {
      return !list.negated;
    }
  }
  return open ? "maybe" : list.negated;
}
