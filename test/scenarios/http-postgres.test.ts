import { afterAll } from "vitest";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";
import { deep } from "../settings.js";
import { scenariosOverHttp } from "./http-suite.js";

let server: PostgresServer | undefined;
scenariosOverHttp(async () => {
  server = await startPostgres();
  return { kind: "postgres", url: await server.database() };
  // What a fact changes is decided before any database: the quick run asks that of the embedded one.
}, deep);
afterAll(() => server?.remove());
