import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { analyzeFiles } from "../src/app/analyze-files.js";
import { generateLandingZone } from "../test/generators/landing-zone.js";

export interface AnalysisBench {
  readonly name: string;
  readonly cases: number;
  readonly seconds: number;
  /** Processor time, which other work on the machine stretches less. */
  readonly cpuSeconds: number;
}

const now = "2026-11-22T00:00:00Z";

async function timed(
  name: string,
  estate: readonly string[],
  findings: readonly string[],
): Promise<AnalysisBench> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { cases } = await analyzeFiles({ estate, findings, now, includeConfiguration: false });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { name, cases: cases.length, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** One real account with the findings of the corpus: files to decided cases, in this process. */
export const corpusBench = (root: string): Promise<AnalysisBench> =>
  timed(
    "one account of the corpus with all its findings",
    [join(root, "test/corpus/estates/cloudsplaining-example")],
    [join(root, "test/corpus/findings/prowler-ocsf"), join(root, "test/corpus/findings/asff")],
  );

/** A generated organisation: files to decided cases, in this process. */
export async function landingZoneBench(accounts: number): Promise<AnalysisBench> {
  const folder = mkdtempSync(join(tmpdir(), "remit-bench-"));
  try {
    const { estate, findings } = generateLandingZone({ accounts, seed: 7 });
    for (const [part, files] of [
      ["estate", estate],
      ["findings", findings],
    ] as const) {
      for (const { path, text } of files) {
        const at = join(folder, part, path);
        mkdirSync(dirname(at), { recursive: true });
        writeFileSync(at, text);
      }
    }
    return await timed(
      `landing zone of ${accounts} accounts`,
      [join(folder, "estate")],
      [join(folder, "findings")],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `remit analyze` on the example, from the start of the process to its end: the median of `runs`. */
export function exampleBench(root: string, runs = 5): { readonly seconds: number; readonly best: number } {
  const args = ["bin/remit", "analyze", "--estate", "examples/estate", "--findings", "examples/findings"];
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [...args, "--catalogue", "examples/remit.yaml", "--now", now, "--format", "json"],
      { cwd: root, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    if (status !== 0 && status !== 3) throw new Error(`the example did not run: ${stderr}`);
    return (performance.now() - start) / 1000;
  }).sort((a, b) => a - b);
  return { seconds: times[Math.floor(runs / 2)] ?? 0, best: times[0] ?? 0 };
}
