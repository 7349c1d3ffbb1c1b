import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { storeFault } from "../fault.js";
import { startDatabaseWorker } from "./database-worker.js";
import { embeddedDialect } from "./embedded-dialect.js";
import { linkEmbedded, type EmbeddedLink } from "./embedded-link.js";
import type { Engine } from "./engine.js";
import { lockFolder } from "./folder-lock.js";
import { syncFolder, syncTree } from "./sync-files.js";

/** Of the PostgreSQL inside the pinned PGlite: a folder of another one cannot be opened by it. */
const postgresMajor = "18";

/** Once an hour: no process of this database clears away what was replaced, or counts what it plans with. */
const checkpointsPerVacuum = 12;

/** Copies that migrations left behind; older ones are removed. */
const keptBackups = 3;

export interface EmbeddedOptions {
  /** REMIT_HOME; absent: the database lies in memory, for tests. */
  readonly home?: string;
  /** ISO instant. */
  readonly now: () => string;
  /** How long a question may wait for the one connection. */
  readonly patienceMs?: number;
  /** Between checkpoints, as this database has no process that makes them. */
  readonly checkpointMs?: number;
}

/** Opens the embedded database and creates it first where there is none. Refuses a folder that is open elsewhere. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const { home, now, patienceMs = 120_000, checkpointMs = 300_000 } = options;
  const release = home === undefined ? () => undefined : prepareHome(home, now());
  const folder = home === undefined ? undefined : join(home, "database");
  try {
    if (home !== undefined && folder !== undefined) await createOnce(home, folder);
    const link = await linkEmbedded(folder, patienceMs);
    let checkpoints = 0;
    const timer = setInterval(() => {
      checkpoints += 1;
      const upkeep = checkpoints % checkpointsPerVacuum === 0 ? "vacuum (analyze)" : "checkpoint";
      // What goes wrong here goes wrong again, and is told, with the next question.
      link.alone(() => link.query(upkeep, [])).catch(() => undefined);
    }, checkpointMs);
    timer.unref();
    let closing: Promise<void> | undefined;
    return {
      kind: "embedded",
      place: folder ?? "memory",
      dialect: embeddedDialect(link),
      ...(home === undefined || folder === undefined
        ? {}
        : {
            backup: (name: string) => backupFolder(link, folder, join(home, "backups"), name),
            copyTo: (target: string) => copyFolder(link, folder, target),
          }),
      close() {
        clearInterval(timer);
        closing ??= link.close().finally(release);
        return closing;
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function prepareHome(home: string, now: string): () => void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return lockFolder(join(home, "database.lock"), now);
}

/** Creates in a folder beside it and renames, so that a creation that was cut off is never taken for a database. */
async function createOnce(home: string, folder: string): Promise<void> {
  for (const name of readdirSync(home))
    if (name.startsWith("database.new")) rmSync(join(home, name), { recursive: true, force: true });
  if (existsSync(folder)) {
    const version = versionOf(folder);
    if (version === postgresMajor) return;
    throw storeFault(
      version === undefined ? "damaged" : "newer",
      version === undefined
        ? `\`${folder}\` is no database`
        : `\`${folder}\` was written by PostgreSQL ${version} and this release has ${postgresMajor}: export it with the release that wrote it and import it here`,
    );
  }
  const aside = join(home, "database.new");
  mkdirSync(aside, { mode: 0o700 });
  const worker = startDatabaseWorker(aside);
  await worker.ready;
  await worker.ask("exec", "checkpoint");
  await worker.close();
  // Nothing of what initialising wrote was synchronised: 1,000 files at once, here, cost less than each at its time.
  syncTree(aside);
  renameSync(aside, folder);
  syncFolder(home);
}

function versionOf(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** A copy of the folder while nobody writes; a checkpoint before leaves little to replay. */
async function backupFolder(
  link: EmbeddedLink,
  folder: string,
  backups: string,
  name: string,
): Promise<string> {
  const target = join(backups, name);
  const aside = `${target}.new`;
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  rmSync(aside, { recursive: true, force: true });
  await copyFolder(link, folder, aside);
  syncTree(aside);
  rmSync(target, { recursive: true, force: true });
  renameSync(aside, target);
  syncFolder(backups);
  removeOld(backups);
  return target;
}

/** Without stopping whatever else the process does. What was copied is not durable yet. */
async function copyFolder(link: EmbeddedLink, folder: string, target: string): Promise<void> {
  await link.alone(async () => {
    await link.query("checkpoint", []);
    await cp(folder, target, { recursive: true });
  });
}

function removeOld(backups: string): void {
  const names = readdirSync(backups)
    .filter((name) => name.startsWith("before-"))
    .sort();
  for (const name of names.slice(0, Math.max(0, names.length - keptBackups)))
    rmSync(join(backups, name), { recursive: true, force: true });
}
