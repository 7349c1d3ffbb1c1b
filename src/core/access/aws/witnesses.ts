import { commonText, globMatches, hasWildcard } from "../glob.js";
import type { StatementIndex } from "./statement-index.js";

const any = "any-remit";

/**
 * Concrete resources that stand for a pattern (`arn:aws:s3:::exports/*`): one that no policy names, and one in the
 * overlap with every pattern that the first does not meet. "Can on any" is then "can on one of these".
 */
export function witnessesOf(index: StatementIndex, action: string, pattern: string): readonly string[] {
  if (pattern === "*" || !hasWildcard(pattern)) return [pattern];
  const generic = pattern.replaceAll("*", any).replaceAll("?", "x");
  const found = new Set([generic]);
  for (const s of index.matching(action.toLowerCase())) {
    for (const named of index.statements[s]?.resource?.patterns ?? []) {
      const plain = named.replaceAll(/\$\{[^}]*\}/g, "*");
      if (globMatches(plain, generic)) continue;
      const text = commonText([plain, pattern]);
      if (text !== undefined) found.add(text);
    }
  }
  return [...found];
}
