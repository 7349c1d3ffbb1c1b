import { createHash } from "node:crypto";
import { findingPlace, type FindingRow, type SeenPassing } from "../../core/findings/index.js";

/** Short for an index: half of the sha256 of what a PASS and a failure have in common. */
export const placeOf = (item: Parameters<typeof findingPlace>[0]): string =>
  createHash("sha256").update(findingPlace(item)).digest("hex").slice(0, 32);

/** A part of an import that can be brought in on its own: whole places, with about as many items as a block has. */
export interface Block {
  readonly places: readonly string[];
  readonly rows: readonly FindingRow[];
  readonly passing: readonly SeenPassing[];
}

/** PostgreSQL takes what a block holds in one statement (architecture.md, Storage). */
const blockItems = 1000;

type Item =
  | { readonly place: string; readonly row: FindingRow }
  | { readonly place: string; readonly pass: SeenPassing };

/** In the order of places, so that the result does not depend on the order of the files. */
export function* blocksOf(rows: readonly FindingRow[], passing: Iterable<SeenPassing>): Generator<Block> {
  const items: Item[] = rows.map((row) => ({ place: placeOf(row), row }));
  for (const pass of passing) items.push({ place: placeOf(pass), pass });
  items.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  for (let start = 0; start < items.length;) {
    let end = Math.min(start + blockItems, items.length);
    while (end < items.length && items[end]?.place === items[end - 1]?.place) end += 1;
    const part = items.slice(start, end);
    yield {
      places: [...new Set(part.map(({ place }) => place))],
      rows: part.flatMap((item) => ("row" in item ? [item.row] : [])),
      passing: part.flatMap((item) => ("pass" in item ? [item.pass] : [])),
    };
    start = end;
  }
}
