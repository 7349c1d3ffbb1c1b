import type { RetestedExposure } from "../../core/cases/index.js";
import type { Analysis, Case } from "../../core/decision/index.js";
import type { FindingState } from "../../core/findings/index.js";
import type { Store } from "../../store/index.js";

type State = RetestedExposure["state"];

const stateOf: Readonly<Record<FindingState, State>> = {
  open: "open",
  recurred: "open",
  accepted: "open",
  "muted-external": "muted-external",
  unknown: "unknown",
  gone: "gone",
  fixed: "fixed",
};
/** One tool that still sees it outweighs all that do not. */
const gravest: readonly State[] = ["open", "unknown", "muted-external", "gone", "fixed"];

/**
 * What the installation remembers of exposures that an analysis lists no more, as their documents are kept no longer:
 * over all scans their findings were seen passing, or a whole scan of their account did not have them.
 */
export async function rememberedStates(
  { findings }: Pick<Store, "findings">,
  decided: Case,
  listed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, State>> {
  const found = new Map<string, State>();
  for (const { id, resource, weakness } of decided.exposures) {
    if (listed.has(id)) continue;
    const states = new Set<State>();
    for (let after: string | undefined; ;) {
      const page = await findings.list(
        { resource, weakness },
        { limit: 1000, ...(after === undefined ? {} : { after }) },
      );
      for (const { record } of page.items) states.add(stateOf[record.state]);
      if (page.next === undefined) break;
      after = page.next;
    }
    const state = gravest.find((item) => states.has(item));
    if (state !== undefined) found.set(id, state);
  }
  return found;
}

export const listedIn = ({ cases }: Analysis): ReadonlySet<string> =>
  new Set(cases.flatMap(({ exposures }) => exposures.map(({ id }) => id)));
