/**
 * `npm start`: analyses the example estate, prints its decisions, and serves the API and the report with its cases open.
 *
 *   --host NAME   default REMIT_HOST or 127.0.0.1; only names of this machine
 *   --port N      default REMIT_PORT or 7373; 0 takes a free one
 *   --once        print and end, without serving
 *
 * Exit codes: 2 wrong usage; 4 a fault; else the code of `remit analyze`, or of `remit serve --example`.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root, run } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

const examples = [
  ...["--estate", "examples/estate"],
  ...["--findings", "examples/findings"],
  ...["--catalogue", "examples/remit.yaml"],
  // The day of its findings: keys of the example grow no older and its authorities do not run out.
  ...["--now", "2026-11-22T12:00:00Z"],
];

/** Wrong usage: exit code 2. */
class UsageError extends Error {}

/** @param {readonly string[]} args */
function readOptions(args) {
  const options = /** @type {const} */ ({
    host: { type: "string" },
    port: { type: "string" },
    once: { type: "boolean" },
  });
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * Runs `remit`; a signal that ends this process ends it too.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
function remit(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "bin/remit"), ...args], {
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

async function main() {
  const { host, port, once } = readOptions(process.argv.slice(2));
  let stopped = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(signal, () => {
      stopped = true;
      for (const child of children) child.kill(signal);
    });
  }
  await ensure();
  const printed = await remit(["analyze", ...examples, "--format", "table"]);
  if (stopped) return 0;
  if (!completed(printed) || once === true) return printed;
  const served = await remit([
    "serve",
    "--example",
    ...(host === undefined ? [] : ["--host", host]),
    ...(port === undefined ? [] : ["--port", port]),
  ]);
  return stopped ? 0 : served;
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
