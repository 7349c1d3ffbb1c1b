import type { Path } from "../access/index.js";
import { hopKey, isHopRow, rowOf, type Row } from "./causes.js";

/** decision-rules.md D: which row wins when cuts or rows are equal. */
const rowOrder: readonly Row[] = [1, 2, 3, 4, 8, 9, 7, 10, 5];

/** Up to this many distinct hops every minimum cut is looked at; beyond, a greedy cut is taken and said so. */
const exactLimit = 24;

export interface Cut {
  readonly row: Row;
  readonly hops: number;
  readonly exact: boolean;
}

/**
 * The row that holds most hops of a minimum cut over the paths: the least number of hops whose removal breaks
 * all of them. Among equal cuts, and equal rows inside one, the fixed order decides. Undefined when no path
 * has a hop that somebody can fix.
 */
export function leadingRow(paths: readonly Path[]): Cut | undefined {
  const hops = new Map<string, { row: Row; paths: Set<number> }>();
  const cuttable = paths.filter((path) => path.hops.some((hop) => isHopRow(rowOf(hop))));
  cuttable.forEach((path, index) => {
    for (const hop of path.hops) {
      const row = rowOf(hop);
      if (!isHopRow(row)) continue;
      const key = hopKey(hop);
      const known = hops.get(key);
      if (known === undefined) hops.set(key, { row, paths: new Set([index]) });
      else known.paths.add(index);
    }
  });
  if (cuttable.length === 0) return undefined;
  const items = [...hops.values()];
  const exact = items.length <= exactLimit ? smallestCuts(items, cuttable.length) : undefined;
  const cuts = exact ?? [greedyCut(items, cuttable.length)];
  const rows = cuts.map((cut) => ({ row: dominantRow(cut.map((item) => item.row)), hops: cut.length }));
  rows.sort((a, b) => rowOrder.indexOf(a.row) - rowOrder.indexOf(b.row));
  const [best] = rows;
  return best === undefined ? undefined : { ...best, exact: exact !== undefined };
}

interface Item {
  readonly row: Row;
  readonly paths: ReadonlySet<number>;
}

/** All hitting sets of the least size, by growing size; undefined when more than four hops would be needed. */
function smallestCuts(items: readonly Item[], paths: number): readonly (readonly Item[])[] | undefined {
  for (let size = 1; size <= 4; size += 1) {
    const found: Item[][] = [];
    choose(items, size, 0, [], (cut) => {
      const covered = new Set(cut.flatMap((item) => [...item.paths]));
      if (covered.size === paths) found.push([...cut]);
    });
    if (found.length > 0) return found;
  }
  return undefined;
}

function choose(
  items: readonly Item[],
  size: number,
  from: number,
  chosen: Item[],
  visit: (cut: readonly Item[]) => void,
): void {
  if (chosen.length === size) {
    visit(chosen);
    return;
  }
  for (let index = from; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined) continue;
    chosen.push(item);
    choose(items, size, index + 1, chosen, visit);
    chosen.pop();
  }
}

function greedyCut(items: readonly Item[], paths: number): readonly Item[] {
  const open = new Set(Array.from({ length: paths }, (_, index) => index));
  const cut: Item[] = [];
  while (open.size > 0) {
    const best = [...items].sort(
      (a, b) => gain(b, open) - gain(a, open) || rowOrder.indexOf(a.row) - rowOrder.indexOf(b.row),
    )[0];
    if (best === undefined || gain(best, open) === 0) break;
    cut.push(best);
    for (const path of best.paths) open.delete(path);
  }
  return cut;
}

const gain = (item: Item, open: ReadonlySet<number>): number =>
  [...item.paths].filter((path) => open.has(path)).length;

function dominantRow(rows: readonly Row[]): Row {
  const counts = new Map<Row, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  const [best] = [...counts].sort(([a, x], [b, y]) => y - x || rowOrder.indexOf(a) - rowOrder.indexOf(b));
  return best?.[0] ?? 11;
}
