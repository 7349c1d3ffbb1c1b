/**
 * Wildcards as policy languages write them: `*` is any run of characters (also none, also over `:` and `/`),
 * `?` is any one character. Private code points stand for characters that a policy variable brought in and that
 * are therefore literal (`${*}`, or a tag whose value holds a star).
 */
export const literalStar = "\uE000";
export const literalQuestion = "\uE001";

export const hasWildcard = (pattern: string): boolean => pattern.includes("*") || pattern.includes("?");

/** Makes text match itself only. */
export const quoteGlob = (text: string): string =>
  hasWildcard(text) ? text.replaceAll("*", literalStar).replaceAll("?", literalQuestion) : text;

/** Turns the literal marks back into the characters they stand for. */
export const unquoteGlob = (text: string): string =>
  text.replaceAll(literalStar, "*").replaceAll(literalQuestion, "?");

/** Linear in practice and never exponential: it goes back to the last star only. */
export function globMatches(pattern: string, text: string): boolean {
  if (pattern === "*") return true;
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const sign = pattern.charCodeAt(p);
    if (sign === 42) {
      star = p++;
      if (p === pattern.length) return true;
      resume = t;
    } else if (p < pattern.length && (sign === 63 || sameSign(sign, text.charCodeAt(t)))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern.charCodeAt(p) === 42) p++;
  return p === pattern.length;
}

function sameSign(sign: number, character: number): boolean {
  return sign === character || (sign === 0xe000 && character === 42) || (sign === 0xe001 && character === 63);
}

/** The text before the first wildcard: everything that matches starts with it. */
export function literalPrefix(pattern: string): string {
  const at = pattern.search(/[*?\uE000\uE001]/);
  return at < 0 ? pattern : pattern.slice(0, at);
}

/**
 * A text that all patterns match, or undefined when none was found within `limit` steps.
 * `fill` is the character used where any would do.
 */
export function commonText(patterns: readonly string[], fill = "x", limit = 20_000): string | undefined {
  const bound = patterns.filter((pattern) => pattern !== "*");
  const begin = commonStart(bound);
  if (begin === undefined) return undefined;
  const seen = new Set<string>();
  let frontier: { readonly at: readonly number[]; readonly text: string }[] = [
    { at: bound.map(() => begin.length), text: begin },
  ];
  let steps = begin.length;
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const state of frontier) {
      if (state.at.every((position, i) => onlyStars(bound[i] ?? "", position))) return state.text;
      if (++steps > limit) return undefined;
      for (const character of choices(bound, state.at, fill)) {
        for (const at of advance(bound, state.at, character)) {
          const key = at.join(",");
          if (seen.has(key)) continue;
          seen.add(key);
          next.push({ at, text: state.text + character });
        }
      }
    }
    frontier = next;
  }
  return undefined;
}

/** What every match begins with, as far as all patterns write it out; undefined where two of them disagree. */
function commonStart(patterns: readonly string[]): string | undefined {
  let longest = "";
  let shortest: string | undefined;
  for (const pattern of patterns) {
    const own = literalPrefix(pattern);
    if (!own.startsWith(longest) && !longest.startsWith(own)) return undefined;
    if (own.length > longest.length) longest = own;
    if (shortest === undefined || own.length < shortest.length) shortest = own;
  }
  return shortest ?? "";
}

function onlyStars(pattern: string, from: number): boolean {
  for (let i = from; i < pattern.length; i++) if (pattern[i] !== "*") return false;
  return true;
}

/** Characters worth trying next: those that some pattern demands, and one that none does. */
function choices(patterns: readonly string[], at: readonly number[], fill: string): readonly string[] {
  const found: string[] = [];
  for (const [i, pattern] of patterns.entries()) {
    let position = at[i] ?? 0;
    while (pattern[position] === "*") position++;
    const sign = pattern[position];
    if (sign === undefined || sign === "?") continue;
    const character = plainSign(sign);
    if (!found.includes(character)) found.push(character);
  }
  if (!found.includes(fill)) found.push(fill);
  return found;
}

/** All position tuples after reading one character. */
function advance(patterns: readonly string[], at: readonly number[], character: string): readonly number[][] {
  let tuples: number[][] = [[]];
  for (const [i, pattern] of patterns.entries()) {
    const options = step(pattern, at[i] ?? 0, character);
    if (options.length === 0) return [];
    const [only] = options;
    if (options.length === 1 && only !== undefined) for (const tuple of tuples) tuple.push(only);
    else tuples = tuples.flatMap((tuple) => options.map((option) => [...tuple, option]));
  }
  return tuples;
}

function step(pattern: string, position: number, character: string): readonly number[] {
  const sign = pattern[position];
  if (sign === undefined) return [];
  if (sign === "*") return [position, ...step(pattern, position + 1, character)];
  return sign === "?" || plainSign(sign) === character ? [position + 1] : [];
}

const plainSign = (sign: string): string =>
  sign === literalStar ? "*" : sign === literalQuestion ? "?" : sign;
