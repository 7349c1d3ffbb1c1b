import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../src/cli/main.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, from the project's folder, with a home of its own. */
export async function runRemit(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), "remit-home-"));
  let [out, err] = ["", ""];
  try {
    const code = await main(args, {
      out: (text) => {
        out += text;
        return Promise.resolve();
      },
      err: (text) => {
        err += text;
      },
      outIsTerminal: false,
      errIsTerminal: false,
      columns: undefined,
      env: { REMIT_HOME: home, ...env },
      elapsed: () => 0,
      now: () => "2026-11-22T12:00:00.000Z",
    });
    return { code, out, err };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The example company, as `npm start` asks for it. */
export const exampleInputs: readonly string[] = [
  ...["--estate", "examples/estate"],
  ...["--findings", "examples/findings"],
  ...["--catalogue", "examples/remit.yaml"],
];
