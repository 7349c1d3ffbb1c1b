import {
  holderResolver,
  isActive,
  rankOf,
  stillHolds,
  type Catalogue,
  type OwnershipScope,
  type PlaneOwner,
  type Role,
} from "../accountability/index.js";
import { authorityOf } from "./commands/acting.js";
import type { HeldAuthority, PersonId, Standing } from "./person.js";
import type { Plan } from "./plan.js";

export interface StandingQuestion {
  readonly catalogue: Catalogue;
  /** As the catalogue calls them. */
  readonly person: string;
  readonly pseudonym: (person: string) => PersonId;
  readonly plan: Plan;
  readonly scope: OwnershipScope;
  /** ISO instant. */
  readonly now: string;
}

/**
 * What somebody is in a case, from the catalogue in force: roles of teams whose scope covers it, planes and accounts
 * that they answer for, authorities recorded for them or for a team of theirs, and what the decision itself names
 * them for. Who is not in the catalogue, or has left, holds nothing (R47, ownership 6c).
 */
export function standingOf(question: StandingQuestion): Standing {
  const { catalogue, person, pseudonym, plan, scope, now } = question;
  const id = pseudonym(person);
  const known = catalogue.people.find((item) => item.id === person);
  if (known === undefined || !isActive(known, now))
    return {
      ...{ person: id, active: false, roles: [], authorities: [], commander: false },
      ...(known === undefined ? { known: false } : {}),
    };
  const resolve = holderResolver(catalogue, now);
  // Who stands in for somebody that has left answers meanwhile and inherits no authority.
  const isThem = (holder: string | undefined): boolean => {
    if (holder === undefined) return false;
    const { people, departed } = resolve(holder);
    return departed === undefined && people.some((item) => item.id === person);
  };
  const teams = catalogue.teams.filter((team) => isThem(team.id));
  const roles = new Set<Role>();
  for (const team of teams)
    if (rankOf(team.scope, scope) !== undefined) for (const role of team.roles) roles.add(role);
  for (const account of catalogue.accounts)
    if (scope.accounts.includes(account.id) && isThem(account.runtimeAuthority)) roles.add("RUNTIME_OWNER");
  for (const workload of catalogue.workloads.filter((item) => scope.workloads.includes(item.id))) {
    const holds = (plane: PlaneOwner | undefined): boolean => isThem(plane?.owner) || isThem(plane?.deputy);
    if (holds(workload.planes.build)) for (const role of ["APP", "BUILD_OWNER"] as const) roles.add(role);
    if (holds(workload.planes.runtime)) roles.add("RUNTIME_OWNER");
    if (holds(workload.planes.incident)) roles.add("INCIDENT_OWNER");
    if (isThem(workload.workloadIdentity)) roles.add("WLID");
  }
  for (const owner of plan.owners)
    if (owner.people.includes(id) || owner.teams.some((team) => isThem(team))) roles.add(owner.role);
  return {
    person: id,
    active: true,
    roles: [...roles].filter((role) => authorityOf[role] === undefined && role !== "IC").sort(),
    authorities: authoritiesOf(catalogue, isThem, scope, now),
    commander: catalogue.commanders.some((item) => isThem(item.person) || isThem(item.deputy)),
  };
}

/** Per kind the longest that covers the case and has not ended (R62). */
function authoritiesOf(
  catalogue: Catalogue,
  isThem: (holder: string | undefined) => boolean,
  scope: OwnershipScope,
  now: string,
): readonly HeldAuthority[] {
  const held = new Map<HeldAuthority["kind"], HeldAuthority>();
  for (const { kind, holder, deputy, until, scope: covered } of catalogue.authorities) {
    if (!(isThem(holder) || isThem(deputy)) || !stillHolds(until, now)) continue;
    if (rankOf(covered, scope) === undefined) continue;
    const before = held.get(kind);
    if (before === undefined || before.until < until) held.set(kind, { kind, until });
  }
  return [...held.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
