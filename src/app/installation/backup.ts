import { existsSync } from "node:fs";
import { join } from "node:path";
import { openStore, restoreBackup, type BackupManifest, type Restored } from "../../store/index.js";
import { isEmbedded, storeOptionsOf, type InstallationPlace } from "./place.js";

export interface MadeBackup {
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** Where the key lies that reads it; absent: it was stated (REMIT_SECRET_KEY), or there is none. */
  readonly keyFile?: string;
}

/** `backup-20261122T120000` below the installation: sorted by age by their names. */
export const backupFolder = ({ home, now }: Pick<InstallationPlace, "home" | "now">): string =>
  join(home, "backups", `backup-${now().replaceAll(/[-:]/g, "").slice(0, 15)}`);

/** Undefined where there is no embedded database: a backup makes none. `withKey`: the key that lies in the folder, too. */
export async function backupInstallation(
  place: InstallationPlace,
  folder: string,
  withKey: boolean,
): Promise<MadeBackup | undefined> {
  if (isEmbedded(place) && !existsSync(join(place.home, "database"))) return undefined;
  const kept = join(place.home, "secret.key");
  const beside = isEmbedded(place) && place.secret === undefined && existsSync(kept);
  const store = await openStore(storeOptionsOf(place));
  try {
    const manifest = await store.backupTo(folder, withKey && beside ? kept : undefined);
    return { folder, manifest, ...(beside ? { keyFile: kept } : {}) };
  } finally {
    await store.close();
  }
}

/** Into an empty place, after it was checked whole: see `restoreBackup` of the store. */
export const restoreInstallation = (place: InstallationPlace, folder: string): Promise<Restored> =>
  restoreBackup(folder, storeOptionsOf(place));
