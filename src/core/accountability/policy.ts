import type { Catalogue, CataloguePolicy } from "./catalogue.js";

/** What holds where nobody decided otherwise (decision-rules.md, policy defaults). */
export const defaultPolicy: CataloguePolicy = {
  regulated: "unknown",
  deadlines: [],
  ownDeadlines: [],
  commanderMaxDomains: 4,
  shortLivedHours: 1,
  patchOwnershipAlone: true,
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxEstateAgeDays: 14,
};

/** A policy of which only some switches are set, as a file states it. */
export type PolicySwitches = Partial<CataloguePolicy>;

/** The policy in force: defaults, then the catalogue, then switches that were given apart. */
export function policyFrom(catalogue: Catalogue | undefined, apart: PolicySwitches = {}): CataloguePolicy {
  return { ...defaultPolicy, ...catalogue?.policy, ...apart };
}

/** A catalogue that names nobody. */
export const emptyCatalogue: Catalogue = {
  policy: defaultPolicy,
  people: [],
  teams: [],
  accounts: [],
  workloads: [],
  workloadIdentities: [],
  authorities: [],
  commanders: [],
  thirdParties: [],
  sanctioned: [],
  intended: [],
  overrides: { rules: [], weaknessActions: {} },
};

/** The catalogue with switches of `--policy` over its own. */
export function withPolicy(catalogue: Catalogue | undefined, apart: PolicySwitches): Catalogue {
  return { ...(catalogue ?? emptyCatalogue), policy: policyFrom(catalogue, apart) };
}
