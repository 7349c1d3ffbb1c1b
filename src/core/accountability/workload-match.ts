import type { Estate, Workload } from "../estate/index.js";
import type { Catalogue, WorkloadEntry } from "./catalogue.js";
import { indexPatterns, type PatternIndex } from "./pattern-index.js";

/** What a question is about, as ids of the estate. */
export interface WorkloadQuestion {
  readonly resources?: readonly string[];
  readonly principals?: readonly string[];
  readonly repositories?: readonly string[];
  /** Workload ids that are known already. */
  readonly workloads?: readonly string[];
}

export interface MatchingWorkloads {
  readonly catalogued: readonly WorkloadEntry[];
  readonly deployed: readonly Workload[];
}

/** The workloads that a resource, an identity or a repository belongs to, in the order of their documents. */
export function matchingWorkloads(
  estate: Pick<Estate, "workloads">,
  catalogue: Pick<Catalogue, "workloads"> | undefined,
  question: WorkloadQuestion,
): MatchingWorkloads {
  const { resources = [], principals = [], repositories = [], workloads = [] } = question;
  const running = deployedIndex(estate.workloads);
  const stated = resources.flatMap((id) => (id.startsWith(named) ? [id.slice(named.length)] : []));
  const deployed = inOrder(estate.workloads, [
    ...[...workloads, ...stated].flatMap((id) => running.byId.get(id) ?? []),
    ...resources.flatMap((id) => running.byResource.get(id) ?? []),
    ...principals.flatMap((id) => running.byIdentity.get(id) ?? []),
    ...repositories.flatMap((id) => running.byRepository.get(id) ?? []),
  ]);
  const entries = catalogue?.workloads ?? [];
  const known = catalogueIndex(entries);
  const ids = [...workloads, ...stated, ...deployed.map((workload) => workload.id)];
  const catalogued = inOrder(entries, [
    ...ids.flatMap((id) => known.byId.get(id) ?? []),
    ...resources.flatMap((id) => known.resources.matching(id)),
    ...principals.flatMap((id) => known.principals.matching(id)),
    ...repositories.flatMap((id) => known.repositories.matching(id)),
  ]);
  return { catalogued, deployed };
}

const named = "workload:";

const inOrder = <Item>(items: readonly Item[], found: readonly number[]): readonly Item[] =>
  [...new Set(found)].sort((a, b) => a - b).flatMap((at) => items[at] ?? []);

type Positions = ReadonlyMap<string, readonly number[]>;

interface DeployedIndex {
  readonly byId: Positions;
  readonly byResource: Positions;
  readonly byIdentity: Positions;
  readonly byRepository: Positions;
}

interface CatalogueIndex {
  readonly byId: Positions;
  readonly resources: PatternIndex;
  readonly principals: PatternIndex;
  readonly repositories: PatternIndex;
}

/** Built once per list: questions are asked for every duty of every workload. */
const deployedIndexes = new WeakMap<readonly Workload[], DeployedIndex>();
const catalogueIndexes = new WeakMap<readonly WorkloadEntry[], CatalogueIndex>();

function deployedIndex(workloads: readonly Workload[]): DeployedIndex {
  let found = deployedIndexes.get(workloads);
  if (found === undefined) {
    found = {
      byId: positions(workloads, ({ id }) => [id]),
      byResource: positions(workloads, ({ resources }) => resources),
      byIdentity: positions(workloads, ({ runsAs }) => runsAs),
      byRepository: positions(workloads, ({ repository }) => (repository === undefined ? [] : [repository])),
    };
    deployedIndexes.set(workloads, found);
  }
  return found;
}

function catalogueIndex(entries: readonly WorkloadEntry[]): CatalogueIndex {
  let found = catalogueIndexes.get(entries);
  if (found === undefined) {
    const patterns = (of: (entry: WorkloadEntry) => readonly string[]): PatternIndex =>
      indexPatterns(entries.flatMap((entry, at) => of(entry).map((pattern) => [pattern, at] as const)));
    found = {
      byId: positions(entries, ({ id }) => [id]),
      resources: patterns(({ match }) => match.resources),
      principals: patterns(({ match }) => match.principals),
      repositories: patterns(({ match }) => match.repositories),
    };
    catalogueIndexes.set(entries, found);
  }
  return found;
}

function positions<Item>(items: readonly Item[], keys: (item: Item) => readonly string[]): Positions {
  const map = new Map<string, number[]>();
  items.forEach((item, at) => {
    for (const key of keys(item)) {
      const list = map.get(key);
      if (list === undefined) map.set(key, [at]);
      else list.push(at);
    }
  });
  return map;
}
