import { globMatches } from "../access/index.js";
import { principalId, type Estate, type Workload } from "../estate/index.js";
import type { Catalogue, WorkloadEntry } from "./catalogue.js";

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
  catalogue: Catalogue | undefined,
  question: WorkloadQuestion,
): MatchingWorkloads {
  const { resources = [], principals = [], repositories = [], workloads = [] } = question;
  const deployed = estate.workloads.filter(
    (workload) =>
      workloads.includes(workload.id) ||
      resources.includes(`workload:${workload.id}`) ||
      workload.resources.some((own) => resources.includes(own)) ||
      workload.runsAs.some((own) => principals.includes(own)) ||
      (workload.repository !== undefined && repositories.includes(workload.repository)),
  );
  const ids = new Set([...workloads, ...deployed.map((workload) => workload.id)]);
  const catalogued = (catalogue?.workloads ?? []).filter(
    (entry) =>
      ids.has(entry.id) ||
      resources.includes(`workload:${entry.id}`) ||
      anyMatches(entry.match.resources, resources) ||
      anyMatches(entry.match.principals, principals) ||
      anyMatches(entry.match.repositories, repositories),
  );
  return { catalogued, deployed };
}

const anyMatches = (patterns: readonly string[], ids: readonly string[]): boolean =>
  patterns.some((pattern) => ids.some((id) => globMatches(principalId(pattern), id)));
