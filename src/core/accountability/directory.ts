import type { DirectoryPerson, DirectoryTeam, Estate } from "../estate/index.js";
import { stillHolds } from "./until.js";

/** People and teams of all directories that were supplied, by everything they are called. */
export interface Directory {
  /** Undefined where nobody, or more than one, is called that. */
  person(name: string): DirectoryPerson | undefined;
  /** Everybody who is called that. */
  everybody(name: string): readonly DirectoryPerson[];
  team(name: string): DirectoryTeam | undefined;
  /** Says who has gone: a person that a directory lists as inactive or as having left before `now`. */
  hasLeft(person: DirectoryPerson, now: string): boolean;
  /** The members that are still there; undefined where the directory does not list members. */
  activeMembers(team: DirectoryTeam, now: string): readonly DirectoryPerson[] | undefined;
}

/** Directory entries are never merged by likeness: only by a name that exactly one of them has. */
export function directoryOf({ people, teams }: Pick<Estate, "people" | "teams">): Directory {
  const byName = namesOf(people, (person) => [
    person.id,
    ...person.aliases,
    ...(person.name === undefined ? [] : [person.name.toLowerCase()]),
    localPart(person.id),
  ]);
  const teamByName = namesOf(teams, (team) => [
    team.id,
    ...team.aliases,
    ...(team.name === undefined ? [] : [team.name.toLowerCase()]),
  ]);
  const hasLeft = (person: DirectoryPerson, now: string): boolean =>
    person.active === false || (person.leftAt !== undefined && !stillHolds(person.leftAt, now));
  const person = (name: string): DirectoryPerson | undefined => only(byName.get(plain(name)));
  return {
    person,
    everybody: (name) => [...(byName.get(plain(name)) ?? [])],
    team: (name) => only(teamByName.get(plain(name))),
    hasLeft,
    activeMembers(team, now) {
      if (!team.membersListed && team.members.length === 0) return undefined;
      const known = team.members.map(person);
      // A member whom no directory lists may be there or not: the team is then not known to be empty.
      if (known.includes(undefined)) return undefined;
      return known.filter((member) => member !== undefined).filter((member) => !hasLeft(member, now));
    },
  };
}

const plain = (name: string): string => name.trim().replace(/^@/, "").toLowerCase();

const localPart = (id: string): string => (id.includes("@") ? id.slice(0, id.indexOf("@")) : id);

const only = <Item>(items: ReadonlySet<Item> | undefined): Item | undefined =>
  items?.size === 1 ? [...items][0] : undefined;

function namesOf<Item>(
  items: readonly Item[],
  names: (item: Item) => readonly string[],
): ReadonlyMap<string, ReadonlySet<Item>> {
  const found = new Map<string, Set<Item>>();
  for (const item of items)
    for (const name of names(item)) {
      const key = plain(name);
      if (key !== "") found.set(key, (found.get(key) ?? new Set()).add(item));
    }
  return found;
}
