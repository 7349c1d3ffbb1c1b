/** Lines that a diff is worked out for line by line; longer texts are shown as taken out and put in. */
const mostLines = 2_000;

/** A unified diff with three lines around each change; empty where nothing differs. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const old = before === "" ? [] : before.split("\n");
  const now = after === "" ? [] : after.split("\n");
  const edits = old.length * now.length > mostLines * mostLines ? replaced(old, now) : editsOf(old, now);
  const lines: string[] = [`--- ${name}`, `+++ ${name}`];
  for (const hunk of hunksOf(edits)) lines.push(...hunk);
  return lines.join("\n");
}

interface Edit {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

const replaced = (old: readonly string[], now: readonly string[]): readonly Edit[] => [
  ...old.map((text): Edit => ({ sign: "-", text })),
  ...now.map((text): Edit => ({ sign: "+", text })),
];

/** By the longest common subsequence; what is taken out stands before what is put in. */
function editsOf(old: readonly string[], now: readonly string[]): readonly Edit[] {
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === now[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      edits.push({ sign: " ", text: old[i] ?? "" });
      i++;
      j++;
    } else if (
      i < old.length &&
      (j >= now.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      edits.push({ sign: "-", text: old[i] ?? "" });
      i++;
    } else {
      edits.push({ sign: "+", text: now[j] ?? "" });
      j++;
    }
  }
  return edits;
}

const around = 3;

function hunksOf(edits: readonly Edit[]): readonly (readonly string[])[] {
  const hunks: string[][] = [];
  let at = 0;
  let oldLine = 1;
  let newLine = 1;
  const advance = (edit: Edit): void => {
    if (edit.sign !== "+") oldLine++;
    if (edit.sign !== "-") newLine++;
  };
  while (at < edits.length) {
    const next = edits.findIndex((edit, i) => i >= at && edit.sign !== " ");
    if (next < 0) break;
    const start = Math.max(at, next - around);
    for (const edit of edits.slice(at, start)) advance(edit);
    let end = next;
    for (let i = next; i < edits.length && i <= end + 2 * around; i++) if (edits[i]?.sign !== " ") end = i;
    const shown = edits.slice(start, Math.min(edits.length, end + around + 1));
    const count = (skip: "+" | "-"): number => shown.filter(({ sign }) => sign !== skip).length;
    hunks.push([
      `@@ -${String(oldLine)},${String(count("+"))} +${String(newLine)},${String(count("-"))} @@`,
      ...shown.map(({ sign, text }) => `${sign}${text}`),
    ]);
    for (const edit of shown) advance(edit);
    at = start + shown.length;
  }
  return hunks;
}
