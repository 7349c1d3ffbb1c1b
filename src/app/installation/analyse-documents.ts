import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, sep } from "node:path";
import type { Analysis } from "../../core/decision/index.js";
import { knownFile, readRows, type ReadRows } from "../findings-rows.js";
import type { Watched } from "../watched-exposures.js";

/** Documents as they are stored, read when they are needed. */
export interface AnalysedDocument {
  /** Relative, with `/`; as it is shown in evidence. */
  readonly path: string;
  readonly bytes: () => Promise<Uint8Array>;
  /** ISO instant: when it was taken in. A document that does not say of when it is shows the world of then, not of now. */
  readonly takenAt: string;
  /** sha256 of the bytes. */
  readonly digest: string;
}

export interface AnalysisRequest {
  readonly estate: readonly AnalysedDocument[];
  readonly findings: readonly AnalysedDocument[];
  readonly catalogue?: Uint8Array;
  /** ISO instant. */
  readonly now: string;
  /** Digests of findings whose rows are stored already. */
  readonly stored?: readonly string[];
  /** Exposures that the estate itself once showed, and that cases are about. */
  readonly watched?: readonly Watched[];
}

/** The analysis, and its bytes as they were written. */
export interface MadeAnalysis {
  readonly bytes: Uint8Array;
  readonly analysis: Analysis;
  /** Rows of findings that are not stored yet: read once, with the analysis. Absent where they were not asked for. */
  readonly rows?: ReadRows;
}

export type AnalyseDocuments = (request: AnalysisRequest) => Promise<MadeAnalysis>;

/** Completed, completed with a failed condition, completed with rejected input. */
export const completed: ReadonlySet<number | null> = new Set([0, 1, 3]);

/**
 * Analyses in a process of its own, in a folder that only it sees: a large estate neither stops the server from
 * answering nor takes its memory, and evidence names documents as they were uploaded. `program`: `bin/remit`; `secret`: what
 * equal secrets of different imports are recognised by (REMIT_SECRET_KEY), handed over where only this user sees it.
 */
export function analyseInProcess(program: string, secret?: string): AnalyseDocuments {
  return async ({ estate, findings, catalogue, now, stored, watched = [] }) => {
    const folder = await mkdtemp(join(tmpdir(), "remit-analysis-"));
    try {
      const [estatePath, findingsPath] = ["estate", "findings"];
      await writeDocuments(join(folder, estatePath), estate);
      await writeDocuments(join(folder, findingsPath), findings);
      if (catalogue !== undefined) await writeFile(join(folder, "remit.yaml"), catalogue, { mode: 0o600 });
      const [out, rows] = ["analysis.json", "rows.jsonl"];
      if (stored !== undefined)
        await writeFile(join(folder, knownFile(rows)), JSON.stringify(stored), { mode: 0o600 });
      const watchedPath = "watched.json";
      if (watched.length > 0)
        await writeFile(join(folder, watchedPath), JSON.stringify(watched), { mode: 0o600 });
      const code = await runProgram({ program, secret, cwd: folder }, [
        "analyze",
        ...(estate.length > 0 ? ["--estate", estatePath] : []),
        ...(findings.length > 0 ? ["--findings", findingsPath] : []),
        ...(catalogue === undefined ? [] : ["--catalogue", "remit.yaml"]),
        ...(stored === undefined ? [] : ["--rows-out", rows]),
        ...(watched.length === 0 ? [] : ["--watched", watchedPath]),
        ...["--now", now, "--format", "json", "--out", out],
      ]);
      if (!completed.has(code.exit))
        throw new Error(`the analysis ended with ${String(code.exit)}: ${code.said}`);
      const bytes = await readFile(join(folder, out));
      return {
        bytes,
        analysis: JSON.parse(bytes.toString("utf8")) as Analysis,
        ...(stored === undefined ? {} : { rows: await readRows(join(folder, rows)) }),
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** Below a folder that only this user sees; each as old as when it was taken in. */
export async function writeDocuments(folder: string, documents: readonly AnalysedDocument[]): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const { path, bytes, takenAt } of documents) {
    const target = join(folder, normalize(path));
    if (!target.startsWith(folder + sep)) throw new Error(`the name \`${path}\` leads out of its folder`);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, await bytes(), { mode: 0o600 });
    await utimes(target, new Date(takenAt), new Date(takenAt));
  }
}

/** The last of what it said, for the message of a failure. */
const mostSaid = 2000;

export function runProgram(
  {
    program,
    secret,
    cwd,
  }: { readonly program: string; readonly secret: string | undefined; readonly cwd: string },
  args: readonly string[],
): Promise<{ readonly exit: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      env: secret === undefined ? process.env : { ...process.env, REMIT_SECRET_KEY: secret },
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-mostSaid)));
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, said: said.trim() }));
  });
}
