import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeFindings } from "./findings.bench.js";
import type { StoreRun } from "./store-run.js";

export interface StoreBench {
  readonly embedded: StoreRun;
  readonly postgres: StoreRun;
}

/** Each in a process of its own, on a database of its own. */
export async function storeBench(
  root: string,
  rows: number,
  findings: number,
  cases: number,
): Promise<StoreBench> {
  const folder = mkdtempSync(join(tmpdir(), "remit-bench-"));
  chmodSync(folder, 0o755);
  try {
    const file = join(folder, "prowler.ocsf.json");
    await writeFindings(file, rows);
    const run = (kind: keyof StoreBench, at: string): StoreRun => {
      const script = fileURLToPath(new URL("./store-run.js", import.meta.url));
      // What is measured is what is enough, not what a heap grows to where nothing bounds it.
      const args = [
        `--max-old-space-size=${kind === "postgres" ? "300" : "400"}`,
        script,
        kind,
        file,
        String(findings),
        String(cases),
        at,
      ];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`the ${kind} run failed: ${stderr}`);
      return JSON.parse(stdout) as StoreRun;
    };
    const postgres = await withPostgres(root, folder, (url) => run("postgres", url));
    return { postgres, embedded: run("embedded", join(folder, "home")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server of its own, as it is installed: nothing is tuned. */
async function withPostgres<Result>(
  root: string,
  folder: string,
  work: (url: string) => Result,
): Promise<Result> {
  const { findPostgres } = (await import(pathToFileURL(join(root, "scripts/postgres.mjs")).href)) as {
    readonly findPostgres: () => string;
  };
  const programs = findPostgres();
  const data = join(folder, "postgres");
  mkdirSync(data, { mode: 0o700 });
  const id = (flag: string): number =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout.trim());
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  const made = spawnSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "remit", "-A", "trust", "-E", "UTF8", "--locale=C"],
    { ...user, cwd: "/", encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    { ...user, cwd: "/", stdio: "ignore" },
  );
  const url = `postgres://remit@127.0.0.1:${String(port)}/postgres`;
  try {
    const { default: pg } = await import("pg");
    for (let tries = 0; ; tries += 1) {
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => undefined);
      try {
        await client.connect();
        await client.end();
        break;
      } catch (error) {
        if (tries > 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    return work(url);
  } finally {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGINT");
    await ended;
  }
}
