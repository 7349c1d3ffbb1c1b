import {
  holderResolver,
  isActive,
  type Catalogue,
  type Person,
  type Role,
} from "../../core/accountability/index.js";

/** The person that the first token of an installation belongs to: whoever runs it, in no catalogue. */
export const operatorName = "operator";

/** Somebody as the catalogue in force knows them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** Teams that they are in, those around them included. */
  readonly teams: readonly string[];
  /** Roles of those teams, wherever they hold. */
  readonly roles: readonly Role[];
  /** Roles of teams whose scope is everything. */
  readonly everywhere: readonly Role[];
}

/**
 * Undefined for whoever the catalogue does not know, or who has left by now (R47, ownership 6c). The teams of who has
 * left are nobody's: whoever stands in for them does not become a member.
 */
export function memberOf(catalogue: Catalogue, person: string, now: string): Member | undefined {
  const known = catalogue.people.find(({ id }) => id === person);
  if (known === undefined || !isActive(known, now)) return undefined;
  const resolve = holderResolver(catalogue, now);
  const teams = catalogue.teams.filter(({ id }) => isAmong(resolve(id).people, person));
  const rolesOf = (of: typeof teams): readonly Role[] =>
    [...new Set(of.flatMap(({ roles }) => roles))].sort();
  return {
    id: known.id,
    name: known.name,
    teams: teams.map(({ id }) => id).sort(),
    roles: rolesOf(teams),
    everywhere: rolesOf(teams.filter(({ scope }) => scope === undefined || scope === "*")),
  };
}

const isAmong = (people: readonly Person[], person: string): boolean =>
  people.some(({ id }) => id === person);

/** Everybody who is still there, in the order of the catalogue. */
export const activeMembers = (catalogue: Catalogue, now: string): readonly Member[] =>
  catalogue.people.flatMap(({ id }) => memberOf(catalogue, id, now) ?? []);
