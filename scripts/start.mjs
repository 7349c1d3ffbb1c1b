/**
 * `npm start`: analyses the example estate, prints its decisions and serves the report.
 *
 *   --host NAME   default REMIT_HOST or 127.0.0.1; only names of this machine
 *   --port N      default REMIT_PORT or 7373; 0 takes a free one
 *   --once        print and end, without serving
 *
 * Exit codes: 0 ended by --once, SIGINT or SIGTERM; 2 wrong usage; 4 the port is taken or a fault; else the
 * code of `remit analyze`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EnsureError, root, run } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";
import { createReportServer, isLoopback } from "./report-server.mjs";

const examples = [
  ...["--estate", "examples/estate"],
  ...["--findings", "examples/findings"],
  ...["--catalogue", "examples/remit.yaml"],
  // The day of its findings: keys of the example grow no older and its authorities do not run out.
  ...["--now", "2026-11-22T12:00:00Z"],
];

/** Wrong usage: exit code 2. */
class UsageError extends Error {}

/**
 * @param {readonly string[]} args
 * @param {{ readonly [name: string]: string | undefined }} env
 */
function readOptions(args, env) {
  const options = /** @type {const} */ ({
    host: { type: "string" },
    port: { type: "string" },
    once: { type: "boolean" },
  });
  const { values } = parse(args, options);
  const host = values.host ?? given(env.REMIT_HOST) ?? "127.0.0.1";
  if (!isLoopback(host)) {
    throw new UsageError(
      `will not listen on \`${host}\`: there is no authentication yet, so only this machine may connect; ` +
        "use 127.0.0.1, ::1 or localhost (--host or REMIT_HOST)",
    );
  }
  const port = values.port ?? given(env.REMIT_PORT) ?? "7373";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`\`${port}\` is not a port: use a number from 0 to 65535 (--port or REMIT_PORT)`);
  }
  return { host, port: Number(port), once: values.once === true };
}

/**
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {readonly string[]} args
 * @param {T} options
 */
function parse(args, options) {
  try {
    return parseArgs({ args: [...args], options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string | undefined} value */
function given(value) {
  return value === "" ? undefined : value;
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * @param {readonly string[]} args of `remit analyze`
 * @returns {Promise<number>} its exit code
 */
function analyze(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "bin/remit"), "analyze", ...examples, ...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    children.add(child);
    child.on("error", reject);
    child.on("exit", (code) => {
      children.delete(child);
      resolve(code ?? 4);
    });
  });
}

/** 1: a condition failed; 3: some input was rejected. Both have a result worth showing. */
const completed = (/** @type {number} */ code) => [0, 1, 3].includes(code);

/** @returns {Promise<{ code: number, html: string }>} */
async function makeReport() {
  const folder = mkdtempSync(join(tmpdir(), "remit-start-"));
  try {
    const file = join(folder, "report.html");
    const code = await analyze(["--format", "html", "--out", file]);
    return { code, html: completed(code) ? readFileSync(file, "utf8") : "" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Serves until the process is told to stop.
 *
 * @param {string} html
 * @param {string} host
 * @param {number} port
 * @param {AbortSignal} stop
 * @returns {Promise<number>}
 */
function serve(html, host, port, stop) {
  return new Promise((resolve, reject) => {
    const server = createReportServer(html);
    server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      const taken = `port ${port} on \`${host}\` is taken: stop what uses it, or choose another with --port or REMIT_PORT`;
      reject(
        new EnsureError(
          error.code === "EADDRINUSE" ? taken : `cannot listen on \`${host}\`: ${error.message}`,
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actual = address !== null && typeof address === "object" ? address.port : port;
      process.stdout.write(`\nserving on http://${host.includes(":") ? `[${host}]` : host}:${actual}\n`);
    });
    const close = () => {
      server.close(() => resolve(0));
      server.closeAllConnections();
    };
    if (stop.aborted) close();
    else stop.addEventListener("abort", close);
  });
}

async function main() {
  const { host, port, once } = readOptions(process.argv.slice(2), process.env);
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(signal, () => {
      for (const child of children) child.kill(signal);
      stop.abort();
    });
  }
  await ensure();
  const printed = await analyze(["--format", "table"]);
  if (stop.signal.aborted) return 0;
  if (!completed(printed) || once) return printed;
  const report = await makeReport();
  if (stop.signal.aborted) return 0;
  return completed(report.code) ? serve(report.html, host, port, stop.signal) : report.code;
}

await run(async () => {
  try {
    return await main();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`remit: ${error.message}\n`);
    return 2;
  }
});
