import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Ends the process as a person would, and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/** The built product over a home of its own, on a port that is free. */
export async function serve(home: string, args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [join(root, "bin/remit"), "serve", ...args, "--port", "0"], {
    cwd: root,
    env: { ...process.env, REMIT_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Also when whoever waits for it gives up.
  process.once("exit", () => child.kill("SIGKILL"));
  const address = await new Promise<string>((found, lost) => {
    let said = "";
    const heard = (chunk: Buffer): void => {
      said += chunk.toString();
      const at = /serving on (http:\S+)/.exec(said)?.[1];
      if (at !== undefined) found(at);
    };
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    child.once("exit", (code) => lost(new Error(`the product ended with ${String(code)}: ${said}`)));
  });
  return {
    address,
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
