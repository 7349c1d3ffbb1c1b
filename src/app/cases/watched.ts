import type { Analysis } from "../../core/decision/index.js";
import { isShownByEstate, type Watched } from "../watched-exposures.js";
import type { CaseRecord } from "./case-row.js";

/** Whether any case can be about an exposure that no tool reported. */
export const mayWatch = (last: Analysis | undefined): boolean =>
  last?.cases.some(({ exposures }) => exposures.some(({ id }) => isShownByEstate(id))) === true;

/** Exposures of cases that the estate itself showed: a later analysis says what became of them (R36). */
export function watchedOf(held: Iterable<CaseRecord>): readonly Watched[] {
  const found = new Map<string, Watched>();
  for (const { state, decided } of held)
    for (const { id, resource, resourceName, resourceKind, account, region, weakness } of decided.exposures) {
      const known = found.get(id);
      // Of several cases the one that was opened last asks for the newest documents.
      if (!isShownByEstate(id) || (known !== undefined && known.since >= state.since)) continue;
      found.set(id, {
        ...{ resource, resourceName, resourceKind, weakness, since: state.since },
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
      });
    }
  return [...found.keys()].sort().flatMap((id) => found.get(id) ?? []);
}
