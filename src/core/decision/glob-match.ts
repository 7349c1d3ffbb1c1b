/** Whether any of the globs (`*` any run, `?` one character) matches the whole text; case matters. */
export function globMatches(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => {
    const plain = glob.startsWith("aws:arn:") ? glob.slice(4) : glob;
    if (!/[*?]/.test(plain)) return plain === text;
    return matches(plain, text);
  });
}

/** Two-pointer glob match: linear in practice, no backtracking explosion on hostile patterns. */
function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const symbol = pattern[p];
    if (symbol === "*") {
      star = p;
      mark = t;
      p += 1;
    } else if (symbol === "?" || symbol === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}
