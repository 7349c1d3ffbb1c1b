import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** Nothing that is done under a lock takes longer; a lock that is older belonged to a machine that is gone. */
const longestWork = 10 * 60_000;

/** Between creating the file and writing its owner into it. */
const longestWrite = 10_000;

/**
 * Runs `work` while no other process runs its own under the same file. A lock whose owner has died is
 * taken over, so that a process killed in the middle never blocks the next one.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when somebody else holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => undefined) {
  const owner = JSON.stringify({ host: hostname(), pid: process.pid });
  let waited = false;
  while (!take(file, owner)) {
    if (!waited) onWait();
    waited = true;
    if (isAbandoned(file)) removeAbandoned(file);
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await work();
  } finally {
    if (read(file) === owner) rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} owner
 */
function take(file, owner) {
  try {
    writeFileSync(file, owner, { flag: "wx" });
    return true;
  } catch (error) {
    if (code(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Two waiting processes may both see that the owner is dead. Without the second lock the slower one would
 * remove the lock that the faster one has taken meanwhile.
 *
 * @param {string} file
 */
function removeAbandoned(file) {
  const guard = `${file}-takeover`;
  if (!take(guard, "")) {
    if (ageOf(guard) > longestWrite) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isAbandoned(file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** @param {string} file */
function isAbandoned(file) {
  const text = read(file);
  if (text === undefined) return false;
  const age = ageOf(file);
  if (text === "") return age > longestWrite;
  /** @type {{ host: string, pid: number }} */
  const owner = JSON.parse(text);
  // A process of another machine (a shared folder) or container cannot be asked whether it lives.
  return owner.host === hostname() ? !isAlive(owner.pid) : age > longestWork;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return code(error) === "EPERM";
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (code(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {string} file */
function ageOf(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** @param {unknown} error */
function code(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
