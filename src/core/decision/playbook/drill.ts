import type { Catalogue } from "../../accountability/index.js";
import { createEstate, resourceId, type Estate, type Origin, type Workload } from "../../estate/index.js";
import { knownWorkloads } from "../known-workloads.js";

/** The estate as it would be the moment somebody breaks into a workload; marked as supposed wherever it is cited. */
export interface Drill {
  readonly estate: Estate;
  readonly workload: Workload;
  /** The resource and weakness of the supposed exposure. */
  readonly resource: string;
  readonly weakness: string;
}

export type DrillAnswer =
  | { readonly kind: "drill"; readonly drill: Drill }
  | { readonly kind: "unknown"; readonly near: readonly string[] };

/**
 * Supposes that a workload is in strange hands, so that the answer exists before it happens (R48): a flaw that is used,
 * and an incident declared now. Everything else is the estate as it is.
 */
export function drillOf(
  estate: Estate,
  catalogue: Catalogue | undefined,
  name: string,
  now: string,
): DrillAnswer {
  const typed = name.replace(/^workload:/, "");
  const known = knownWorkloads(estate, catalogue);
  const workload = known.find(({ id }) => id === typed) ?? onlyNamed(known, typed);
  if (workload === undefined) {
    const lower = typed.toLowerCase();
    const ids = known.map(({ id }) => id);
    const near = ids.filter((id) => id.toLowerCase().includes(lower) || lower.includes(id.toLowerCase()));
    return { kind: "unknown", near: (near.length > 0 ? near : ids).slice(0, 5) };
  }
  const origin: Origin = {
    source: { path: "supposed", digest: "0".repeat(64), kind: "supposed", observedAt: now },
  };
  const resource = resourceId(`workload:${workload.id}`);
  const weakness = "vulnerability.component";
  return {
    kind: "drill",
    drill: {
      workload,
      resource,
      weakness,
      estate: createEstate({
        ...estate,
        workloads: [...estate.workloads.filter(({ id }) => id !== workload.id), workload].sort((a, b) =>
          a.id < b.id ? -1 : a.id > b.id ? 1 : 0,
        ),
        incidents: [
          ...estate.incidents.filter(({ scope }) => scope !== resource),
          { id: "supposed", declaredAt: now, scope: resource, exploited: true, used: [], origin },
        ],
        exposures: [
          ...estate.exposures.filter((item) => item.resource !== resource || item.weakness !== weakness),
          {
            id: "supposed",
            resource,
            ...(workload.account === undefined ? {} : { account: workload.account }),
            weakness,
            subLocator: "",
            severity: "high",
            state: "open",
            facts: {},
            origin,
          },
        ],
      }),
    },
  };
}

function onlyNamed(known: readonly Workload[], name: string): Workload | undefined {
  const [only, ...rest] = known.filter((workload) => workload.name === name);
  return rest.length === 0 ? only : undefined;
}
