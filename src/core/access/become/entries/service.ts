import { evidenceAt, type Evidence, type Principal, type Resource, type Tri } from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import { reachedFromInternet } from "../../internet-reach.js";
import { serviceName } from "../identity-facts.js";
import { nameOf } from "../steps.js";
import { digitsOf, entry, type EntryParts } from "./entry.js";

/** What the label of an entry ends with where strangers get to the compute. */
export const reachableWords = ", reachable from the internet";

interface ServiceShape {
  /** What runs with the role, for people. */
  readonly words: string;
  /** Kinds of resource whose full inventory would show it. */
  readonly kinds: readonly string[];
}

/** Services whose compute acts with the rights of a role that admits them. */
const computeServices: Readonly<Record<string, ServiceShape>> = {
  "ec2.amazonaws.com": { words: "an instance", kinds: ["ec2:instance"] },
  "lambda.amazonaws.com": { words: "a function", kinds: ["lambda:function"] },
  "ecs-tasks.amazonaws.com": { words: "a task", kinds: ["ecs:task", "ecs:task-definition"] },
  "codebuild.amazonaws.com": { words: "a build project", kinds: ["codebuild:project"] },
  "cloudformation.amazonaws.com": { words: "a stack", kinds: ["cloudformation:stack"] },
  "glue.amazonaws.com": { words: "a Glue job", kinds: ["glue:job", "glue:dev-endpoint"] },
  "sagemaker.amazonaws.com": { words: "a notebook or job", kinds: ["sagemaker:notebook-instance"] },
  "tasks.apprunner.amazonaws.com": { words: "an App Runner service", kinds: ["apprunner:service"] },
  "pods.eks.amazonaws.com": { words: "a pod", kinds: ["eks:pod-identity-association"] },
};

/** Compute and services that run as a role. What is not collected is assumed in words; what is inventoried is not. */
export function serviceEntries(
  parts: EntryParts,
  role: Principal,
  services: readonly string[],
  evidence: Evidence | undefined,
): readonly Entry[] {
  const { estate } = parts.model;
  const found: Entry[] = [];
  for (const service of [...new Set(services.map(serviceName))].sort()) {
    const shape = computeServices[service];
    const kind =
      shape === undefined
        ? "service-principal"
        : service === "pods.eks.amazonaws.com"
          ? "federated-workload"
          : "inherited-role";
    // An EC2 role enters an instance only through an instance profile.
    if (service === "ec2.amazonaws.com" && role.instanceProfiles.length === 0) continue;
    const running = shape === undefined ? [] : computeOf(parts, role, shape.kinds);
    for (const resource of running) {
      const reach = reachOf(parts, resource);
      const exposed = reach !== false;
      found.push(
        entry(role.id, {
          kind,
          band: exposed ? 1 : 2,
          label: `${shape === undefined ? resource.kind : shape.words.replace(/^an? /, "")} ${calledName(resource)} runs as it${exposed ? reachableWords : ""}`,
          starter: resource.id,
          ...(reach === "unknown"
            ? { assumption: `a security group of ${calledName(resource)} lets the internet in` }
            : {}),
          evidence: [evidence, evidenceAt(resource.origin, `${calledName(resource)} runs as ${role.name}`)],
        }),
      );
    }
    const account = role.account;
    const complete =
      shape !== undefined &&
      account !== undefined &&
      shape.kinds.some((item) => estate.covers("inventory", `${account}/${item}`));
    if (running.length > 0 || complete) continue;
    const words = shape?.words ?? service.replace(/\.amazonaws\.com$/, "");
    found.push(
      entry(role.id, {
        kind,
        band: 2,
        label: shape === undefined ? `AWS service ${words}` : `${words} that runs as it`,
        starter: service,
        assumption:
          shape === undefined ? `${words} is set up with ${role.name}` : `${words} runs as ${role.name}`,
        evidence: [evidence],
        ...(account === undefined
          ? {}
          : { hint: `list what runs in account ${digitsOf(account)} to confirm` }),
      }),
    );
  }
  return found;
}

/** An instance goes by its `Name` tag; what has no given name by the end of its id. */
const calledName = ({ id, name, tags }: Resource): string =>
  tags["Name"] ?? (id.endsWith(name) ? nameOf(id) : name);

const computeOf = (parts: EntryParts, role: Principal, kinds: readonly string[]): readonly Resource[] =>
  (parts.model.runningAs(role.id) ?? []).filter(({ kind }) => kinds.includes(kind));

/** An instance is reached through a rule of its groups; of other compute, what a document states is what is known. */
function reachOf(parts: EntryParts, resource: Resource): Tri {
  if (inExposedWorkload(parts, resource)) return true;
  if (resource.properties.get("internetReachable")?.value !== true) return false;
  if (resource.kind !== "ec2:instance") return true;
  return reachedFromInternet(resource, (of, name) => parts.model.estate.resource(of)?.properties.get(name));
}

const inExposedWorkload = (parts: EntryParts, resource: Resource): boolean =>
  parts.model.estate.workloads.some(
    (workload) => workload.exposed === true && workload.resources.includes(resource.id),
  );

/** Workloads and pipelines that are known to act as an identity. */
export function workloadEntries(parts: EntryParts, principal: Principal): readonly Entry[] {
  const { estate } = parts.model;
  const found: Entry[] = [];
  for (const workload of estate.workloads) {
    if (!workload.runsAs.includes(principal.id)) continue;
    found.push(
      entry(principal.id, {
        kind: "inherited-role",
        band: workload.exposed === true ? 1 : 2,
        label: `workload ${workload.name} runs as it${workload.exposed === true ? ", reachable from the internet" : ""}`,
        starter: `workload:${workload.id}`,
        evidence: [evidenceAt(workload.origin, `${workload.name} runs as ${principal.name}`)],
      }),
    );
  }
  for (const pipeline of estate.pipelines) {
    const linked = estate.links.some(
      (link) => link.kind === "pipeline-role" && link.from === pipeline.id && link.to === principal.id,
    );
    if (pipeline.runsAs !== principal.id && !linked) continue;
    found.push(
      entry(principal.id, {
        kind: "pipeline",
        band: 2,
        label: `pipeline ${pipeline.file ?? pipeline.id}`,
        starter: pipeline.id,
        evidence: [evidenceAt(pipeline.origin, `${pipeline.id} acts as ${principal.name}`)],
      }),
    );
  }
  return found;
}
