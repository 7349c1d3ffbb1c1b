import { coveredBy } from "../access/audience.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { caseRecordOf } from "./case-row.js";
import type { Catalogue } from "../../core/accountability/index.js";

/** Of the rules by which a catalogue says who sees a case (`coveredBy`): one more with every change of them. */
export const coverageVersion = 1;

/** Works out who sees which case; gives how many cases it changed. */
export const coverCases = ({ store }: Pick<Installation, "store">, catalogue: Catalogue): Promise<number> =>
  store.cases.cover((row) => coveredBy(catalogue, caseRecordOf(row).decided), coverageVersion);

/**
 * The same where other rules than those of this release did it last: a team sees its cases from the upgrade on, and not
 * from the next analysis. Undefined: nothing had to be done.
 */
export async function coverAfterUpgrade({ store, now, turn }: Installation): Promise<number | undefined> {
  if ((await store.cases.coveredBy()) === coverageVersion) return undefined;
  const current = await currentCatalogue(store, now());
  // Without a catalogue nobody sees a case by one.
  return current === undefined ? undefined : turn(() => coverCases({ store }, current.catalogue));
}
