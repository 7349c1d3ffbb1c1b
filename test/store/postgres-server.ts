import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { findPostgres } from "../../scripts/postgres.mjs";

/** A real PostgreSQL of its own in a folder of its own, for one test file. */
export interface PostgresServer {
  /** Of the database that always exists. */
  readonly url: string;
  readonly folder: string;
  /** A new, empty database; gives its address. */
  database(): Promise<string>;
  /** Ends the server and all its processes as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
function asUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(spawnSync("id", [flag, name]).stdout.toString().trim()),
    );
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid };
  }
  throw new Error(
    "the tests run as root, which PostgreSQL refuses, and there is neither `postgres` nor `nobody`",
  );
}

/** `fileKilobytes`: no file of it may grow beyond that, which is to a database what a full disk is. */
export async function startPostgres(
  settings: readonly string[] = [],
  fileKilobytes?: number,
): Promise<PostgresServer> {
  const programs = findPostgres();
  const user = asUser();
  const folder = mkdtempSync(join(tmpdir(), "remit-postgres-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
  const made = spawnSync(
    join(programs, "initdb"),
    [...["-D", data, "-U", "remit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]],
    { ...user, cwd: "/", encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const url = (name: string) => `postgres://remit@127.0.0.1:${String(port)}/${name}`;
  let server: ChildProcess | undefined;
  let said = "";
  const start = async (): Promise<void> => {
    const options = [
      ...["listen_addresses=127.0.0.1", `port=${String(port)}`, "unix_socket_directories="],
      ...["max_connections=40", "shared_buffers=64MB", "autovacuum=on", ...settings],
    ];
    said = "";
    const program = join(programs, "postgres");
    const args = ["-D", data, ...options.flatMap((option) => ["-c", option])];
    const [command, given]: [string, string[]] =
      fileKilobytes === undefined
        ? [program, args]
        : ["bash", ["-c", `ulimit -f ${String(fileKilobytes)}; exec "$0" "$@"`, program, ...args]];
    server = spawn(command, given, {
      ...user,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
    });
    server.stderr?.on("data", (text: Buffer) => {
      said = `${said}${text.toString()}`.slice(-4000);
    });
    await answers(url("postgres"), () => said);
  };
  const stopped = (): Promise<unknown> =>
    new Promise((resolve) => {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) resolve(undefined);
      else server.once("exit", resolve);
    });
  const kill = async (): Promise<void> => {
    const pid = server?.pid;
    if (pid === undefined) return;
    // The children first would let the server notice: all in one go.
    const children = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" }).stdout;
    for (const each of [String(pid), ...children.trim().split(/\s+/)].filter((text) => text !== "")) {
      try {
        process.kill(Number(each), "SIGKILL");
      } catch {
        // It had ended by itself.
      }
    }
    await stopped();
  };
  await start();
  let databases = 0;
  return {
    url: url("postgres"),
    folder: data,
    async database() {
      databases += 1;
      const name = `test_${String(databases)}`;
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    kill,
    start,
    async remove() {
      server?.kill("SIGQUIT");
      await stopped();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, said: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    // A server that dies while it starts: the next try tells.
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw new Error(`PostgreSQL does not start: ${said()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
