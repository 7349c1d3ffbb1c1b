import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { isStoreFault, storeFault } from "../fault.js";

/** The first line of an archive, which is gzipped JSON, a line a row. */
export interface ArchiveHead {
  readonly schema: "remit.archive/1";
  readonly createdAt: string;
  /** Steps that its tables have been through. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
}

export interface TableSum {
  readonly table: string;
  readonly rows: number;
  /** sha256 over the rows as they are written, each with a line end. */
  readonly sha256: string;
}

/** The last line: without it, or with other sums, the archive is not believed. */
export interface ArchiveEnd {
  readonly end: true;
  readonly tables: readonly TableSum[];
}

export type ArchiveLine =
  | { readonly kind: "head"; readonly head: ArchiveHead }
  | { readonly kind: "row"; readonly table: string; /** JSON, as it was written. */ readonly row: string }
  | { readonly kind: "end"; readonly end: ArchiveEnd };

/** A row takes no parsing to be copied: `{"table":"NAME","row":…}`. */
const rowLine = /^\{"table":"([a-z_]+)","row":(\{.*\})\}$/s;

export const writeRow = (table: string, row: string): string => `{"table":"${table}","row":${row}}\n`;

/** Counts the rows of every table and sums them up. */
export interface Sums {
  readonly add: (table: string, row: string) => void;
  readonly all: () => readonly TableSum[];
}

export function createSums(tables: readonly string[]): Sums {
  const sums = new Map(tables.map((table) => [table, { rows: 0, hash: createHash("sha256") }]));
  return {
    add(table, row) {
      const sum = sums.get(table);
      if (sum === undefined)
        throw storeFault("unreadable", `an archive has no table \`${table.slice(0, 40)}\``);
      sum.rows += 1;
      sum.hash.update(row).update("\n");
    },
    all: () =>
      [...sums].map(([table, { rows, hash }]) => ({ table, rows, sha256: hash.copy().digest("hex") })),
  };
}

/**
 * Line by line; memory does not grow with the archive. Rejects where it is no archive, was cut off, or its rows are
 * not those of its last line, in that order of looking: all of it is read before anybody may believe it.
 */
export async function* readArchive(path: string, tables: readonly string[]): AsyncGenerator<ArchiveLine> {
  const sums = createSums(tables);
  let [head, end]: [ArchiveHead | undefined, ArchiveEnd | undefined] = [undefined, undefined];
  for await (const text of linesOf(path)) {
    if (end !== undefined) throw storeFault("unreadable", `\`${path}\` goes on after its end`);
    if (head === undefined) {
      head = headOf(text, path);
      yield { kind: "head", head };
      continue;
    }
    const [, table, row] = rowLine.exec(text) ?? [];
    if (table !== undefined && row !== undefined) {
      sums.add(table, row);
      yield { kind: "row", table, row };
      continue;
    }
    end = endOf(text, path);
  }
  if (end === undefined) throw storeFault("unreadable", `\`${path}\` was cut off: its last line is missing`);
  const [counted, stated] = [JSON.stringify(sums.all()), JSON.stringify(end.tables)];
  if (counted !== stated)
    throw storeFault("unreadable", `the rows of \`${path}\` are not those that were written`);
  yield { kind: "end", end };
}

/** Longer than any row: a document is kept in parts of a megabyte, a finding in less. */
const longestLine = 64 * 1024 * 1024;

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const plain = file.pipe(createGunzip());
  file.on("error", (error) => plain.destroy(error));
  const decoder = new StringDecoder("utf8");
  let held = "";
  try {
    for await (const bytes of plain as AsyncIterable<Buffer>) {
      const parts = decoder.write(bytes).split("\n");
      parts[0] = held + (parts[0] ?? "");
      held = parts.pop() ?? "";
      if (held.length > longestLine) throw storeFault("unreadable", `\`${path}\` holds a line without end`);
      yield* parts;
    }
  } catch (error) {
    if (isStoreFault(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw storeFault("unreadable", `\`${path}\` cannot be read: ${why}`, error);
  } finally {
    file.destroy();
    plain.destroy();
  }
  if (held !== "") yield held;
}

function headOf(text: string, path: string): ArchiveHead {
  const head = parsed(text) as Partial<ArchiveHead> | undefined;
  if (head?.schema !== "remit.archive/1" || !Array.isArray(head.migrations))
    throw storeFault("unreadable", `\`${path}\` is no archive of Remit`);
  return head as ArchiveHead;
}

function endOf(text: string, path: string): ArchiveEnd {
  const end = parsed(text) as Partial<ArchiveEnd> | undefined;
  if (end?.end !== true || !Array.isArray(end.tables))
    throw storeFault("unreadable", `\`${path}\` holds a line that is no row: ${text.slice(0, 60)}`);
  return end as ArchiveEnd;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
