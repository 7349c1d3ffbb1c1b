import { sql, type Kysely } from "kysely";
import type { Engine } from "../engine/engine.js";
import { storeFault } from "../fault.js";
import type { Migration } from "./migration.js";
import { statementsOf } from "./statements.js";

export interface Migrated {
  /** Names of the steps that ran now; empty where the database was up to date. */
  readonly ran: readonly string[];
  /** Where the copy lies that was made before; only of an embedded database that held data. */
  readonly backup?: string;
}

/** Of the advisory lock: two processes that start at the same time migrate one after the other. */
const migrationLock = 7_373_001;

/**
 * Brings a database to the last of the given migrations, each in one transaction with its entry. Refuses a database
 * that a later release has written, and one whose past differs from what this release holds.
 */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  engine: Engine,
  migrations: readonly Migration[],
  now: string,
): Promise<Migrated> {
  const held = await entries(db);
  const pending = check(held, migrations);
  if (pending.length === 0) return { ran: [] };
  const backup =
    held.length === 0 ? undefined : await engine.backup?.(`before-${pending[0]?.name ?? ""}-${stamp(now)}`);
  const ran = await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(tx);
    await sql`create table if not exists migrations (
      name text primary key, checksum text not null, ran_at timestamptz not null)`.execute(tx);
    // Another process may have been faster.
    const left = check(await entries(tx), migrations);
    for (const { name, checksum, sql: text } of left) {
      for (const statement of statementsOf(text)) await sql.raw(statement).execute(tx);
      await sql`insert into migrations values (${name}, ${checksum}, ${now})`.execute(tx);
    }
    return left.map(({ name }) => name);
  });
  return { ran, ...(backup === undefined ? {} : { backup }) };
}

interface Entry {
  readonly name: string;
  readonly checksum: string;
}

async function entries<Tables>(db: Kysely<Tables>): Promise<readonly Entry[]> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('migrations') is not null as there`.execute(db);
  if (rows[0]?.there !== true) return [];
  const held = await sql<Entry>`select name, checksum from migrations order by name collate "C"`.execute(db);
  return held.rows;
}

function check(held: readonly Entry[], migrations: readonly Migration[]): readonly Migration[] {
  held.forEach(({ name, checksum }, index) => {
    const own = migrations[index];
    if (own === undefined || own.name !== name)
      throw storeFault("newer", `the database was written by a later release of Remit (\`${name}\`)`);
    if (own.checksum !== checksum)
      throw storeFault(
        "changed-migration",
        `the migration \`${name}\` that ran on this database is not the one of this release`,
      );
  });
  return migrations.slice(held.length);
}

const stamp = (now: string): string => now.replaceAll(/[-:]/g, "").slice(0, 15);
