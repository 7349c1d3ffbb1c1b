import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "../server/start.js";
import { secret } from "../server/clean-installation.js";

/** A `remit serve` in a process of its own, over HTTP. */
export interface Served {
  readonly address: string;
  readonly pid: number;
  /** As the operator, whose token lies in the folder of the installation. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** What it has said so far. */
  readonly said: () => string;
  readonly kill: (signal: "SIGKILL" | "SIGTERM") => Promise<void>;
}

export interface ServedOptions {
  readonly home: string;
  readonly databaseUrl?: string;
  /** No file of the process may grow beyond it: what a full disk is to a database. */
  readonly fileKilobytes?: number;
}

export async function serveIn({ home, databaseUrl, fileKilobytes }: ServedOptions): Promise<Served> {
  const args = [program, "serve", "--port", "0"];
  const env = {
    ...process.env,
    REMIT_HOME: home,
    REMIT_SECRET_KEY: secret,
    REMIT_DATABASE_URL: databaseUrl ?? "",
    REMIT_HOST: "",
    REMIT_PORT: "",
  };
  const child: ChildProcess =
    fileKilobytes === undefined
      ? spawn(process.execPath, args, { env })
      : spawn(
          "bash",
          [
            "-c",
            `trap '' XFSZ; ulimit -f ${String(fileKilobytes)}; exec "$0" "$@"`,
            process.execPath,
            ...args,
          ],
          { env },
        );
  let said = "";
  const address = await new Promise<string>((found, lost) => {
    const hear = (chunk: unknown): void => {
      said = `${said}${String(chunk)}`.slice(-200_000);
      const match = /serving on (http:\S+)\n/.exec(said);
      if (match?.[1] !== undefined) found(match[1]);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("exit", () => {
      lost(new Error(`ended early: ${said}`));
    });
  });
  const token = readFileSync(join(home, "admin-token"), "utf8").trim();
  return {
    address,
    pid: child.pid ?? 0,
    said: () => said,
    ask: (path, init = {}) =>
      fetch(`${address}${path}`, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` },
      }),
    kill: (signal) =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) done();
        else {
          child.once("exit", () => {
            done();
          });
          child.kill(signal);
        }
      }),
  };
}
