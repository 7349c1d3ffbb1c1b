import { globMatches } from "../access/index.js";
import type { Catalogue } from "../accountability/index.js";
import { principalId, type Estate, type Workload } from "../estate/index.js";
import { compareText } from "./sorting.js";

/**
 * Workloads of the estate, and those that only the catalogue knows with the identities and resources that its patterns
 * match; sorted by id.
 */
export function knownWorkloads(estate: Estate, catalogue: Catalogue | undefined): readonly Workload[] {
  const deployed = new Set(estate.workloads.map((item) => item.id));
  const matching = <Item extends { readonly id: string }>(
    patterns: readonly string[],
    items: readonly Item[],
  ): readonly Item[] =>
    items.filter(({ id }) => patterns.some((pattern) => globMatches(principalId(pattern), id)));
  const onlyNamed = (catalogue?.workloads ?? [])
    .filter((entry) => !deployed.has(entry.id))
    .map((entry): Workload => {
      const runsAs = matching(entry.match.principals, estate.principals).filter(
        // A pattern over users and groups names who works on it, not what it runs as.
        ({ kind }) => kind !== "group" && kind !== "person",
      );
      const resources = matching(entry.match.resources, estate.resources);
      const identities = [
        ...new Set([...runsAs.map(({ id }) => id), ...resources.flatMap((item) => item.runsAs ?? [])]),
      ];
      const [account] = [...new Set([...resources, ...runsAs].flatMap((item) => item.account ?? []))];
      return {
        id: entry.id,
        name: entry.id,
        ...(account === undefined ? {} : { account }),
        runsAs: identities,
        resources: resources.map(({ id }) => id),
        exposed: "unknown",
        components: [],
        ...(entry.match.repositories[0] === undefined ? {} : { repository: entry.match.repositories[0] }),
        facts: {},
        origin: entry.origin,
      };
    });
  return [...estate.workloads, ...onlyNamed].sort((a, b) => compareText(a.id, b.id));
}
