import type { PatternList } from "./policy-document.js";

/** An estate has as many empty lists as statements. */
export const none: readonly never[] = [];

/** Lists remembered: the policies of a large estate speak of few different sets of actions. */
const mostLists = 5000;
/** A longer list stands in one policy. */
const longestList = 8;

const known = new Map<string, PatternList>();

/** One copy of the action elements that policies have in common. */
export function sharedActions(list: PatternList): PatternList {
  const { negated, patterns } = list;
  if (patterns.length > longestList) return list;
  const key = `${String(negated)} ${patterns.join("\n")}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size < mostLists) known.set(key, list);
  return list;
}

const pointers: string[] = [];

/** `/Statement/0`, the same text for every policy. */
export const statementPointer = (index: number): string => (pointers[index] ??= `/Statement/${index}`);
