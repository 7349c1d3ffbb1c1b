import { emptyCatalogue } from "../../core/accountability/index.js";
import type { CaseFilter, CaseSort, PageRequest } from "../../store/index.js";
import { memberOf } from "../access/member.js";
import type { Viewer } from "../access/viewer.js";
import { backOf, splitTerms, teamKey, wordOf, type CaseLine } from "../cases/case-listing.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";

/** What cases are asked for. People as the catalogue calls them. */
export interface CaseQuery {
  readonly q?: string;
  readonly status?: readonly string[];
  readonly verdict?: readonly string[];
  readonly words?: readonly string[];
  readonly kind?: readonly string[];
  readonly tier?: readonly string[];
  readonly lead?: readonly string[];
  readonly contain?: readonly string[];
  readonly plane?: readonly string[];
  readonly weakness?: readonly string[];
  readonly account?: readonly string[];
  readonly view?: "open" | "mine" | "waiting" | "nobody" | "unknown" | "late" | "incidents" | "all";
  /** Who has taken containment. */
  readonly takenBy?: string;
  readonly dueBefore?: string;
}

export async function findCases(
  installation: Installation,
  viewer: Viewer,
  query: CaseQuery & PageRequest & { readonly sort?: CaseSort },
): Promise<{ items: CaseLine[]; next?: string; total: number }> {
  const { store } = installation;
  const { sort = "severity", after, limit } = query;
  const filter = await filterOf(installation, viewer, query);
  const page = await store.cases.lines(filter, sort, {
    ...(after === undefined ? {} : { after }),
    ...(limit === undefined ? {} : { limit }),
  });
  const items = await withNames(
    store,
    page.items.map((line) => JSON.parse(line) as CaseLine),
  );
  const total = await store.cases.count(filter);
  return { items, total, ...(page.next === undefined ? {} : { next: page.next }) };
}

type Values = { value: string; label?: string; count: number }[];

export interface CaseFacets {
  readonly total: number;
  readonly facets: Record<
    "words" | "status" | "lead" | "contain" | "plane" | "account" | "weakness" | "tier" | "kind",
    Values
  >;
  readonly views: Record<CountedView, number>;
}

const countedViews = ["open", "mine", "waiting", "nobody", "unknown", "late", "incidents"] as const;
type CountedView = (typeof countedViews)[number];

/** Counts of the lists, under the same filter as the list. */
export async function caseFacets(
  installation: Installation,
  viewer: Viewer,
  query: CaseQuery,
): Promise<CaseFacets> {
  const { store } = installation;
  const filter = await filterOf(installation, viewer, query);
  const { back, state, ...facets } = await store.cases.facets(filter);
  const values = (list: readonly { value: string; count: number }[]): Values =>
    list.map((item) => ({ ...item }));
  return {
    total: await store.cases.count(filter),
    facets: {
      words: back.map(({ value, count }) => ({ value: wordOf(Number(value)), count })),
      status: values(state),
      lead: values(facets.lead),
      contain: values(facets.contain),
      plane: values(facets.plane),
      account: values(facets.account),
      weakness: values(facets.weakness),
      tier: values(facets.tier),
      kind: values(facets.kind),
    },
    views: await viewCounts(installation, viewer),
  };
}

/** How many cases each of the saved views holds. */
export async function viewCounts(
  installation: Installation,
  viewer: Viewer,
): Promise<Record<CountedView, number>> {
  const { store } = installation;
  const counts = {} as Record<CountedView, number>;
  for (const view of countedViews) {
    const filter = await filterOf(installation, viewer, { view });
    counts[view] = await store.cases.count(filter);
  }
  return counts;
}

async function filterOf(
  installation: Installation,
  viewer: Viewer,
  { q, status, words, tier, view, takenBy, dueBefore, ...same }: CaseQuery,
): Promise<CaseFilter> {
  const { store, now } = installation;
  const { verdict, kind, lead, contain, plane, weakness, account } = same;
  const terms = q === undefined ? [] : splitTerms(q).slice(0, 20);
  return {
    visible: viewer.visible,
    ...stated({ verdict, kind, lead, contain, plane, weakness, account }),
    ...(status === undefined ? {} : { state: status }),
    ...(words === undefined ? {} : { back: words.map(backOf) }),
    ...(tier === undefined ? {} : { tier: tier.map(Number) }),
    ...(takenBy === undefined ? {} : { owner: await store.people.pseudonymOf(takenBy) }),
    ...(dueBefore === undefined ? {} : { dueBefore }),
    ...(terms.length === 0 ? {} : { terms }),
    ...(view === undefined || view === "all" ? {} : { open: true }),
    ...(view === "nobody" ? { nobody: true } : {}),
    ...(view === "incidents" ? { incident: true } : {}),
    ...(view === "unknown" ? { verdict: ["unknown"] } : {}),
    ...(view === "late" ? { dueBefore: now() } : {}),
    ...(view === "mine" ? { holders: await keysOfPerson(installation, viewer.person) } : {}),
    ...(view === "waiting" ? { asked: await keysOfPerson(installation, viewer.person) } : {}),
  };
}

const stated = <Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;

/** What somebody is called among those who have work: their pseudonym, and their teams. */
export async function keysOfPerson({ store, now }: Installation, person: string): Promise<readonly string[]> {
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const teams = memberOf(catalogue, person, at)?.teams ?? [];
  return [await store.people.pseudonymOf(person), ...teams.map(teamKey)];
}
