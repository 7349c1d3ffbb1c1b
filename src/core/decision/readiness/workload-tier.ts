import type { Become } from "../../access/index.js";
import type { Catalogue, WorkloadEntry } from "../../accountability/index.js";
import { allOf, anyOf, type Estate, type Tri, type Workload } from "../../estate/index.js";
import { nativePrivileges } from "../facts/native-rights.js";
import { crossing, privilegesOf } from "../facts/spread.js";
import { triOf } from "../facts/fact.js";

export interface WorkloadTier {
  /** From what is proven. */
  readonly tier: 1 | 2 | 3;
  /** If what is not known turns out the worse way. */
  readonly ifUnknown: 1 | 2 | 3;
  /** Why, in words; first what raises it. */
  readonly because: readonly string[];
}

/**
 * The tier that an incident on the workload would have (decision-rules.md, Tiers; R65 to R67): 2 customer-facing or
 * privileged, 3 both, or its identity reaches an account with another owner. It never falls when a risk is added (R66).
 */
export function workloadTier(
  workload: Workload,
  entries: readonly WorkloadEntry[],
  { become, estate, catalogue }: { become: Become; estate: Estate; catalogue: Catalogue | undefined },
): WorkloadTier {
  const facing = saidBy([
    ...entries.map((entry) => entry.facts.customerFacing),
    triOf(workload.facts["customerFacing"]),
  ]);
  const said = saidBy([
    ...entries.map((entry) => entry.facts.privileged),
    triOf(workload.facts["privileged"]),
  ]);
  const held = workload.runsAs
    .flatMap((id) => [...privilegesOf(become, id), ...nativePrivileges(estate, id)])
    .map(({ action }) => action);
  const privileged: Tri =
    held.length > 0 ? true : said === "unknown" && workload.runsAs.length > 0 ? false : said;
  const crosses = crossing(workload.runsAs, { become, estate, catalogue });
  const tier = (holds: (value: Tri) => boolean): 1 | 2 | 3 => {
    if (holds(allOf([facing, privileged])) || holds(crosses.value)) return 3;
    return holds(anyOf([facing, privileged])) ? 2 : 1;
  };
  return {
    tier: tier((value) => value === true),
    ifUnknown: tier((value) => value !== false),
    because: [
      ...(crosses.value === true ? [crosses.text] : []),
      ...(facing === true
        ? ["customer-facing"]
        : facing === "unknown"
          ? ["customer-facing: nobody has said"]
          : []),
      ...(held[0] !== undefined
        ? [`its identity holds ${held[0]}`]
        : privileged === true
          ? ["privileged"]
          : []),
    ],
  };
}

/** What somebody has said: yes where anybody says so; nobody saying anything is unknown. */
function saidBy(values: readonly Tri[]): Tri {
  if (values.includes(true)) return true;
  return values.includes(false) ? false : "unknown";
}
