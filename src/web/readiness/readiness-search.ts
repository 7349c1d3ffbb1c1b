import { oneOf, word, type Raw } from "../api/search-params.js";

export const readinessViews = ["map", "gaps", "trend"] as const;

/** `cell`: `WORKLOAD duty`, opened beside; the rest narrows what is shown. Defaults stay away. */
const read = (raw: Raw) => ({
  view: oneOf(raw.view, readinessViews),
  tier: oneOf(word(raw.tier), ["1", "2", "3"]),
  account: word(raw.account),
  duty: word(raw.duty),
  workload: word(raw.workload),
  cell: word(raw.cell),
});

export type ReadinessSearch = Partial<ReturnType<typeof read>>;

export const readinessSearch: (raw: Raw) => ReadinessSearch = read;
