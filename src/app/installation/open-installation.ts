import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCasePolicy } from "../../core/cases/index.js";
import { openStore, type Store } from "../../store/index.js";
import { listingOfRow } from "../cases/case-row.js";
import { analyseHeld } from "../analyst/analysis-process.js";
import { createAsking } from "../asking/asking.js";
import { sweepSpool } from "../imports/spool.js";
import { analyseInProcess } from "./analyse-documents.js";
import { takeTurns, type Installation } from "./installation.js";
import { isEmbedded, makeKey, storeOptionsOf, type InstallationPlace } from "./place.js";

/**
 * Opens the installation, and makes it where there is none. Rejects with a `StoreFault`. `program`: `bin/remit`. `stays`:
 * it is open for long, so that what one analysis worked out is kept for the next (docs/adr/0012).
 */
export async function openInstallation(
  place: InstallationPlace,
  program: string,
  stays = false,
): Promise<Installation> {
  if (isEmbedded(place) && place.secret === undefined) makeKey(place);
  const options = storeOptionsOf(place);
  const store = await openStore(options);
  // Rows of an earlier release show nothing in lists until they are worked out.
  await store.cases.restate(listingOfRow);
  // Over many cases the first count takes longer than a page may; whoever asks meanwhile waits for this one.
  if (stays) store.cases.count({}).catch(() => undefined);
  const spool = join(place.home, "spool");
  await sweepSpool(spool);
  const installation = installationOver(store, place.now, program, options.secret, spool);
  return stays ? { ...installation, analyse: analyseHeld(program, options.secret).analyse } : installation;
}

/** The installation whose store is open already. */
export const installationOver = (
  store: Store,
  now: () => string,
  program: string,
  secret?: string,
  spool: string = tmpdir(),
): Installation => ({
  store,
  now,
  policy: defaultCasePolicy,
  turn: takeTurns(),
  spool,
  newImportId: randomUUID,
  analyse: analyseInProcess(program, secret),
  asking: createAsking(store, { program, ...(secret === undefined ? {} : { secret }) }),
});
