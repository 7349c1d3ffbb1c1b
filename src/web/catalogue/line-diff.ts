/** A line of two texts beside each other: `+` only in the second, `-` only in the first. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** Lines that both have at their ends are cut off first; what is left is compared whole, up to this many lines. */
const mostCompared = 2000;

/** Longest common subsequence over what differs. Beyond the bound everything between is one change. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const left = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ sign: " ", text }));
  return [...same(a.slice(0, head)), ...compared(left, right), ...same(a.slice(a.length - tail))];
}

function compared(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  const minus = left.map((text): DiffLine => ({ sign: "-", text }));
  const plus = right.map((text): DiffLine => ({ sign: "+", text }));
  if (left.length > mostCompared || right.length > mostCompared) return [...minus, ...plus];
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        left[i] === right[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const out: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i] ?? "";
    const b = right[j] ?? "";
    if (a === b) {
      out.push({ sign: " ", text: a });
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      out.push({ sign: "-", text: a });
      i += 1;
    } else {
      out.push({ sign: "+", text: b });
      j += 1;
    }
  }
  return [...out, ...minus.slice(i), ...plus.slice(j)];
}

/** Only what changed, with three lines around it. */
export function changedOnly(lines: readonly DiffLine[], around = 3): readonly (DiffLine | "gap")[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== " "),
  );
  return lines.flatMap((line, index): readonly (DiffLine | "gap")[] =>
    near[index] === true ? [line] : near[index - 1] === true ? ["gap"] : [],
  );
}
