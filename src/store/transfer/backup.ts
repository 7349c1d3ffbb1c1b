import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Engine } from "../engine/engine.js";
import { syncFolder, syncTree } from "../engine/sync-files.js";
import { storeFault } from "../fault.js";

/** What a backup holds, file by file; the first thing that is read of it, and the last that is written. */
export interface BackupManifest {
  readonly schema: "remit.backup/1";
  /** ISO instant. */
  readonly createdAt: string;
  /** `embedded`: a copy of the folder of the database. `archive`: everything as rows, of a PostgreSQL. */
  readonly kind: "embedded" | "archive";
  /** A database wants its empty folders too. */
  readonly folders: readonly string[];
  readonly files: readonly BackupFile[];
}

export interface BackupFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const manifestFile = "manifest.json";
export const archiveFile = "archive.remit";
export const keyFile = "secret.key";
export const databaseFolder = "database";

export interface BackupOptions {
  /** A folder that does not exist yet. */
  readonly folder: string;
  readonly now: string;
  /** Writes everything as rows. */
  readonly exportTo: (path: string) => Promise<unknown>;
  /** File of the key, where it is to lie beside the data: whoever has the backup can read everything then. */
  readonly key?: string;
}

/** Writes a backup beside its place and renames it: what bears the name is whole. */
export async function writeBackup(engine: Engine, options: BackupOptions): Promise<BackupManifest> {
  const { folder, now } = options;
  if (existsSync(folder)) throw storeFault("not-empty", `\`${folder}\` exists already`);
  const aside = `${folder}.part`;
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  try {
    if (engine.copyTo === undefined) await options.exportTo(join(aside, archiveFile));
    else await engine.copyTo(join(aside, databaseFolder));
    if (options.key !== undefined) await copyFile(options.key, join(aside, keyFile));
    const manifest: BackupManifest = {
      schema: "remit.backup/1",
      createdAt: now,
      kind: engine.copyTo === undefined ? "archive" : "embedded",
      folders: foldersBelow(aside),
      files: await filesBelow(aside),
    };
    await writeFile(join(aside, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    syncTree(aside);
    renameSync(aside, folder);
    syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}

/** Names of what lies below a folder, relative and with `/`, in their order. */
const namesBelow = (folder: string, wanted: "isFile" | "isDirectory"): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry[wanted]())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split("\\").join("/"))
    .sort();

export const foldersBelow = (folder: string): readonly string[] => namesBelow(folder, "isDirectory");

/** Every file below a folder with its sum. */
export async function filesBelow(folder: string): Promise<readonly BackupFile[]> {
  const found: BackupFile[] = [];
  for (const path of namesBelow(folder, "isFile")) {
    const file = join(folder, path);
    found.push({ path, bytes: statSync(file).size, sha256: await sumOf(file) });
  }
  return found;
}

export async function sumOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
