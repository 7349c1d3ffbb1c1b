import type { MissingFact } from "../estate/index.js";
import type { Case, Unknown } from "./analysis.js";
import { compareText } from "./sorting.js";

/**
 * Missing facts over the whole analysis, those that decide most first: a fact decides a case whose verdict is
 * `unknown`, and only confirms one that is decided without it. Conflicts between documents, and what else the inputs leave
 * open, are listed too.
 */
export function unknownsOf(cases: readonly Case[], others: readonly MissingFact[]): readonly Unknown[] {
  const facts = new Map<string, { fact: MissingFact; decides: string[]; confirms: string[] }>();
  const slot = (fact: MissingFact): { decides: string[]; confirms: string[] } => {
    const known = facts.get(fact.key);
    if (known !== undefined) return known;
    const fresh = { fact, decides: [], confirms: [] };
    facts.set(fact.key, fresh);
    return fresh;
  };
  for (const item of cases) {
    for (const fact of item.recreation.missingFacts) {
      const entry = slot({ key: fact.key, fact: fact.fact, collect: fact.collect });
      (item.recreation.verdict === "unknown" ? entry.decides : entry.confirms).push(item.id);
    }
  }
  for (const other of others) slot(other);
  return [...facts.values()]
    .map(({ fact, decides, confirms }) => ({ ...fact, decides, confirms }))
    .sort(
      (a, b) =>
        b.decides.length - a.decides.length ||
        b.confirms.length - a.confirms.length ||
        compareText(a.key, b.key),
    );
}
