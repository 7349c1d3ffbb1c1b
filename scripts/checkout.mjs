/** What state a checkout is in. Uses Node alone, as nothing else may be there yet. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, utimesSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Something that the user can mend: shown without a stack. */
export class EnsureError extends Error {}

/** @param {string} version for example `20.19.0` */
export function assertNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new EnsureError(`remit needs Node 20.19 or later and this is \`${version}\`: install a newer one`);
}

/**
 * npm writes node_modules/.package-lock.json last. Where that is older, the contents decide: a fresh
 * checkout or a touched file is no reason to install again under somebody's running processes.
 *
 * @param {string} at
 */
export function isInstalled(at) {
  const wanted = join(at, "package-lock.json");
  const present = join(at, "node_modules/.package-lock.json");
  const wantedAt = mtimeOf(wanted);
  if (wantedAt === undefined) return true; // itself installed as a package
  const presentAt = mtimeOf(present);
  if (presentAt === undefined) return false;
  if (presentAt >= wantedAt) return true;
  if (!isSameInstall(wanted, present)) return false;
  utimesSync(present, new Date(), new Date());
  return true;
}

/**
 * @param {string} wanted
 * @param {string} present
 */
function isSameInstall(wanted, present) {
  const target = packagesOf(wanted);
  const actual = packagesOf(present);
  // Optional packages are those of other platforms.
  const missing = Object.keys(target).filter(
    (path) => path !== "" && !actual[path] && !target[path]?.optional,
  );
  const different = Object.keys(actual).filter((path) => {
    const [a, b] = [actual[path], target[path]];
    return a?.version !== b?.version || a?.integrity !== b?.integrity;
  });
  return missing.length + different.length === 0;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean } | undefined>}
 */
function packagesOf(file) {
  /** @type {{ packages?: ReturnType<typeof packagesOf> }} */
  const lock = JSON.parse(readFileSync(file, "utf8"));
  return lock.packages ?? {};
}

/** A build that was taken in spite of type errors, see `isLoose`. */
export const looseMark = "with type errors\n";

/** Lets somebody in the middle of a change run what compiles. Never for an installation. */
export function isLoose() {
  return process.env.REMIT_BUILD_LOOSE === "1";
}

/** @param {string} at */
export function isBuilt(at) {
  if (!existsSync(join(at, "src"))) return true; // itself installed as a package
  const built = readStamp(join(at, "dist/.built"));
  if (built === undefined) return false;
  const now = listInputs(at);
  return built === now || (isLoose() && built === looseMark + now);
}

/** @param {string} file */
function readStamp(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // never built, or being replaced at this moment
  }
}

/**
 * Everything that a build depends on, a line each with time and size. The list itself is the stamp:
 * unlike the newest time it also notices what was deleted, renamed or replaced by an older file.
 *
 * @param {string} at
 */
export function listInputs(at) {
  const files = ["scripts/bundle.mjs", "scripts/web.mjs", "tsconfig.json", "tsconfig.build.json"];
  for (const entry of readdirSync(join(at, "src"), { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && isInput(entry.name)) {
      files.push(join(entry.parentPath, entry.name).slice(at.length + 1));
    }
  }
  const lines = files.sort().map((file) => {
    const stat = statSync(join(at, file), { throwIfNoEntry: false });
    return `${file} ${stat?.mtimeMs ?? "gone"} ${stat?.size ?? 0}\n`;
  });
  return lines.join("");
}

/** @param {string} name */
export function isInput(name) {
  return !/\.test\.tsx?$|\.md$|~$|^\./.test(name);
}

/** @param {string} file */
function mtimeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/**
 * Whether the script at `url` is what the user started, rather than something that was imported.
 *
 * @param {string} url
 */
export function isMain(url) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(url);
}

/**
 * Runs a script's work and turns a failure into one line and exit code 4.
 *
 * @param {() => Promise<number>} work
 */
export async function run(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const full = process.env.REMIT_DEBUG === "1" && error instanceof Error ? error.stack : message;
    process.stderr.write(`remit: ${full ?? message}\n`);
    process.exitCode = 4;
  }
}
