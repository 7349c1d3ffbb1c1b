import {
  holderResolver,
  stillHolds,
  type Catalogue,
  type PlaneOwner,
} from "../../core/accountability/index.js";
import { globMatches } from "../../core/access/index.js";
import { memberOf, operatorName } from "./member.js";

/** Somebody as policies see them. */
export interface Principal {
  /** Under these, cases are theirs to see. */
  readonly keys: readonly string[];
  readonly teams: readonly string[];
  readonly roles: readonly string[];
  /** Roles that they hold without a scope. */
  readonly everywhere: readonly string[];
  /** Of the token or session. */
  readonly scopes: readonly string[];
  /** Whether the catalogue in force knows them. */
  readonly known: boolean;
  readonly operator: boolean;
  readonly method: string;
}

/** Keys under which a case is found, and by which somebody finds it: both sides write them here and nowhere else. */
export const keyOf = {
  /** In every case. */
  everything: "everything",
  person: (pseudonym: string) => `person/${pseudonym}`,
  team: (id: string) => `team/${id}`,
  role: (role: string, account?: string) => `role/${role}${account === undefined ? "" : `@${account}`}`,
  account: (id: string) => `account/${id}`,
  workload: (id: string) => `workload/${id}`,
  /** A scope of the catalogue with a pattern. */
  scope: (scope: string) => `scope/${scope}`,
  /** Of cases that need a commander. */
  command: "command",
} as const;

/**
 * What the catalogue in force makes of a person at this moment: teams, roles with their scope, accounts and workloads
 * that they answer for, authorities that have not ended (R62), the roster of commanders. Who has left is nobody.
 */
export function principalOf(question: {
  readonly catalogue: Catalogue | undefined;
  readonly person: string;
  readonly pseudonym: string;
  readonly scopes: readonly string[];
  readonly method: string;
  /** ISO instant. */
  readonly now: string;
}): Principal {
  const { catalogue, person, pseudonym, scopes, method, now } = question;
  const member = catalogue === undefined ? undefined : memberOf(catalogue, person, now);
  const keys =
    catalogue === undefined || member === undefined ? [] : keysOf(catalogue, person, member.teams, now);
  return {
    keys: [...new Set([keyOf.person(pseudonym), ...keys])].sort(),
    teams: member?.teams ?? [],
    roles: member?.roles ?? [],
    everywhere: member?.everywhere ?? [],
    scopes: [...scopes].sort(),
    known: member !== undefined,
    operator: person === operatorName && member === undefined,
    method,
  };
}

function keysOf(
  catalogue: Catalogue,
  person: string,
  own: readonly string[],
  now: string,
): readonly string[] {
  const resolve = holderResolver(catalogue, now);
  // Who stands in for somebody that has left inherits nothing to see.
  const isThem = (holder: string | undefined): boolean => {
    if (holder === undefined) return false;
    const { people, departed } = resolve(holder);
    return departed === undefined && people.some(({ id }) => id === person);
  };
  const accounts = (pattern: string): readonly string[] =>
    catalogue.accounts.flatMap(({ id }) => (globMatches(pattern, id) ? [id] : []));
  const keys: string[] = [];
  for (const { id, roles, scope } of catalogue.teams.filter(({ id }) => own.includes(id))) {
    keys.push(keyOf.team(id));
    if (scope === undefined || scope === "*") keys.push(...roles.map((role) => keyOf.role(role)));
    else if (scope.startsWith("workload:")) keys.push(keyOf.workload(scope.slice("workload:".length)));
    else if (scope.startsWith("resource:")) keys.push(keyOf.scope(scope));
    else
      for (const account of new Set([scope, ...accounts(scope)]))
        keys.push(...roles.map((role) => keyOf.role(role, account)));
  }
  for (const { id, owner, runtimeAuthority, accessDecisions } of catalogue.accounts)
    if ([owner, runtimeAuthority, accessDecisions].some(isThem)) keys.push(keyOf.account(id));
  for (const { id, planes, workloadIdentity, shared } of catalogue.workloads) {
    const plane = (one: PlaneOwner | undefined) => [one?.owner, one?.deputy];
    const holders = [
      ...[planes.build, planes.runtime, planes.incident].flatMap(plane),
      workloadIdentity,
      shared?.builtBy,
      ...(shared?.tenants ?? []),
    ];
    if (holders.some(isThem)) keys.push(keyOf.workload(id));
  }
  for (const { scope, holder, deputy, until } of catalogue.authorities) {
    if (!stillHolds(until, now) || !(isThem(holder) || isThem(deputy))) continue;
    if (scope === "*") keys.push(keyOf.everything);
    else if (scope.startsWith("workload:")) keys.push(keyOf.workload(scope.slice("workload:".length)));
    else if (scope.startsWith("resource:")) keys.push(keyOf.scope(scope));
    else keys.push(...[scope, ...accounts(scope)].map(keyOf.account));
  }
  if (catalogue.commanders.some((item) => isThem(item.person) || isThem(item.deputy)))
    keys.push(keyOf.command);
  return keys;
}
