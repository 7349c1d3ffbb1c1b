/** The known name that was most likely meant: at most a third of its letters differ. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  const wanted = plain(text);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = edits(wanted, plain(name));
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3))
    ? best.name
    : undefined;
}

/** `did you mean …?` where something is near, else the names that are known, as far as they fit. */
export function suggestion(text: string, known: readonly string[]): string {
  const meant = nearest(text, known);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const shown = known.slice(0, 20);
  return shown.length === 0
    ? "none is known"
    : `known: ${shown.join(", ")}${known.length > shown.length ? ` and ${String(known.length - shown.length)} more` : ""}`;
}

const plain = (text: string): string => text.slice(0, 100).toLowerCase().replace(/[-_ ]/g, "");

/** Optimal string alignment: insert, delete, replace, swap of neighbours. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(
        (line[column - 1] ?? 0) + 1,
        (above[column] ?? 0) + 1,
        (above[column - 1] ?? 0) + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}
