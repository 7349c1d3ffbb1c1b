import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { storeFault } from "../fault.js";
import {
  databaseFolder,
  filesBelow,
  foldersBelow,
  manifestFile,
  sumOf,
  type BackupFile,
  type BackupManifest,
} from "./backup.js";

/** A backup that was read and is what its manifest says; `base`: where the files of the manifest lie. */
export interface ReadBackup {
  readonly kind: BackupManifest["kind"];
  readonly createdAt?: string;
  readonly folders: readonly string[];
  readonly files: readonly BackupFile[];
  readonly base: string;
}

/** Checks every file against the manifest. A copy that a migration left behind has none: it is taken as it lies. */
export async function readBackup(folder: string): Promise<ReadBackup> {
  if (!existsSync(folder)) throw storeFault("unreadable", `there is no backup \`${folder}\``);
  if (existsSync(join(folder, "PG_VERSION"))) return bareCopy(folder);
  const manifest = manifestOf(folder);
  for (const { path, bytes, sha256 } of manifest.files) {
    const file = join(folder, path);
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw damaged(folder, path, "is missing");
    if (!found.isFile()) throw damaged(folder, path, "is no plain file");
    if (found.size !== bytes)
      throw damaged(folder, path, `has ${String(found.size)} bytes and not ${String(bytes)}`);
    if ((await sumOf(file)) !== sha256) throw damaged(folder, path, "was changed");
  }
  const named = new Set([manifestFile, ...manifest.files.map(({ path }) => path)]);
  const extra = (await filesBelow(folder)).find(({ path }) => !named.has(path));
  if (extra !== undefined) throw damaged(folder, extra.path, "was added");
  const { kind, createdAt, folders, files } = manifest;
  return { kind, createdAt, folders, files, base: folder };
}

async function bareCopy(folder: string): Promise<ReadBackup> {
  const files = await filesBelow(folder);
  return {
    kind: "embedded",
    folders: [databaseFolder, ...foldersBelow(folder).map((path) => `${databaseFolder}/${path}`)],
    files: files.map((file) => ({ ...file, path: `${databaseFolder}/${file.path}` })),
    base: folder,
  };
}

/** Where a file of a backup lies: a copy without manifest has no folder for the database. */
export const placeIn = ({ base, createdAt }: ReadBackup, path: string): string =>
  createdAt === undefined ? join(base, path.slice(databaseFolder.length + 1)) : join(base, path);

const damaged = (folder: string, path: string, what: string): Error =>
  storeFault("damaged", `the backup \`${folder}\` is damaged: \`${path}\` ${what}`);

/** Shorter than any folder of a database could make it, and longer than any that we have seen. */
const mostBytes = 50_000_000;

function manifestOf(folder: string): BackupManifest {
  const file = join(folder, manifestFile);
  const size = lstatSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw storeFault("unreadable", `\`${folder}\` is no backup: it has no ${manifestFile}`);
  const value = size > mostBytes ? undefined : parsed(readFileSync(file, "utf8"));
  if (!isManifest(value))
    throw storeFault("damaged", `the backup \`${folder}\` is damaged: \`${manifestFile}\` cannot be read`);
  return value;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Names of files lead nowhere else. */
const isInside = (path: string): boolean =>
  path !== "" && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== "object" || value === null) return false;
  const { schema, kind, createdAt, folders, files } = value as Readonly<Record<string, unknown>>;
  return (
    schema === "remit.backup/1" &&
    (kind === "embedded" || kind === "archive") &&
    typeof createdAt === "string" &&
    Array.isArray(folders) &&
    folders.every((path: unknown) => typeof path === "string" && isInside(path)) &&
    Array.isArray(files) &&
    files.every((file: unknown) => {
      if (typeof file !== "object" || file === null) return false;
      const { path, bytes, sha256 } = file as Readonly<Record<string, unknown>>;
      return (
        typeof path === "string" &&
        isInside(path) &&
        Number.isSafeInteger(bytes) &&
        typeof sha256 === "string"
      );
    })
  );
}
