import type { Analysis, Case } from "../../core/decision/index.js";
import type { Snapshot } from "../../store/index.js";
import { leadNameOf } from "../cases/case-listing.js";
import { casesInSight, type Looker } from "../access/sight.js";
import type { Installation } from "../installation/installation.js";
import { analysisOf } from "../installation/latest-analysis.js";

interface Side {
  readonly verdict: string;
  readonly words: string;
  readonly because: string;
  readonly lead: string;
  readonly leadName?: string;
  readonly contain: string;
  readonly tier: number;
  readonly severity: string;
}

interface Place {
  readonly id: string;
  readonly resource: string;
  readonly weakness: string;
  readonly title: string;
}

/** `remit.diff/1`. */
export interface AnalysisDiff {
  readonly schema: "remit.diff/1";
  readonly from: { readonly id: string; readonly generatedAt: string };
  readonly to: { readonly id: string; readonly generatedAt: string };
  readonly cases: {
    readonly new: { id: string; title: string; after: Side }[];
    readonly gone: { id: string; title: string; before: Side }[];
    readonly changed: { id: string; title: string; before: Side; after: Side; flipped: Flip[] }[];
    readonly same: number;
  };
  readonly exposures: { readonly new: Place[]; readonly gone: Place[]; readonly same: number };
  readonly documents: { readonly new: string[]; readonly gone: string[]; readonly changed: string[] };
  readonly unknowns: { readonly new: string[]; readonly gone: string[] };
}

type Flip = "verdict" | "owner" | "tier" | "severity" | "reason";

/** Two stored analyses, the older one first as it is asked. Undefined where one of them is not stored. */
export async function compareStored(
  installation: Installation,
  looker: Looker,
  from: string,
  to: string | undefined,
): Promise<AnalysisDiff | undefined> {
  const { store } = installation;
  const find = async (id: string | undefined): Promise<Snapshot | undefined> => {
    const found =
      id === undefined ? await store.snapshots.latest("analysis", "*") : await store.snapshots.find(id);
    return found?.kind === "analysis" ? found : undefined;
  };
  const [a, b] = [await find(from), await find(to)];
  const [before, after] = [
    a === undefined ? undefined : await analysisOf(installation, a),
    b === undefined ? undefined : await analysisOf(installation, b),
  ];
  if (a === undefined || b === undefined || before === undefined || after === undefined) return undefined;
  if (looker.whole) return compareAnalyses({ id: a.id, analysis: before }, { id: b.id, analysis: after });
  const named = [...before.cases, ...after.cases].map(({ id }) => id);
  const ids = await casesInSight(installation, looker, named);
  return compareAnalyses(
    { id: a.id, analysis: onlyOf(before, ids) },
    { id: b.id, analysis: onlyOf(after, ids) },
  );
}

/** Which documents were read and which facts are missing is about everybody. */
const onlyOf = (analysis: Analysis, ids: ReadonlySet<string>): Analysis => ({
  ...analysis,
  cases: analysis.cases.filter(({ id }) => ids.has(id)),
  inputs: [],
  unknowns: [],
});

interface Named {
  readonly id: string;
  readonly analysis: Analysis;
}

export function compareAnalyses(from: Named, to: Named): AnalysisDiff {
  const [old, now] = [casesById(from.analysis), casesById(to.analysis)];
  const changed = [...now.values()].flatMap((item) => {
    const was = old.get(item.id);
    if (was === undefined) return [];
    const [before, after] = [sideOf(was), sideOf(item)];
    const flipped = flipsOf(before, after);
    return flipped.length === 0 ? [] : [{ id: item.id, title: item.title, before, after, flipped }];
  });
  const added = [...now.values()].filter(({ id }) => !old.has(id));
  const gone = [...old.values()].filter(({ id }) => !now.has(id));
  const [seen, sees] = [placesOf(from.analysis), placesOf(to.analysis)];
  const [read, reads] = [inputsOf(from.analysis), inputsOf(to.analysis)];
  const [missed, misses] = [factsOf(from.analysis), factsOf(to.analysis)];
  return {
    schema: "remit.diff/1",
    from: { id: from.id, generatedAt: from.analysis.generatedAt },
    to: { id: to.id, generatedAt: to.analysis.generatedAt },
    cases: {
      new: added.map((item) => ({ id: item.id, title: item.title, after: sideOf(item) })),
      gone: gone.map((item) => ({ id: item.id, title: item.title, before: sideOf(item) })),
      changed,
      same: now.size - added.length - changed.length,
    },
    exposures: {
      new: without(sees, seen),
      gone: without(seen, sees),
      same: [...sees.keys()].filter((id) => seen.has(id)).length,
    },
    documents: {
      new: [...reads.keys()].filter((name) => !read.has(name)),
      gone: [...read.keys()].filter((name) => !reads.has(name)),
      changed: [...reads].flatMap(([name, digest]) =>
        read.has(name) && read.get(name) !== digest ? [name] : [],
      ),
    },
    unknowns: { new: without(misses, missed), gone: without(missed, misses) },
  };
}

const without = <Value>(these: ReadonlyMap<string, Value>, those: ReadonlyMap<string, Value>): Value[] =>
  [...these].flatMap(([key, value]) => (those.has(key) ? [] : [value]));

const casesById = ({ cases }: Analysis): ReadonlyMap<string, Case> =>
  new Map(cases.map((item) => [item.id, item]));

const placesOf = ({ cases }: Analysis): ReadonlyMap<string, Place> =>
  new Map(
    cases.flatMap(({ exposures }) =>
      exposures.map(({ id, resource, weakness, weaknessTitle }) => [
        id,
        { id, resource, weakness, title: weaknessTitle },
      ]),
    ),
  );

const inputsOf = ({ inputs }: Analysis): ReadonlyMap<string, string> =>
  new Map(inputs.map(({ document, digest }) => [document, digest]));

const factsOf = ({ unknowns }: Analysis): ReadonlyMap<string, string> =>
  new Map(unknowns.map(({ key, fact }) => [key, fact]));

function sideOf(item: Case): Side {
  const { name } = leadNameOf(item);
  const { recreation, lead, contain, tier, severity } = item;
  return {
    verdict: recreation.verdict,
    words: recreation.words,
    because: recreation.because,
    lead,
    ...(name === undefined ? {} : { leadName: name }),
    contain: contain.lead,
    tier,
    severity,
  };
}

function flipsOf(before: Side, after: Side): Flip[] {
  const flips: readonly (readonly [Flip, boolean])[] = [
    ["verdict", before.words !== after.words || before.verdict !== after.verdict],
    [
      "owner",
      before.lead !== after.lead || before.leadName !== after.leadName || before.contain !== after.contain,
    ],
    ["tier", before.tier !== after.tier],
    ["severity", before.severity !== after.severity],
    ["reason", before.because !== after.because],
  ];
  return flips.flatMap(([name, is]) => (is ? [name] : []));
}
