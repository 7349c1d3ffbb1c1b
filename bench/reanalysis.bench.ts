import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createAnalyst } from "../src/app/analyst/analyst.js";
import { analyzeFiles } from "../src/app/analyze-files.js";
import { generateLandingZone } from "../test/generators/landing-zone.js";

export interface ReanalysisBench {
  readonly what: string;
  /** Processor time, which other work on the machine stretches less; median of the rounds. */
  readonly fullSeconds: number;
  readonly againSeconds: number;
  readonly ratio: number;
  /** Exposures asked, and all that there are. */
  readonly asked: number;
  readonly exposures: number;
  /** Byte for byte. */
  readonly equal: boolean;
}

interface Row {
  status_code: string;
  readonly metadata: { readonly event_code: string };
  readonly resources: readonly { name: string; uid: string }[];
}

/** What one in a hundred is, in an organisation of a hundred accounts. */
const changes: Readonly<Record<string, (folder: string, round: number) => void>> = {
  "1 % of the findings"(folder, round) {
    const path = join(folder, "findings/prowler.ocsf.json");
    const rows = JSON.parse(readFileSync(path, "utf8")) as Row[];
    // Every hundredth passes now, or fails again; one of them is reported of another bucket.
    const changed = rows.filter((_, at) => at % 100 === round % 100);
    for (const row of changed) row.status_code = row.status_code === "PASS" ? "FAIL" : "PASS";
    const other = rows.find(
      ({ status_code, metadata, resources }) =>
        status_code === "FAIL" &&
        metadata.event_code === "s3_bucket_public_access" &&
        resources[0]?.name.endsWith("-site") === true,
    );
    for (const resource of other?.resources ?? []) {
      resource.name = resource.name.replace("-site", "-data");
      resource.uid = resource.uid.replace("-site", "-data");
    }
    writeFileSync(path, JSON.stringify(rows, null, 1));
  },
  "the documents of one account of a hundred"(folder, round) {
    const account = String(200000000000 + round);
    const path = join(folder, `estate/account-${account}/gaad-${account}.json`);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replaceAll("s3:GetObject", "s3:GetObject*"));
  },
};

/** Full analysis and re-analysis of the same documents in turn, in this process; the first of each warms up. */
export async function reanalysisBench(accounts: number, rounds = 5): Promise<readonly ReanalysisBench[]> {
  const folder = mkdtempSync(join(tmpdir(), "remit-bench-"));
  const measured: ReanalysisBench[] = [];
  try {
    const { estate, findings } = generateLandingZone({ accounts, seed: 7 });
    for (const [part, files] of [
      ["estate", estate],
      ["findings", findings],
    ] as const) {
      for (const { path, text } of files) {
        const at = join(folder, "begin", part, path);
        mkdirSync(dirname(at), { recursive: true });
        writeFileSync(at, text);
      }
    }
    for (const [what, change] of Object.entries(changes)) {
      const at = join(folder, "now");
      rmSync(at, { recursive: true, force: true });
      cpSync(join(folder, "begin"), at, { recursive: true, preserveTimestamps: true });
      const options = {
        estate: [join(at, "estate")],
        findings: [join(at, "findings")],
        now: "2026-11-22T12:00:00Z",
        includeConfiguration: false,
      };
      const analyst = createAnalyst();
      const changesEstate = !what.includes("findings");
      await analyst.analyse(options, "0");
      const [full, again] = [[] as number[], [] as number[]];
      let [asked, exposures, equal] = [0, 0, true];
      for (let round = 0; round <= rounds; round += 1) {
        change(at, round);
        const anew = await timed(() => analyzeFiles(options));
        const held = await timed(() => analyst.analyse(options, changesEstate ? String(round + 1) : "0"));
        equal &&= JSON.stringify(anew.value) === JSON.stringify(held.value.analysis);
        ({ asked } = held.value);
        exposures = anew.value.stats.exposures;
        if (round === 0) continue;
        full.push(anew.seconds);
        again.push(held.seconds);
      }
      const [fullSeconds, againSeconds] = [median(full), median(again)];
      measured.push({
        what,
        fullSeconds,
        againSeconds,
        ratio: againSeconds / fullSeconds,
        asked,
        exposures,
        equal,
      });
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; seconds: number }> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
