import type { EstateFacts } from "../estate/index.js";

/**
 * What answers about access are never worked out from: who people are, who is on call, who owns what, and the list of
 * the documents. `facts.test.ts` shows that an estate that has none of it answers the same, without being asked for it.
 */
export const factsBesideAccess = [
  "documents",
  "people",
  "teams",
  "ownerships",
  "shifts",
  "onCallServices",
  "codeOwners",
] as const satisfies readonly (keyof EstateFacts)[];

type OfAccess = Exclude<keyof EstateFacts, (typeof factsBesideAccess)[number]>;

/** All others, each named: a new kind of fact does not compile before somebody has said to which of the two it belongs. */
const named: Readonly<Record<OfAccess, true>> = {
  accounts: true,
  organizations: true,
  principals: true,
  managedPolicies: true,
  credentials: true,
  providers: true,
  permissionSets: true,
  assignments: true,
  trusts: true,
  grants: true,
  resources: true,
  workloads: true,
  consents: true,
  links: true,
  pipelines: true,
  definitions: true,
  events: true,
  incidents: true,
  closures: true,
  guardrails: true,
  exposures: true,
  coverage: true,
  conflicts: true,
};

export const factsOfAccess = Object.keys(named).sort() as readonly OfAccess[];
