import { afterAll } from "vitest";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";
import { scenariosOverHttp } from "./http-suite.js";

let server: PostgresServer | undefined;
scenariosOverHttp(async () => {
  server = await startPostgres();
  return { kind: "postgres", url: await server.database() };
});
afterAll(() => server?.remove());
