/** The slow half of ensure.mjs: what it does when something is missing or out of date. */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { bundle } from "./bundle.mjs";
import { EnsureError, isBuilt, isInput, isInstalled, isLoose, listInputs, looseMark } from "./checkout.mjs";
import { withLock } from "./lock.mjs";
import { buildWeb } from "./web.mjs";

/** @param {string} text */
function say(text) {
  process.stderr.write(`remit: ${text}\n`);
}

/** @param {string} at */
export async function install(at) {
  await locked(at, async () => {
    if (isInstalled(at)) return;
    // npm would empty the folder that it leads to, from under whoever works there.
    if (lstatSync(join(at, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new EnsureError(
        "node_modules leads to another checkout, whose packages are not those of this package-lock.json: remove the link, or bring both to one version",
      );
    say("installing dependencies (npm ci)");
    // The compiler is a development dependency, which NODE_ENV=production would leave out.
    const code = await runTool("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], at);
    if (code !== 0) throw new EnsureError("the installation failed: see what npm said above");
  });
}

/**
 * Builds aside and renames, so that a failed or interrupted build leaves the previous one in place, and
 * nobody ever runs half of one.
 *
 * @param {string} at
 */
export async function build(at) {
  await locked(at, async () => {
    if (isBuilt(at)) return;
    say("building");
    removeLeftovers(at);
    const inputs = listInputs(at);
    const aside = `dist-build-${process.pid}`;
    const code = await compile(at, "tsconfig.build.json", aside);
    if (code !== 0 && !isLoose()) {
      rmSync(join(at, aside), { recursive: true, force: true });
      throw new EnsureError(
        "the build failed: see the errors above, or set REMIT_BUILD_LOOSE=1 to run all the same",
      );
    }
    copyAssets(join(at, "src"), join(at, aside));
    if (existsSync(join(at, "src/web"))) await buildWeb(at, join(at, aside, "web"));
    const apart = await bundle(join(at, aside));
    if (apart !== undefined) say(`the modules stay apart, so that every start is slower: ${apart}`);
    writeFileSync(join(at, aside, ".built"), (code === 0 ? "" : looseMark) + inputs);
    replace(join(at, aside), join(at, "dist"));
  });
}

/**
 * @param {string} at
 * @param {string} project
 * @param {string} outDir
 * @returns {Promise<number>} the exit code of the compiler
 */
export function compile(at, project, outDir) {
  mkdirSync(join(at, outDir), { recursive: true });
  return runTool(process.execPath, [tsc(at), "--project", project, "--outDir", outDir], at);
}

/**
 * TypeScript 7, see docs/adr/0002-two-typescripts.md.
 *
 * @param {string} at
 */
export function tsc(at) {
  return join(at, "node_modules/typescript7/bin/tsc");
}

/**
 * What the compiler does not carry over: tables, SQL, style sheets. The screens have a build of their own.
 *
 * @param {string} from
 * @param {string} to
 */
export function copyAssets(from, to) {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isInput(entry.name) || /\.tsx?$/.test(entry.name)) continue;
    const source = join(entry.parentPath, entry.name);
    if (source.startsWith(join(from, "web") + sep)) continue;
    const target = join(to, source.slice(from.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
  }
}

/**
 * @param {string} made
 * @param {string} place
 */
function replace(made, place) {
  const old = `${made}-old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
  rmSync(old, { recursive: true, force: true });
}

/**
 * Of builds that were killed. Under the lock nobody else is building.
 *
 * @param {string} at
 */
function removeLeftovers(at) {
  for (const name of readdirSync(at)) {
    if (name.startsWith("dist-build-")) rmSync(join(at, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} at
 * @param {() => Promise<void>} work
 */
export function locked(at, work) {
  return withLock(join(at, "dist-lock"), work, () =>
    say("waiting for another process that installs or builds"),
  );
}

/**
 * Standard output belongs to the command that the user asked for, so tools write to standard error.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<number>}
 */
function runTool(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
    child.on("error", (error) =>
      reject(new EnsureError(`\`${command}\` cannot be started: ${error.message}`)),
    );
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
