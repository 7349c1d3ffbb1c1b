/**
 * `npm test`: every check there is, ending with one line `N passed, N failed`.
 *
 *   --only build,types,lint,format,tests   some of them (`npm run check`)
 *   --deep                                 many more random and crash tests, see test/settings.ts, and every rule
 *                                          switched off once, see scripts/mutations.mjs
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findChromium } from "./chromium.mjs";
import { assertNode, EnsureError, root, run } from "./checkout.mjs";
import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { tsc } from "./make.mjs";
import { findPostgres } from "./postgres.mjs";
import { tally } from "./tally.mjs";

/** @typedef {{ passed: number, failed: number, notes: string[] }} Result */

const tool = (/** @type {string} */ path) => join(root, "node_modules", path);
const code = () => ["src", "test", "scripts", "bench"].filter((folder) => existsSync(join(root, folder)));

/** In this order: the cheap ones first, and the tests last, as they run what was built. */
const checks = {
  build: () => succeed(() => ensureBuilt()),
  types: () =>
    eachOf(["tsconfig.json", "src/web/tsconfig.json"], (project) => [
      tsc(root),
      "--project",
      project,
      "--noEmit",
    ]),
  lint: () => node([tool("eslint/bin/eslint.js"), "--max-warnings", "0", ...code(), "vitest.config.ts"]),
  format: () => node([tool("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", ...code()]),
  tests: runTests,
  mutations: () => node([join(root, "scripts/mutations.mjs")]),
};

/** @typedef {keyof typeof checks} Check */

/** @param {readonly Check[]} wanted */
async function runChecks(wanted) {
  let passed = 0;
  let failed = 0;
  /** @type {string[]} */
  const notes = [];
  for (const name of wanted) {
    heading(name);
    const result = await checks[name]();
    passed += result.passed;
    failed += result.failed;
    notes.push(...result.notes);
    if (result.failed > 0) notes.push(`failed: ${name}`);
    // Everything after it would test the previous build.
    if (name === "build" && failed > 0) break;
  }
  return { passed, failed, notes };
}

/** @returns {Promise<Result>} */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "remit-test-"));
  const file = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const exitCode = await start([tool("vitest/vitest.mjs"), "run", ...reporters]);
    return tally(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * One check in several parts: it holds where each of them does.
 *
 * @param {readonly string[]} parts those that there are
 * @param {(part: string) => readonly string[]} argsOf
 * @returns {Promise<Result>}
 */
async function eachOf(parts, argsOf) {
  for (const part of parts.filter((path) => existsSync(join(root, path)))) {
    const result = await node(argsOf(part));
    if (result.failed > 0) return result;
  }
  return { passed: 1, failed: 0, notes: [] };
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<Result>}
 */
async function node(args) {
  const ok = (await start(args)) === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: [] };
}

/**
 * @param {() => Promise<void>} work
 * @returns {Promise<Result>}
 */
async function succeed(work) {
  try {
    await work();
    return { passed: 1, failed: 0, notes: [] };
  } catch (error) {
    if (!(error instanceof EnsureError)) throw error;
    return { passed: 0, failed: 1, notes: [error.message] };
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
function start(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", reject);
    child.on("exit", (exitCode) => resolve(exitCode ?? 1));
  });
}

/** @param {string} text */
function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

/**
 * @param {string | undefined} only
 * @param {boolean} deep
 * @returns {readonly Check[]}
 */
function wantedChecks(only, deep) {
  const all = /** @type {Check[]} */ (Object.keys(checks));
  if (only === undefined) return deep ? all : all.filter((name) => name !== "mutations");
  const unknown = only.split(",").filter((name) => !Object.hasOwn(checks, name));
  if (unknown.length > 0)
    throw new EnsureError(`\`${unknown.join(",")}\` is no check: use ${all.join(", ")}`);
  return all.filter((name) => only.split(",").includes(name));
}

/** @returns {Promise<Result>} */
async function main() {
  const options = /** @type {const} */ ({ only: { type: "string" }, deep: { type: "boolean" } });
  const { values } = parseArgs({ options });
  if (values.deep === true) process.env.REMIT_DEEP = "1";
  const wanted = wantedChecks(values.only, values.deep === true);
  assertNode(process.versions.node);
  // Before the long part: nobody should wait minutes to learn that a program is missing.
  if (wanted.includes("tests")) {
    process.env.REMIT_CHROMIUM = findChromium();
    process.env.REMIT_POSTGRES = findPostgres();
  }
  await ensureInstalled();
  return runChecks(wanted);
}

await run(async () => {
  const result = await main().catch((/** @type {unknown} */ error) => {
    return { passed: 0, failed: 1, notes: [error instanceof Error ? error.message : String(error)] };
  });
  process.stdout.write(`\n${result.notes.map((note) => `${note}\n`).join("")}`);
  process.stdout.write(`${result.passed} passed, ${result.failed} failed\n`);
  return result.failed === 0 ? 0 : 1;
});
