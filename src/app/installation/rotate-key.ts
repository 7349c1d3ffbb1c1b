import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../store/index.js";
import { isEmbedded, storeOptionsOf, type InstallationPlace } from "./place.js";

export interface RotatedKey {
  /** Where the new master key lies now; absent: it is stated by whoever starts the installation (REMIT_SECRET_KEY). */
  readonly keyFile?: string;
}

/**
 * Everything that is sealed is sealed again under a new data key; with `next` under another master key too. Undefined
 * where there is no embedded database.
 */
export async function rotateKey(
  place: InstallationPlace,
  next: string | undefined,
): Promise<RotatedKey | undefined> {
  if (isEmbedded(place) && !existsSync(join(place.home, "database"))) return undefined;
  const kept = join(place.home, "secret.key");
  const beside = next !== undefined && isEmbedded(place) && place.secret === undefined;
  // Written before: a key that seals everything and lies nowhere would be lost with this process.
  const aside = `${kept}.next`;
  const store = await openStore(storeOptionsOf(place));
  try {
    if (beside) writeFileSync(aside, `${next}\n`, { mode: 0o600 });
    await store.rotateKeys(next).catch((error: unknown) => {
      // Where it is not known whether the last step took effect both stay: docs/operations.md says how to find out.
      if (!isAway(error)) rmSync(aside, { force: true });
      throw error;
    });
    if (beside) renameSync(aside, kept);
    return beside ? { keyFile: kept } : {};
  } finally {
    await store.close();
  }
}

const isAway = (error: unknown): boolean => (error as { readonly retry?: unknown }).retry === true;
