import { evidenceAt, resourceId, type Estate, type StatedExposure, type Workload } from "../estate/index.js";
import type { CaseExposure, FactRecord } from "./analysis.js";
import { known } from "./facts/fact.js";

/** Kinds whose finding was made on something that runs, not on what it was built from. */
const running =
  /^(ec2:instance|lambda:function|ecs:(service|task)|workload|(kubernetes:)?(pod|deployment|daemonset|statefulset|job|cronjob|replicaset)|azure:(microsoft\.compute\/)?virtualmachines?)$/i;

export interface DeploymentQuestion {
  readonly exposures: readonly Pick<CaseExposure, "resource" | "resourceKind" | "findings">[];
  /** Workloads that the exposures belong to. */
  readonly workloads: readonly Workload[];
  readonly stated: readonly StatedExposure[];
  readonly estate: Estate;
}

/**
 * R7: whether what carries a flaw runs anywhere. One proof that it does decides; that it does not is only believed when
 * a document says so of it, for an image that nobody was seen to run may run where nobody looked.
 */
export function deploymentOf({ exposures, workloads, stated, estate }: DeploymentQuestion): FactRecord {
  const runs = workloads.find(({ facts }) => facts["deployed"] !== false);
  if (runs !== undefined)
    return known(
      true,
      [evidenceAt(runs.origin, `workload ${runs.name} runs it`)],
      `workload ${runs.name} runs it`,
    );
  for (const { resource, resourceKind, findings } of exposures) {
    const own = estate.resource(resourceId(resource));
    // A workload that a document calls undeployed is asked below.
    if (resource.startsWith("workload:") && own === undefined) continue;
    if (own?.runsAs !== undefined || running.test(own?.kind ?? resourceKind))
      return known(
        true,
        own === undefined
          ? findings.slice(0, 1).map(({ evidence }) => evidence)
          : [evidenceAt(own.origin, `${own.kind} ${own.name}`)],
        "it was found on something that runs",
      );
  }
  const yes = stated.find(({ facts }) => facts["deployed"] === true);
  if (yes !== undefined) return known(true, [evidenceAt(yes.origin, "deployed: true")]);
  // Of every single thing that carries it; one of which nobody says so may run.
  const saidNot = exposures.map(({ resource }) => [
    ...stated.filter((item) => item.resource === resource && item.facts["deployed"] === false),
    ...workloads.filter(
      ({ id, resources }) => resource === `workload:${id}` || resources.some((own) => own === resource),
    ),
  ]);
  return saidNot.length === 0 || saidNot.some((items) => items.length === 0)
    ? known("unknown", [], "whether anything runs it is not known")
    : known(
        false,
        saidNot.flat().map((item) => evidenceAt(item.origin, "deployed: false")),
        "built, and deployed nowhere",
      );
}
