import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { storeFault } from "../fault.js";

/** Who holds a folder; shown to whoever is refused. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Told apart from a later process of the same number; absent where the system does not say. */
  readonly started?: string;
  readonly command: string;
  readonly since: string;
}

/** Between creating the file and writing the holder into it, or a takeover: nothing of it takes longer. */
const longestStep = 10_000;

/**
 * Takes `file` as the mark that this process, and no other, has the folder beside it open: two processes on one
 * embedded database silently lose each other's rows. A holder that has died is replaced. Gives what lets it go.
 */
export function lockFolder(file: string, since: string): () => void {
  const own = JSON.stringify(holderOf(since));
  for (let tries = 0; tries < 50; tries += 1) {
    if (take(file, own)) {
      return () => {
        if (read(file) === own) rmSync(file, { force: true });
      };
    }
    const found = read(file);
    if (found === undefined) continue;
    if (!isAbandoned(file, found)) throw refusal(file, found);
    removeAbandoned(file);
  }
  throw storeFault("locked", `\`${file}\` could not be taken: other processes start at the same time`);
}

/** Who has the folder beside `file` open now; undefined where nobody has. */
export function currentHolder(file: string): Holder | undefined {
  const found = read(file);
  return found === undefined || isAbandoned(file, found) ? undefined : parse(found);
}

function holderOf(since: string): Holder {
  const started = startOf(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    ...(started === undefined ? {} : { started }),
    command: process.argv.slice(1, 4).join(" "),
    since,
  };
}

function refusal(file: string, text: string): Error {
  const holder = parse(text);
  if (holder === undefined)
    return storeFault("locked", `the embedded database is being opened by another process (\`${file}\`)`);
  const where = holder.host === hostname() ? "" : ` on \`${holder.host}\``;
  const who =
    holder.pid === process.pid && where === "" ? "this process" : `process ${String(holder.pid)}${where}`;
  return storeFault(
    "locked",
    `the embedded database is open in ${who} (\`${holder.command}\`, since ${holder.since}); one process at a time can have it`,
  );
}

function isAbandoned(file: string, text: string): boolean {
  const holder = parse(text);
  if (holder === undefined) return ageOf(file) > longestStep;
  // A folder that several machines share: only its own machine can tell whether a process lives.
  if (holder.host !== hostname()) return false;
  if (!isAlive(holder.pid)) return true;
  const started = startOf(holder.pid);
  return holder.started !== undefined && started !== undefined && started !== holder.started;
}

/**
 * Two processes may both see that the holder is dead. Without the second file the slower one would remove the lock
 * that the faster one has taken meanwhile.
 */
function removeAbandoned(file: string): void {
  const guard = `${file}-takeover`;
  if (!take(guard, "")) {
    if (ageOf(guard) > longestStep) rmSync(guard, { force: true });
    return;
  }
  try {
    const found = read(file);
    if (found === undefined || !isAbandoned(file, found)) return;
    renameSync(file, `${file}-abandoned`);
  } finally {
    rmSync(guard, { force: true });
  }
}

function take(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === "number" && typeof holder.host === "string"
      ? (holder as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: it lives.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process started, in ticks since the machine did (proc(5), field 22 of stat); Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
