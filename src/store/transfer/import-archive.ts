import { sql, Kysely, type Transaction } from "kysely";
import { openEngine, type Place } from "../engine/open-engine.js";
import { storeFault } from "../fault.js";
import { createKeyring } from "../keys/keyring.js";
import { migrate } from "../migrations/migrate.js";
import { migrations, type Migration } from "../migrations/migration.js";
import type { Tables } from "../tables.js";
import { createSums, readArchive, type ArchiveHead, type TableSum } from "./archive-lines.js";
import { archiveTables } from "./archive-tables.js";
import { rowsOf } from "./export-archive.js";
import { verifyArchive, type ArchiveReport } from "./verify-archive.js";

export interface ImportOptions {
  readonly place: Place;
  /** REMIT_SECRET_KEY of the installation that was exported; without it the key is not checked. */
  readonly secret?: string;
  readonly now: () => string;
}

export interface ImportedArchive {
  readonly tables: readonly TableSum[];
  readonly ledger: ArchiveReport;
}

/**
 * Brings a whole installation into an empty database, in one transaction: what it holds afterwards is read back and
 * held against the sums of the archive, and its ledger is verified first. Nothing stays of one that fails.
 */
export async function importArchive(path: string, options: ImportOptions): Promise<ImportedArchive> {
  const ledger = await verifyArchive(path);
  if (ledger.kind === "broken")
    throw storeFault(
      "damaged",
      `the ledger of \`${path}\` breaks at event ${String(ledger.at.position)}: ${ledger.at.because}`,
    );
  const engine = await openEngine(options.place, options.now);
  try {
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    const tables = archiveTables.map(({ name }) => name);
    const lines = readArchive(path, tables);
    const first = await lines.next();
    if (first.done === true || first.value.kind !== "head")
      throw storeFault("unreadable", `\`${path}\` is empty`);
    // An archive of an earlier release goes into tables as they were then, and these take the steps that follow.
    await migrate(db, engine, stepsOf(first.value.head), options.now());
    const sums = await db.transaction().execute(async (tx) => {
      await requireEmpty(tx, engine.place);
      let stated: readonly TableSum[] = [];
      let block: { table: string; rows: string[]; size: number } | undefined;
      const flush = async (): Promise<void> => {
        if (block !== undefined) await insertRows(tx, block.table, block.rows);
        block = undefined;
      };
      for await (const line of lines) {
        if (line.kind === "end") stated = line.end.tables;
        if (line.kind !== "row") continue;
        if (
          block !== undefined &&
          (block.table !== line.table || block.rows.length >= 1000 || block.size > 8e6)
        )
          await flush();
        block ??= { table: line.table, rows: [], size: 0 };
        block.rows.push(line.row);
        block.size += line.row.length;
      }
      await flush();
      await continueNumbers(tx);
      await compare(tx, stated);
      if (options.secret !== undefined)
        await createKeyring(tx, options.secret, options.now, () => "").ready();
      return stated;
    });
    await migrate(db, engine, migrations(), options.now());
    await sql`analyze`.execute(db);
    await db.destroy();
    return { tables: sums, ledger };
  } finally {
    await engine.close();
  }
}

function stepsOf(head: ArchiveHead): readonly Migration[] {
  const own = migrations();
  head.migrations.forEach(({ name, checksum }, index) => {
    if (own[index]?.name !== name || own[index].checksum !== checksum)
      throw storeFault("newer", `the archive was written by another release of Remit (\`${name}\`)`);
  });
  return own.slice(0, head.migrations.length);
}

/** A database that was only opened holds its own id and keys; with nothing sealed these may go. */
async function requireEmpty(tx: Transaction<Tables>, place: string): Promise<void> {
  for (const { name } of archiveTables) {
    if (name === "installation" || name === "data_keys") continue;
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
    if (rows.length > 0) throw storeFault("not-empty", `\`${place}\` is not empty: it holds ${name}`);
  }
  await tx.deleteFrom("data_keys").execute();
  await tx.deleteFrom("installation").execute();
}

async function insertRows(tx: Transaction<Tables>, table: string, rows: readonly string[]): Promise<void> {
  await sql`
    insert into ${sql.table(table)} overriding system value
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(",")}]`}::jsonb)`.execute(
    tx,
  );
}

/** Numbers that the database gives go on behind those that were brought in. */
async function continueNumbers(tx: Transaction<Tables>): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence('finding_events', 'position'),
      greatest((select max(position) from finding_events), 1),
      exists (select from finding_events))`.execute(tx);
}

/** What is in the tables now, row by row, against what the archive says that it wrote. */
async function compare(tx: Transaction<Tables>, stated: readonly TableSum[]): Promise<void> {
  await sql`set local time zone 'UTC'`.execute(tx);
  const sums = createSums(archiveTables.map(({ name }) => name));
  for (const table of archiveTables) for await (const row of rowsOf(tx, table)) sums.add(table.name, row);
  sums.all().forEach((sum, index) => {
    const wanted = stated[index];
    if (wanted?.sha256 !== sum.sha256 || wanted.rows !== sum.rows)
      throw storeFault(
        "damaged",
        `${sum.table}: ${String(sum.rows)} rows came in, and they are not the ${String(wanted?.rows ?? 0)} of the archive`,
      );
  });
}
