import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql, type Kysely, type Transaction } from "kysely";
import { syncFolder } from "../engine/sync-files.js";
import { migrations } from "../migrations/migration.js";
import type { Tables } from "../tables.js";
import { createSums, writeRow, type ArchiveHead, type TableSum } from "./archive-lines.js";
import { archiveTables, type ArchiveTable } from "./archive-tables.js";

/**
 * Writes everything into one file, as of one moment: whole or not at all. Sealed data stay sealed, so that the file
 * tells no more than the database does, and the secret key is needed to read it elsewhere.
 */
export async function exportArchive(
  db: Kysely<Tables>,
  path: string,
  now: string,
): Promise<readonly TableSum[]> {
  const aside = `${path}.part`;
  const sums = createSums(archiveTables.map(({ name }) => name));
  try {
    await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (tx) => {
        // Instants read the same on every machine.
        await sql`set local time zone 'UTC'`.execute(tx);
        await pipeline(
          linesOf(tx, now, sums.add, sums.all),
          createGzip({ level: 4 }),
          createWriteStream(aside, { mode: 0o600 }),
        );
      });
    const file = await open(aside, "r+");
    await file.sync();
    await file.close();
    await rename(aside, path);
    syncFolder(dirname(path));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  return sums.all();
}

async function* linesOf(
  tx: Transaction<Tables>,
  now: string,
  add: (table: string, row: string) => void,
  all: () => readonly TableSum[],
): AsyncGenerator<string> {
  const head: ArchiveHead = {
    schema: "remit.archive/1",
    createdAt: now,
    migrations: migrations().map(({ name, checksum }) => ({ name, checksum })),
  };
  yield `${JSON.stringify(head)}\n`;
  for (const table of archiveTables)
    for await (const row of rowsOf(tx, table)) {
      add(table.name, row);
      yield writeRow(table.name, row);
    }
  yield `${JSON.stringify({ end: true, tables: all() })}\n`;
}

/** The rows of a table in the order of its key, as JSON that PostgreSQL writes and reads back. */
export async function* rowsOf(
  db: Kysely<Tables>,
  { name, key, block }: ArchiveTable,
): AsyncGenerator<string> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: string | undefined;
  for (;;) {
    const after =
      last === undefined
        ? sql``
        : sql`where (${columns}) > (select ${columns} from jsonb_populate_record(null::${sql.table(name)}, ${last}::jsonb))`;
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(name)} as t ${after} order by ${columns} limit ${sql.lit(block)}`.execute(
      db,
    );
    for (const { row } of rows) yield row;
    last = rows.at(-1)?.row;
    if (rows.length < block) return;
  }
}
