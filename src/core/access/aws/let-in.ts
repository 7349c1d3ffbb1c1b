import type { PrincipalElement } from "../../estate/index.js";
import type { Lens } from "./collector.js";
import { evidenceKey } from "./evidence.js";
import { actionMatches } from "./match.js";
import type { Question } from "./model.js";

const known = new WeakMap<Question, { readonly lens: Lens; readonly found: readonly PrincipalElement[] }>();

/**
 * Whom the policies of the resource let do what is asked: statements about other actions, and those that an overlay
 * takes away, let nobody in.
 */
export function letIn(lens: Lens, question: Question): readonly PrincipalElement[] {
  const before = known.get(question);
  if (before?.lens === lens) return before.found;
  const found: PrincipalElement[] = [];
  for (const use of question.target.policies) {
    for (const statement of use.document.statements) {
      const { effect, principal } = statement;
      if (effect !== "Allow" || principal === undefined || !actionMatches(question, statement)) continue;
      if (lens.removed?.has(evidenceKey(use, statement)) !== true) found.push(principal);
    }
  }
  known.set(question, { lens, found });
  return found;
}
