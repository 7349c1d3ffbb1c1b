import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from "kysely";
import { translateError } from "../fault.js";
import type { EmbeddedLink } from "./embedded-link.js";

interface EmbeddedConnection extends DatabaseConnection {
  readonly release: () => void;
}

/** PostgreSQL over one connection: a transaction has it alone from BEGIN to its end. */
export function embeddedDialect(link: EmbeddedLink): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => embeddedDriver(link),
  };
}

function embeddedDriver(link: EmbeddedLink): Driver {
  const run = async (sql: string): Promise<void> => {
    await link.query(sql, []);
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connectionOf(link, await link.turns.take()),
    beginTransaction: async (_connection, settings) =>
      run(
        settings.isolationLevel === undefined ? "begin" : `begin isolation level ${settings.isolationLevel}`,
      ),
    commitTransaction: async () => run("commit"),
    rollbackTransaction: async () => run("rollback"),
    releaseConnection: async (connection) => (connection as EmbeddedConnection).release(),
    destroy: async () => undefined,
  };
}

function connectionOf(link: EmbeddedLink, release: () => void): EmbeddedConnection {
  return {
    release,
    async executeQuery<Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
      const { rows, affected } = await link.query(sql, parameters).catch((error: unknown) => {
        throw translateError(error);
      });
      return { rows: rows as Row[], numAffectedRows: BigInt(affected) } satisfies QueryResult<Row>;
    },
    streamQuery() {
      throw new Error("the embedded database streams nothing: ask page by page");
    },
  };
}
