import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import pg from "pg";
import { storeFault, translateError } from "../fault.js";
import type { Engine } from "./engine.js";
import { valueParsers } from "./value-types.js";

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly connections?: number;
  /** How long a question may wait for a connection. */
  readonly patienceMs?: number;
}

/** Connects to PostgreSQL 15 or later. Connections that break are replaced by the next question. */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const { url, connections = 10, patienceMs = 30_000 } = options;
  const place = placeOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    application_name: "remit",
    // A server that vanished without a word is noticed.
    keepAlive: true,
    types: { getTypeParser: typeParser },
  });
  // An idle connection that the server closed: the pool has dropped it already and opens another when asked.
  pool.on("error", () => undefined);
  try {
    await checkServer(pool, place);
  } catch (error) {
    await pool.end();
    throw translateError(error);
  }
  return {
    kind: "postgres",
    place,
    dialect: new PostgresDialect({ pool: translated(pool) }),
    close: () => (pool.ended ? Promise.resolve() : pool.end()),
  };
}

const defaultParser = pg.types.getTypeParser as (oid: number, format: string) => unknown;

/** Instants as ISO strings, counts as numbers; everything else as the driver reads it. */
const typeParser = ((oid: number, format: string = "text"): unknown =>
  valueParsers[oid] ?? defaultParser(oid, format)) as typeof pg.types.getTypeParser;

/** The pool with errors in the words of the store. */
function translated(pool: pg.Pool): PostgresPool {
  const told = (error: unknown): never => {
    throw translateError(error);
  };
  return {
    async connect() {
      const client = await pool.connect().catch(told);
      let broken: Error | undefined;
      // Between two statements of a transaction nobody else listens, and an unheard error ends the process.
      const onError = (error: Error): void => {
        broken = error;
      };
      client.on("error", onError);
      return {
        query: ((sql: string, params: readonly unknown[]) =>
          client.query(sql, [...params]).catch(told)) as unknown as PostgresPoolClient["query"],
        release() {
          client.off("error", onError);
          client.release(broken);
        },
      };
    },
    end: () => (pool.ended ? Promise.resolve() : pool.end()),
  };
}

async function checkServer(pool: pg.Pool, place: string): Promise<void> {
  const { rows } = await pool.query<{ version: string; encoding: string }>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const [first] = rows;
  const version = Number(first?.version ?? 0);
  if (version < 150_000)
    throw storeFault("wrong-database", `${place} is PostgreSQL ${String(Math.floor(version / 10_000))}`);
  if (first?.encoding !== "UTF8")
    throw storeFault("wrong-database", `${place} has the encoding ${first?.encoding ?? "?"}`);
}

/** Without user and password: it is shown and logged. */
function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `postgres://${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch (error) {
    throw storeFault(
      "unavailable",
      "REMIT_DATABASE_URL is no address: write `postgres://USER:PASSWORD@HOST:PORT/DATABASE`",
      error,
    );
  }
}
