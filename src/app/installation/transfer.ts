import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  importArchive,
  openStore,
  verifyArchive,
  type ArchiveReport,
  type Place,
  type TableSum,
} from "../../store/index.js";
import type { InstallationSettings } from "./open-installation.js";

/** Where an installation lies, and what opens it; nothing is made that is not there. */
export type InstallationPlace = Pick<InstallationSettings, "databaseUrl" | "home" | "secret" | "now">;

const placeOf = ({ databaseUrl, home }: InstallationPlace): Place =>
  databaseUrl === undefined ? { kind: "embedded", home } : { kind: "postgres", url: databaseUrl };

/** Of an embedded installation the key lies beside the database, unless it was stated. */
function secretOf({ secret, databaseUrl, home }: InstallationPlace): { readonly secret?: string } {
  if (secret !== undefined) return { secret };
  const file = join(home, "secret.key");
  return databaseUrl === undefined && existsSync(file) ? { secret: readFileSync(file, "utf8").trim() } : {};
}

/** Undefined where there is no embedded database: an export makes none. */
export async function exportInstallation(
  settings: InstallationPlace,
  path: string,
): Promise<readonly TableSum[] | undefined> {
  if (settings.databaseUrl === undefined && !existsSync(join(settings.home, "database"))) return undefined;
  const store = await openStore({ place: placeOf(settings), now: settings.now, ...secretOf(settings) });
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
export function importInstallation(settings: InstallationPlace, path: string) {
  return importArchive(path, { place: placeOf(settings), now: settings.now, ...secretOf(settings) });
}

/** The ledger of an export; without a file, that of the installation. Undefined where there is none. */
export async function verifyLedgerOf(
  settings: InstallationPlace,
  file: string | undefined,
  keys: readonly string[] | undefined,
): Promise<ArchiveReport | undefined> {
  if (file !== undefined) return verifyArchive(file, keys);
  const folder = await mkdtemp(join(tmpdir(), "remit-ledger-"));
  try {
    const path = join(folder, "ledger.remit");
    return (await exportInstallation(settings, path)) === undefined
      ? undefined
      : await verifyArchive(path, keys);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
