import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../src/cli/main.js";
import type { Console } from "../../src/cli/console.js";
import type { Analysis } from "../../src/core/decision/index.js";
import type { GeneratedFile } from "../generators/landing-zone.js";

export const now = "2026-11-22T12:00:00Z";

export interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in process, as a person at a pipe sees it: 160 columns, no colour, a fixed time. */
export async function remit(...argv: readonly string[]): Promise<Run> {
  let out = "";
  let err = "";
  const console: Console = {
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
    env: { REMIT_HOME: join(tmpdir(), "remit-first-minute-home") },
    elapsed: () => 0,
    now: () => now,
  };
  const exit = await main([...argv, "--now", now], console);
  return { exit, out, err };
}

export interface Inputs {
  readonly estate?: readonly string[];
  readonly findings?: readonly string[];
  readonly catalogue?: string;
}

const flagsOf = ({ estate = [], findings = [], catalogue }: Inputs): readonly string[] => [
  ...(estate.length === 0 ? [] : ["--estate", ...estate]),
  ...(findings.length === 0 ? [] : ["--findings", ...findings]),
  ...(catalogue === undefined ? [] : ["--catalogue", catalogue]),
];

export const table = (inputs: Inputs, ...more: readonly string[]): Promise<Run> =>
  remit("analyze", ...flagsOf(inputs), ...more);

export async function analysis(inputs: Inputs): Promise<Analysis> {
  const { out, err } = await remit("analyze", ...flagsOf(inputs), "--format", "json");
  if (!out.startsWith("{")) throw new Error(`no document: ${err}`);
  return JSON.parse(out) as Analysis;
}

/** Writes files into a folder of their own; `remove` takes it away. */
export function written(files: readonly GeneratedFile[]): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "remit-first-minute-"));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
