import type {
  AuthorityGrant,
  Catalogue,
  CatalogueAccount,
  IntendedExposure,
  Person,
  PlaneOwner,
  Team,
  ThirdParty,
  WorkloadEntry,
  WorkloadIdentityEntry,
} from "../../core/accountability/index.js";
import type { Origin } from "../../core/estate/index.js";
import type { CatalogueEntry } from "./schema.js";
import { durationHours } from "./scalars.js";

/** An ARN as the estate writes it: the catalogue may put `aws:` in front. */
const plainId = (text: string): string => text.replace(/^aws:arn:/, "arn:");
const listOf = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Item[]) : [value as Item];

export function personOf(entry: CatalogueEntry<"people">, origin: Origin): Person {
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    // A leaving date takes effect by itself, after its day: `isActive` of the core asks for the time.
    active: entry.active,
    ...(entry.leftAt === undefined ? {} : { leftAt: entry.leftAt }),
    ...(entry.manager === undefined ? {} : { manager: entry.manager }),
    principals: (entry.principals ?? []).map(plainId),
    origin,
  };
}

export function teamOf(entry: CatalogueEntry<"teams">, origin: Origin): Team {
  return {
    id: entry.id,
    roles: [...new Set([...listOf(entry.role), ...(entry.roles ?? [])])],
    ...(entry.scope === undefined ? {} : { scope: entry.scope }),
    ...(entry.head === undefined ? {} : { head: entry.head }),
    members: entry.members ?? [],
    ...(entry.onCall === undefined
      ? {}
      : { onCall: entry.onCall.ical === undefined ? {} : { ical: entry.onCall.ical } }),
    origin,
  };
}

export function accountOf(entry: CatalogueEntry<"accounts">, origin: Origin): CatalogueAccount {
  return {
    id: entry.id,
    ...(entry.name === undefined ? {} : { name: entry.name }),
    ...(entry.owner === undefined ? {} : { owner: entry.owner }),
    ...(entry.runtimeAuthority === undefined ? {} : { runtimeAuthority: entry.runtimeAuthority }),
    ...(entry.accessDecisions === undefined ? {} : { accessDecisions: entry.accessDecisions }),
    regulated: entry.regulated ?? "unknown",
    ...(entry.environment === undefined ? {} : { environment: entry.environment }),
    origin,
  };
}

export function workloadOf(entry: CatalogueEntry<"workloads">, origin: Origin): WorkloadEntry {
  const { facts, planes, shared } = entry;
  return {
    id: entry.id,
    match: {
      resources: (entry.match?.resources ?? []).map(plainId),
      principals: (entry.match?.principals ?? []).map(plainId),
      repositories: entry.match?.repositories ?? [],
    },
    facts: {
      customerFacing: facts?.customerFacing ?? "unknown",
      privileged: facts?.privileged ?? "unknown",
      ...(facts?.dataClass === undefined ? {} : { dataClass: facts.dataClass }),
      ...(facts?.mission === undefined ? {} : { mission: facts.mission }),
      agentic: facts?.agentic ?? "unknown",
    },
    planes: {
      ...(planes?.build === undefined ? {} : { build: planeOf(planes.build) }),
      ...(planes?.runtime === undefined ? {} : { runtime: planeOf(planes.runtime) }),
      ...(planes?.incident === undefined ? {} : { incident: planeOf(planes.incident) }),
    },
    ...(entry.workloadIdentity === undefined ? {} : { workloadIdentity: entry.workloadIdentity }),
    ...(shared === undefined
      ? {}
      : {
          shared: {
            ...(shared.builtBy === undefined ? {} : { builtBy: shared.builtBy }),
            tenants: shared.tenants ?? [],
          },
        }),
    ...(entry.outsourced === undefined ? {} : { outsourced: entry.outsourced }),
    origin,
  };
}

const planeOf = (plane: { readonly owner: string; readonly deputy?: string | undefined }): PlaneOwner => ({
  owner: plane.owner,
  ...(plane.deputy === undefined ? {} : { deputy: plane.deputy }),
});

export function workloadIdentityOf(
  entry: CatalogueEntry<"workloadIdentities">,
  origin: Origin,
): WorkloadIdentityEntry {
  return {
    principal: plainId(entry.principal),
    ...planeOf(entry),
    proof: entry.proof,
    ...(entry.reviewedAt === undefined ? {} : { reviewedAt: entry.reviewedAt }),
    ...(entry.reviewedBy === undefined ? {} : { reviewedBy: entry.reviewedBy }),
    ...(entry.offboardedAt === undefined ? {} : { offboardedAt: entry.offboardedAt }),
    origin,
  };
}

export function authorityOf(entry: CatalogueEntry<"authorities">, origin: Origin): AuthorityGrant {
  return {
    kind: entry.kind,
    ...(entry.credential === undefined ? {} : { credential: entry.credential }),
    scope: entry.scope,
    holder: entry.holder,
    ...(entry.deputy === undefined ? {} : { deputy: entry.deputy }),
    until: entry.until,
    origin,
  };
}

export function commanderOf(
  entry: CatalogueEntry<"commanders">,
  origin: Origin,
): Catalogue["commanders"][number] {
  return { person: entry.person, ...(entry.deputy === undefined ? {} : { deputy: entry.deputy }), origin };
}

export function thirdPartyOf(entry: CatalogueEntry<"thirdParties">, origin: Origin): ThirdParty {
  const { contract, technical, match } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    ...(entry.manager === undefined ? {} : { manager: entry.manager }),
    ...(contract === undefined
      ? {}
      : {
          contract:
            contract === "none"
              ? contract
              : {
                  ...(contract.mustPatchWithin === undefined
                    ? {}
                    : { mustPatchWithin: contract.mustPatchWithin }),
                  ...(contract.notice === undefined ? {} : { notice: contract.notice }),
                  ...(contract.clause === undefined ? {} : { clause: contract.clause }),
                },
        }),
    ...(technical === undefined
      ? {}
      : {
          technical: {
            owner: technical.owner,
            lever: technical.lever,
            ...(technical.telemetry === undefined ? {} : { telemetry: technical.telemetry }),
          },
        }),
    match: {
      accounts: listOf(match?.accounts),
      purls: match?.purls ?? [],
      apps: match?.apps ?? [],
      issuers: match?.issuers ?? [],
    },
    origin,
  };
}

export function sanctionOf(
  entry: CatalogueEntry<"sanctioned">,
  origin: Origin,
): Catalogue["sanctioned"][number] {
  return {
    kind: entry.kind,
    role: plainId(entry.entry.role),
    from: plainId(entry.entry.from),
    reason: entry.reason,
    approvedBy: entry.approvedBy,
    until: entry.until,
    stated: {
      approvalByOther: entry.approvalByOther ?? "unknown",
      endsWithinHours: entry.endsWithin === undefined ? undefined : durationHours(entry.endsWithin),
      mfaRequired: entry.mfaRequired ?? "unknown",
      loggedElsewhere: entry.loggedElsewhere ?? "unknown",
    },
    origin,
  };
}

export function intendedOf(entry: CatalogueEntry<"intended">, origin: Origin): IntendedExposure {
  return {
    resource: plainId(entry.resource),
    weakness: entry.weakness,
    reason: entry.reason,
    approvedBy: entry.approvedBy,
    until: entry.until,
    origin,
  };
}
