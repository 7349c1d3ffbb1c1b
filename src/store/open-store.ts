import type { ImportedArchive, ImportOptions } from "./transfer/import-archive.js";
import type { ArchiveReport } from "./transfer/verify-archive.js";
import type { Restored, RestoreOptions } from "./transfer/restore-backup.js";
import type { Store, StoreOptions } from "./store.js";

/**
 * Opens the store, creates and migrates it where that is due. Rejects with a `StoreFault`. The drivers and the query
 * builder are hundreds of modules: they are loaded here, not by every command that needs no database.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await import("./store.js");
  return store.openStore(options);
}

/** Brings the archive at `path` into an empty database; see `transfer/import-archive.ts`. */
export async function importArchive(path: string, options: ImportOptions): Promise<ImportedArchive> {
  const transfer = await import("./transfer/import-archive.js");
  return transfer.importArchive(path, options);
}

/** Verifies the ledger of the archive at `path` by nothing but the archive; see `transfer/verify-archive.ts`. */
export async function verifyArchive(path: string, trusted?: readonly string[]): Promise<ArchiveReport> {
  const transfer = await import("./transfer/verify-archive.js");
  return transfer.verifyArchive(path, trusted);
}

/** Puts the backup in `folder` in an empty place; see `transfer/restore-backup.ts`. */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Restored> {
  const transfer = await import("./transfer/restore-backup.js");
  return transfer.restoreBackup(folder, options);
}
