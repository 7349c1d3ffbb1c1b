import type { PolicyDocument, Statement } from "../../estate/index.js";
import { globMatches } from "../glob.js";

/** Allow statements of a document that speak of the action; documents are shared by many holders. */
export function createSpeaking(action: string): (document: PolicyDocument) => readonly Statement[] {
  const folded = action.toLowerCase();
  const known = new WeakMap<PolicyDocument, readonly Statement[]>();
  return (document) => {
    let found = known.get(document);
    if (found === undefined) {
      found = document.statements.filter(
        ({ effect, action: { negated, patterns } }) =>
          effect === "Allow" &&
          negated !== patterns.some((pattern) => globMatches(pattern.toLowerCase(), folded)),
      );
      known.set(document, found);
    }
    return found;
  };
}
