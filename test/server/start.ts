import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { root } from "./installed.js";

export const program = join(root, "bin/remit");

/** The environment of a `remit serve` of `home` alone. */
export const environmentOf = (home: string) => ({
  ...process.env,
  REMIT_HOME: home,
  REMIT_HOST: "",
  REMIT_PORT: "",
  REMIT_DATABASE_URL: "",
});

export interface Started {
  readonly address: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

/** `remit serve` on a free port; resolves when it answers. */
export async function startServer(home: string, ...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", ...args], {
    env: environmentOf(home),
  });
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  const address = await new Promise<string>((found, lost) => {
    let said = "";
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      const match = /serving on (http:\S+)\n/.exec(said);
      if (match?.[1] !== undefined) found(match[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => {
      lost(new Error(`ended early: ${said}`));
    });
  });
  return { address, child, ended };
}
