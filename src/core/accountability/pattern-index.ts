import { globMatches } from "../access/index.js";
import { principalId } from "../estate/index.js";

/**
 * Which of many patterns match an id, without asking each: patterns without a wildcard by themselves, the others by the
 * text before it. The patterns are those of the catalogue (`aws:` before an ARN is dropped).
 */
export interface PatternIndex {
  /** Owners of the patterns that match, each as often as its patterns do, in no order. */
  matching(id: string): readonly number[];
}

export function indexPatterns(
  patterns: readonly (readonly [pattern: string, owner: number])[],
): PatternIndex {
  const plain = new Map<string, number[]>();
  const globs = new Map<string, { readonly glob: string; readonly owner: number }[]>();
  for (const [written, owner] of patterns) {
    const pattern = principalId(written);
    const at = pattern.search(wildcard);
    if (at < 0) put(plain, pattern, owner);
    else put(globs, pattern.slice(0, at), { glob: pattern, owner });
  }
  const lengths = [...new Set([...globs.keys()].map((prefix) => prefix.length))].sort((a, b) => a - b);
  return {
    matching(id) {
      const found = [...(plain.get(id) ?? [])];
      for (const length of lengths) {
        if (length > id.length) break;
        for (const { glob, owner } of globs.get(id.slice(0, length)) ?? [])
          if (globMatches(glob, id)) found.push(owner);
      }
      return found;
    },
  };
}

/** As `globMatches` reads patterns: wildcards, and the marks of characters that only look like one. */
const wildcard = /[*?\uE000\uE001]/;

/** Whether a pattern may match more than the text that it is. */
export const isPattern = (text: string): boolean => wildcard.test(text);

function put<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
