import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Place } from "../engine/open-engine.js";
import { lockFolder } from "../engine/folder-lock.js";
import { syncFolder, syncTree } from "../engine/sync-files.js";
import { storeFault } from "../fault.js";
import { openStore } from "../store.js";
import { archiveFile, databaseFolder, keyFile } from "./backup.js";
import { importArchive } from "./import-archive.js";
import { placeIn, readBackup, type ReadBackup } from "./read-backup.js";
import { verifyArchive, type ArchiveReport } from "./verify-archive.js";

export interface RestoreOptions {
  readonly place: Place;
  /** REMIT_SECRET_KEY, or the key that lies in the folder. */
  readonly secret?: string;
  readonly now: () => string;
}

export interface Restored {
  readonly kind: ReadBackup["kind"];
  readonly createdAt?: string;
  readonly files: number;
  readonly bytes: number;
  readonly ledger: ArchiveReport;
  /** `checked`: what is sealed can be read. `missing`: it cannot until the key is there. `none`: nothing is sealed. */
  readonly key: "checked" | "missing" | "none";
}

/**
 * Puts a backup in an empty place. It is checked whole, opened, migrated where it is older, and its ledger is recomputed
 * before anything bears the name of the database: what cannot be verified leaves nothing behind.
 */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Restored> {
  const backup = await readBackup(folder);
  if (backup.kind === "archive") return restoreArchive(backup, options);
  if (options.place.kind !== "embedded")
    throw storeFault(
      "wrong-backup",
      `\`${folder}\` is a copy of an embedded database, which a PostgreSQL cannot take`,
    );
  return restoreEmbedded(backup, options.place.home, options);
}

async function restoreArchive(backup: ReadBackup, { place, secret, now }: RestoreOptions): Promise<Restored> {
  const { ledger, tables } = await importArchive(placeIn(backup, archiveFile), {
    place,
    now,
    ...(secret === undefined ? {} : { secret }),
  });
  const sealed = tables.some(({ table, rows }) => table === "data_keys" && rows > 0);
  return { ...figures(backup), ledger, key: !sealed ? "none" : secret === undefined ? "missing" : "checked" };
}

async function restoreEmbedded(backup: ReadBackup, home: string, options: RestoreOptions): Promise<Restored> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const release = lockFolder(join(home, "database.lock"), options.now());
  const aside = join(home, "restore.part");
  try {
    const target = join(home, databaseFolder);
    if (existsSync(target))
      throw storeFault("not-empty", `\`${target}\` is there already: move it away first`);
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { mode: 0o700 });
    for (const path of backup.folders) mkdirSync(join(aside, path), { recursive: true, mode: 0o700 });
    for (const { path } of backup.files) await copyFile(placeIn(backup, path), join(aside, path));
    const own = join(aside, keyFile);
    const kept = join(home, keyFile);
    const secret = options.secret ?? (existsSync(own) ? readFileSync(own, "utf8").trim() : undefined);
    const checked = await check(aside, secret, options.now);
    if (existsSync(own) && !existsSync(kept) && options.secret === undefined) renameSync(own, kept);
    syncTree(join(aside, databaseFolder));
    renameSync(join(aside, databaseFolder), target);
    syncFolder(home);
    return { ...figures(backup), ...checked };
  } finally {
    rmSync(aside, { recursive: true, force: true });
    release();
  }
}

/** Opens the copy, with its key, and recomputes its ledger. */
async function check(
  home: string,
  secret: string | undefined,
  now: () => string,
): Promise<Pick<Restored, "ledger" | "key">> {
  const store = await openStore({
    place: { kind: "embedded", home },
    now,
    ...(secret === undefined ? {} : { secret }),
  });
  const scratch = await mkdtemp(join(tmpdir(), "remit-restore-"));
  try {
    const [keys] = await store.query<{ readonly count: string }>(
      "select count(*)::text as count from data_keys",
    );
    const path = join(scratch, archiveFile);
    await store.exportTo(path);
    const ledger = await verifyArchive(path);
    if (ledger.kind === "broken")
      throw storeFault(
        "damaged",
        `the ledger of the backup breaks at event ${String(ledger.at.position)}: ${ledger.at.because}`,
      );
    return { ledger, key: Number(keys?.count) === 0 ? "none" : secret === undefined ? "missing" : "checked" };
  } finally {
    await store.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

const figures = ({ kind, createdAt, files }: ReadBackup) => ({
  kind,
  ...(createdAt === undefined ? {} : { createdAt }),
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});
