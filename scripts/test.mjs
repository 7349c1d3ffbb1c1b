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

/** Begun before the tests and told of after them: they take a minute or two of one core, and the tests leave some of it. */
const asides = {
  format: () => quietly([tool("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", ...code()]),
  lint: () => quietly([tool("eslint/bin/eslint.js"), "--max-warnings", "0", ...code(), "vitest.config.ts"]),
};

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
  tests: runTests,
  mutations: () => node([join(root, "scripts/mutations.mjs")]),
};

/** @typedef {keyof typeof asides} Aside */
/** @typedef {Aside | keyof typeof checks} Check */

/** @param {readonly Check[]} wanted */
async function runChecks(wanted) {
  const told = { passed: 0, failed: 0, notes: /** @type {string[]} */ ([]) };
  const tell = (/** @type {Check} */ name, /** @type {Result} */ { passed, failed, notes }) => {
    told.passed += passed;
    told.failed += failed;
    told.notes.push(...notes, ...(failed > 0 ? [`failed: ${name}`] : []));
  };
  const check = async (/** @type {keyof typeof checks} */ name) => {
    heading(name);
    tell(name, await checks[name]());
  };
  if (wanted.includes("build")) await check("build");
  // Everything after it would test the previous build.
  if (told.failed > 0) return told;
  const aside = runAsides(namesOf(asides).filter((name) => wanted.includes(name)));
  for (const name of namesOf(checks)) if (name !== "build" && wanted.includes(name)) await check(name);
  for (const { name, result } of await aside) {
    heading(name);
    process.stdout.write(result.output);
    tell(name, result);
  }
  return told;
}

/**
 * One after the other.
 *
 * @param {readonly Aside[]} names
 */
async function runAsides(names) {
  const told = [];
  for (const name of names) told.push({ name, result: await asides[name]() });
  return told;
}

/**
 * @template {string} Name
 * @param {Readonly<Record<Name, unknown>>} from
 */
const namesOf = (from) => /** @type {Name[]} */ (Object.keys(from));

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
  return resultOf(await start(args));
}

/**
 * @param {number} code
 * @returns {Result}
 */
const resultOf = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notes: [] });

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

/**
 * Keeps what it prints, for whoever prints it later.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Result & { output: string }>}
 */
function quietly(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (/** @type {Buffer} */ text) => (output += text.toString()));
    child.stderr.on("data", (/** @type {Buffer} */ text) => (output += text.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ ...resultOf(exitCode ?? 1), output }));
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
  /** @type {readonly Check[]} */
  const all = [...namesOf(asides), ...namesOf(checks)];
  if (only === undefined) return deep ? all : all.filter((name) => name !== "mutations");
  const unknown = only.split(",").filter((name) => !all.some((known) => known === name));
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
