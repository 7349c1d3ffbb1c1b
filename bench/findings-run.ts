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

async function workOf(kind: string, path: string, folder: string): Promise<() => Promise<number>> {
  if (kind === "general") return general(path, folder);
  if (kind === "whole")
    return () => Promise.resolve((JSON.parse(readFileSync(path, "utf8")) as unknown[]).length);
  const reference = loadReferenceData().checks;
  reference.prowler("aws", "s3_bucket_public_access");
  return async () => (await loadFindings([path], { reference })).counts.rows;
}

const [kind = "", path = "", folder = ""] = process.argv.slice(2);
const work = await workOf(kind, path, folder);
globalThis.gc?.();
const before = process.memoryUsage.rss();
const started = performance.now();
const rows = await work();
const seconds = (performance.now() - started) / 1000;
const manifest = join(folder, "node_modules/stream-json/package.json");
const { version } =
  folder === "" ? {} : (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version?: string });
const figures: FindingsRun = {
  rows,
  rowsPerSecond: rows / seconds,
  peakMb: (process.resourceUsage().maxRSS * 1024 - before) / 1e6,
  ...(version === undefined ? {} : { version }),
};
process.stdout.write(JSON.stringify(figures));
