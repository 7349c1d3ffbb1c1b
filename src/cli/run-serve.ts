import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";

export interface ServeFlags {
  readonly host: string;
  readonly port: string;
  readonly home: string;
  readonly example?: boolean;
}

/** `remit serve`: until the process is told to stop. */
export async function runServe(flags: ServeFlags, io: Console): Promise<ExitCode> {
  const { isLoopback, createServer, defaultLimits, serve } = await import("../server/index.js");
  const host = stated(flags.host, "127.0.0.1", io.env["REMIT_HOST"]);
  // Until people can sign in, whoever reaches the port reads the report.
  if (!isLoopback(host)) throw fault("open-host", `\`${host}\``);
  const port = stated(flags.port, "7373", io.env["REMIT_PORT"]);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw fault("bad-port", `\`${port}\``);
  const { openInstallation, exampleClock, takeInExample, issueTokenFor, isStoreFault } =
    await import("../app/index.js");
  const root = projectRoot();
  const place = resolve(stated(flags.home, ".remit", io.env["REMIT_HOME"]));
  const home = flags.example === true ? join(place, "example") : place;
  const now = flags.example === true ? exampleClock(home, () => Date.parse(io.now())) : io.now;
  const databaseUrl = flags.example === true ? undefined : given(io.env["REMIT_DATABASE_URL"]);
  const secret = given(io.env["REMIT_SECRET_KEY"]);
  try {
    io.err(`opening ${databaseUrl === undefined ? home : "the database"}\n`);
    const installation = await openInstallation({
      home,
      now,
      program: join(root, "bin/remit"),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(secret === undefined ? {} : { secret }),
    });
    try {
      if (flags.example === true) await takeInExample(installation, root);
      const tokenFile = join(home, "admin-token");
      if (!existsSync(tokenFile)) {
        const all = ["read", "act", "import", "admin"] as const;
        const { secret: token } = await issueTokenFor(installation, "operator", {
          name: "first",
          scopes: all,
        });
        writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });
      }
      const app = createServer({
        installation,
        newId: randomUUID,
        elapsed: io.elapsed,
        log: (line) => {
          io.err(`${JSON.stringify({ at: io.now(), ...line })}\n`);
        },
        limits: defaultLimits,
      });
      const serving = await serve(app, host, Number(port)).catch((error: unknown) => {
        throw listenFault(error, host, port);
      });
      await io.out(`token of the operator: ${tokenFile}\nserving on ${serving.address}\n`);
      await stopped();
      await serving.close();
      return 0;
    } finally {
      await installation.store.close();
    }
  } catch (error) {
    if (isStoreFault(error)) throw fault("store", `${error.message}: ${error.hint}`);
    throw error;
  }
}

/** The switch, else the variable, else what stands in the help. */
const stated = (flag: string, standard: string, variable: string | undefined): string =>
  flag === standard ? (given(variable) ?? standard) : flag;

const given = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

function listenFault(error: unknown, host: string, port: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EADDRINUSE" ? fault("port-taken", `${port} on \`${host}\``) : error;
}

const stopped = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        done();
      });
  });

/** The folder that holds `bin/remit`. */
function projectRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, "bin/remit")) && dirname(at) !== at) at = dirname(at);
  return at;
}
