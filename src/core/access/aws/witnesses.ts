import { commonText, globMatches, hasWildcard, literalPrefix } from "../glob.js";
import type { Statement } from "../../estate/index.js";
import { remember } from "./remember.js";
import type { StatementIndex } from "./statement-index.js";

const any = "any-remit";

/** Concrete resources that stand for what an action is asked on. */
export type Witnesses = (action: string, pattern: string) => readonly string[];

/**
 * Concrete resources that stand for a pattern (`arn:aws:s3:::exports/*`): one that no policy names, and one in the
 * overlap with every pattern that the first does not meet. "Can on any" is then "can on one of these". `more`: statements
 * that an overlay adds to those that were indexed.
 */
export function createWitnesses(index: StatementIndex, more: readonly Statement[] = []): Witnesses {
  const known = remember<readonly string[]>(4096);
  const tables = remember<PatternTable>(64);
  return (action, pattern) => {
    if (pattern === "*" || !hasWildcard(pattern)) return [pattern];
    const folded = action.toLowerCase();
    return known(`${folded} ${pattern}`, () =>
      witnessesIn(
        tables(folded, () => tableOf(index, folded, more)),
        pattern,
      ),
    );
  };
}

function witnessesIn(table: PatternTable, pattern: string): readonly string[] {
  const generic = pattern.replaceAll("*", any).replaceAll("?", "x");
  const found = new Set([generic]);
  for (const { text: named } of near(table, literalPrefix(pattern))) {
    if (globMatches(named, generic)) continue;
    const text = commonText([named, pattern]);
    if (text !== undefined) found.add(text);
  }
  return [...found];
}

/** A resource pattern of a policy, variables open, with its place in the order of statements. */
interface Named {
  readonly text: string;
  readonly at: number;
}

/** The patterns of one action by the text before their first wildcard; beginnings sorted. */
interface PatternTable {
  readonly byBeginning: ReadonlyMap<string, readonly Named[]>;
  readonly beginnings: readonly string[];
}

function tableOf(index: StatementIndex, folded: string, more: readonly Statement[]): PatternTable {
  const byBeginning = new Map<string, Named[]>();
  const seen = new Set<string>();
  const own = Array.from(index.matching(folded), (s) => index.statements[s]);
  for (const statement of [...own, ...more.filter((item) => speaksOf(item, folded))]) {
    for (const written of statement?.resource?.patterns ?? []) {
      if (seen.has(written)) continue;
      seen.add(written);
      const text = written.includes("${") ? written.replaceAll(/\$\{[^}]*\}/g, "*") : written;
      const named: Named = { text, at: seen.size };
      const beginning = literalPrefix(text);
      const group = byBeginning.get(beginning);
      if (group === undefined) byBeginning.set(beginning, [named]);
      else group.push(named);
    }
  }
  return { byBeginning, beginnings: [...byBeginning.keys()].sort() };
}

const speaksOf = ({ action }: Statement, folded: string): boolean =>
  action.negated !== action.patterns.some((pattern) => globMatches(pattern.toLowerCase(), folded));

/** Patterns whose fixed beginning begins `fixed` or is begun by it: no other can meet a pattern that begins so. */
function near({ byBeginning, beginnings }: PatternTable, fixed: string): readonly Named[] {
  const found: Named[] = [];
  for (let length = 0; length < fixed.length; length++)
    found.push(...(byBeginning.get(fixed.slice(0, length)) ?? []));
  let low = 0;
  let high = beginnings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((beginnings[middle] ?? "") < fixed) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < beginnings.length && beginnings[i]?.startsWith(fixed) === true; i++)
    found.push(...(byBeginning.get(beginnings[i] ?? "") ?? []));
  return found.sort((a, b) => a.at - b.at);
}
