import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium, type Browser } from "playwright-core";
import { longCase, longFoldedCase } from "./long-path.js";
import { acting, drawing, type Acting } from "./web-acts.js";
import { pageCpuMs, quantile, serverCpuMs, window, type Bench } from "./web-at.js";
import { readyScript } from "./web-page.js";

/** Milliseconds; processor time is of the server with its database, and of the page's own process. */
export interface Opened {
  readonly worstMs: number;
  readonly medianMs: number;
  readonly serverCpuMs: number;
  readonly pageCpuMs: number;
  readonly requests: number;
  readonly kilobytes: number;
}

export interface WebBench extends Acting {
  readonly cases: number;
  readonly afterStartMs: number;
  readonly remit: Opened;
  readonly list: Opened;
  readonly nodes: number;
  readonly pathMs: number;
  readonly pathCpuMs: number;
  readonly longer: number;
  readonly longerNodes: number;
  readonly longerMs: number;
  readonly initialKb: number;
}

const openings = 7;

/** The product with so many cases in its embedded database, looked at in a browser whose cache is empty. */
export async function webBench(root: string, cases: number, nodes: number): Promise<WebBench> {
  const home = mkdtempSync(join(tmpdir(), "remit-bench-web-"));
  const script = fileURLToPath(new URL("./web-seed.js", import.meta.url));
  const seeded = spawnSync(process.execPath, [script, home, String(cases), String(nodes)], {
    cwd: root,
    encoding: "utf8",
  });
  if (seeded.status !== 0) throw new Error(`the installation was not filled: ${seeded.stderr}`);
  const server = await serve(root, home);
  const browser = await launch(root);
  try {
    const at: Bench = { browser, ...server };
    const [first] = await openTimes(at, "/cases", "[data-row]", 1);
    const list = await opened(at, "/cases", "[data-row]");
    const remit = await opened(at, "/remit", "[data-row]");
    const acted = await acting(at);
    const paths = await drawing(at, longCase, nodes);
    const folded = await drawing(at, longFoldedCase, 3);
    return {
      cases,
      afterStartMs: first?.ms ?? 0,
      remit,
      list,
      ...acted,
      nodes: paths.nodes,
      pathMs: paths.ms,
      pathCpuMs: paths.cpuMs,
      longer: nodes * 2,
      longerNodes: folded.nodes,
      longerMs: folded.ms,
      initialKb: initialKb(join(root, "dist/web")),
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function serve(root: string, home: string) {
  const child = spawn(process.execPath, [join(root, "bin/remit"), "serve", "--example", "--port", "0"], {
    cwd: root,
    env: { ...process.env, REMIT_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = await new Promise<string>((found, lost) => {
    let said = "";
    const heard = (chunk: Buffer): void => {
      said += chunk.toString();
      const [, url] = /serving on (http:\S+)/.exec(said) ?? [];
      if (url !== undefined) found(url);
    };
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    child.once("exit", (code) => lost(new Error(`the product ended with ${String(code)}: ${said}`)));
  });
  return {
    address,
    process: child,
    stop: async (): Promise<void> => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function launch(root: string): Promise<Browser> {
  const { findChromium } = (await import(pathToFileURL(join(root, "scripts/chromium.mjs")).href)) as {
    readonly findChromium: () => string;
  };
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", ...sandbox];
  return chromium.launch({ executablePath: findChromium(), headless: true, args });
}

interface Opening {
  readonly ms: number;
  readonly serverMs: number;
  readonly pageMs: number;
  readonly requests: number;
  readonly bytes: number;
}

async function openTimes(at: Bench, path: string, row: string, times: number): Promise<readonly Opening[]> {
  const found: Opening[] = [];
  for (let time = 0; time < times; time += 1) {
    const context = await window(at);
    const page = await context.newPage();
    await page.addInitScript({ content: readyScript(row) });
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      sizes.push(
        request.sizes().then(
          ({ responseBodySize }) => responseBodySize,
          () => 0,
        ),
      );
    });
    const [server, own] = [serverCpuMs(at), await pageCpuMs(at)];
    await page.goto(path, { waitUntil: "commit" });
    const ms = await page.evaluate<number>("window.benchReady");
    const counted = sizes.length;
    found.push({
      ms,
      serverMs: serverCpuMs(at) - server,
      pageMs: (await pageCpuMs(at)) - own,
      requests: counted,
      bytes: (await Promise.all(sizes.slice(0, counted))).reduce((sum, size) => sum + size, 0),
    });
    await context.close();
  }
  return found;
}

async function opened(at: Bench, path: string, row: string): Promise<Opened> {
  const times = await openTimes(at, path, row, openings);
  const middle = (of: (time: Opening) => number): number => quantile(times.map(of), 0.5);
  return {
    worstMs: quantile(
      times.map(({ ms }) => ms),
      1,
    ),
    medianMs: middle(({ ms }) => ms),
    serverCpuMs: middle(({ serverMs }) => serverMs),
    pageCpuMs: middle(({ pageMs }) => pageMs),
    requests: middle(({ requests }) => requests),
    kilobytes: middle(({ bytes }) => bytes) / 1000,
  };
}

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** What is loaded before anything is seen, gzipped. */
function initialKb(folder: string): number {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Readonly<
    Record<string, Chunk>
  >;
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const other of manifest[name]?.imports ?? []) add(other);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry === true) add(name);
  return [...needed].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, manifest[name]?.file ?? ""))).length / 1000,
    0,
  );
}
