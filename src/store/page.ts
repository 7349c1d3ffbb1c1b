import { storeFault } from "./fault.js";

/** A part of a list. With `next` there is more: hand it in as `after`. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export interface PageRequest {
  /** `next` of the page before. */
  readonly after?: string;
  /** 1 to 1,000; 100 where absent. */
  readonly limit?: number;
}

export const pageLimit = ({ limit = 100 }: PageRequest): number =>
  Math.min(Math.max(Math.trunc(limit), 1), 1000);

/** Where the next page starts: the sort values of the last row, so that rows that come and go move nothing. */
export type Cursor = readonly (string | number)[];

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString("base64url");

/** `shape`: the type of each value, as `readCursor` is handed what came from outside. */
export function readCursor(text: string, shape: readonly ("string" | "number")[]): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown;
    if (
      Array.isArray(cursor) &&
      cursor.length === shape.length &&
      cursor.every((value, index) => typeof value === shape[index])
    )
      return cursor as Cursor;
  } catch {
    // Told below, in the same words.
  }
  throw storeFault("bad-cursor", `\`${text.slice(0, 80)}\` is no cursor of this list`);
}

/** One row more than asked for tells whether there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => Cursor,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length > limit && last !== undefined ? { items, next: writeCursor(cursor(last)) } : { items };
}
