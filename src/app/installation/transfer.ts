import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  importArchive,
  openStore,
  verifyArchive,
  type ArchiveReport,
  type TableSum,
} from "../../store/index.js";
import { isEmbedded, storeOptionsOf, type InstallationPlace } from "./place.js";

/** Undefined where there is no embedded database: an export makes none. */
export async function exportInstallation(
  place: InstallationPlace,
  path: string,
): Promise<readonly TableSum[] | undefined> {
  if (isEmbedded(place) && !existsSync(join(place.home, "database"))) return undefined;
  const store = await openStore(storeOptionsOf(place));
  try {
    await store.checkpoints.make().catch((error: unknown) => {
      // Without the key nothing is signed, and an export is no less whole for it.
      if ((error as { readonly code?: unknown }).code !== "no-key") throw error;
    });
    return await store.exportTo(path);
  } finally {
    await store.close();
  }
}

/** The database must be empty. What came in was read back and is what the file holds. */
export function importInstallation(place: InstallationPlace, path: string) {
  return importArchive(path, storeOptionsOf(place));
}

/** The ledger of an export; without a file, that of the installation. Undefined where there is none. */
export async function verifyLedgerOf(
  place: InstallationPlace,
  file: string | undefined,
  keys: readonly string[] | undefined,
): Promise<ArchiveReport | undefined> {
  if (file !== undefined) return verifyArchive(file, keys);
  const folder = await mkdtemp(join(tmpdir(), "remit-ledger-"));
  try {
    const path = join(folder, "ledger.remit");
    return (await exportInstallation(place, path)) === undefined
      ? undefined
      : await verifyArchive(path, keys);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
