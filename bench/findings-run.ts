/** `node findings-run.js streamed|whole|general FILE [FOLDER of the parser]`: one run, figures as JSON. */
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadFindings } from "../src/readers/load-findings.js";
import { loadReferenceData } from "../src/readers/reference/index.js";

export type FindingsRunKind = "streamed" | "whole" | "general";

export interface FindingsRun {
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Highest resident memory of the process above that before the run. */
  readonly peakMb: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
  /** What the findings hold once the run is over, with what they say. */
  readonly keptMb: number;
  /** Findings that are held: failing rows, each with its place and its exposure. */
  readonly kept: number;
  readonly version?: string;
}

type Stage = NodeJS.ReadWriteStream;

/** stream-json with its streamer of array members, as its documentation puts them together. */
async function general(path: string, folder: string): Promise<() => Promise<number>> {
  const find = createRequire(join(folder, "package.json"));
  const load = async (name: string): Promise<unknown> => import(pathToFileURL(find.resolve(name)).href);
  const { parser } = (await load("stream-json")) as { parser: () => unknown };
  const { streamArray } = (await load("stream-json/streamers/stream-array.js")) as {
    streamArray: () => unknown;
  };
  const { default: chain } = (await load("stream-chain")) as { default: (stages: unknown[]) => Stage };
  return async () => {
    let rows = 0;
    for await (const item of chain([createReadStream(path), parser(), streamArray()]))
      if (item !== null) rows += 1;
    return rows;
  };
}

interface Outcome {
  readonly rows: number;
  readonly kept: number;
  /** Keeps from being collected what is to be weighed. */
  readonly held?: unknown;
}

async function workOf(kind: string, path: string, folder: string): Promise<() => Promise<Outcome>> {
  if (kind === "general") {
    const read = await general(path, folder);
    return async () => ({ rows: await read(), kept: 0 });
  }
  if (kind === "whole")
    return () => {
      const { length: rows } = JSON.parse(readFileSync(path, "utf8")) as unknown[];
      return Promise.resolve({ rows, kept: 0 });
    };
  const reference = loadReferenceData().checks;
  reference.prowler("aws", "s3_bucket_public_access");
  return async () => {
    const held = await loadFindings([path], { reference });
    const kept = held.exposures.reduce((sum, { findings }) => sum + findings.length, 0);
    return { rows: held.counts.rows, kept, held };
  };
}

const [kind = "", path = "", folder = ""] = process.argv.slice(2);
const work = await workOf(kind, path, folder);
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const heapBefore = heap();
const before = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const started = performance.now();
const outcome = await work();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
const peak = process.resourceUsage().maxRSS * 1024 - before;
const keptMb = (heap() - heapBefore) / 1e6;
const { rows, kept } = outcome;
const manifest = join(folder, "node_modules/stream-json/package.json");
const { version } =
  folder === "" ? {} : (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version?: string });
const figures: FindingsRun = {
  rows,
  rowsPerSecond: rows / seconds,
  peakMb: peak / 1e6,
  cpuSeconds: (user + system) / 1e6,
  keptMb: outcome.held === undefined ? 0 : keptMb,
  kept,
  ...(version === undefined ? {} : { version }),
};
process.stdout.write(JSON.stringify(figures));
