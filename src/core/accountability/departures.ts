import type { DirectoryPerson, Estate } from "../estate/index.js";
import type { Catalogue, Person } from "./catalogue.js";
import { directoryOf } from "./directory.js";

/** Somebody whom the catalogue names and a directory lists as gone. */
export interface Departure {
  readonly person: Person;
  readonly entry: DirectoryPerson;
}

/**
 * People of the catalogue who have left after a directory (ownership.md 6c: strip authority at once). The catalogue
 * says who owns; only that somebody is gone is taken from elsewhere, and only from an entry that is theirs by id,
 * mail, or the session name they sign in with.
 */
export function departuresOf(
  catalogue: Catalogue,
  estate: Pick<Estate, "people" | "teams">,
  now: string,
): readonly Departure[] {
  if (estate.people.length === 0) return [];
  const directory = directoryOf(estate);
  return catalogue.people.flatMap((person): readonly Departure[] => {
    if (!person.active) return [];
    const sessions = person.principals.flatMap((pattern) => /#([^*?]+)$/.exec(pattern)?.[1] ?? []);
    const entries = new Set([person.id, ...sessions].flatMap((name) => directory.everybody(name)));
    // Entries that disagree say nothing for sure about this person.
    const [entry] = [...entries];
    return entry !== undefined && [...entries].every((item) => directory.hasLeft(item, now))
      ? [{ person, entry }]
      : [];
  });
}

/** The catalogue with those marked as inactive. */
export function withDepartures(catalogue: Catalogue, departures: readonly Departure[]): Catalogue {
  if (departures.length === 0) return catalogue;
  const gone = new Map(departures.map(({ person, entry }) => [person, entry]));
  return {
    ...catalogue,
    people: catalogue.people.map((person) => {
      const entry = gone.get(person);
      if (entry === undefined) return person;
      return {
        ...person,
        active: false,
        ...(person.leftAt !== undefined || entry.leftAt === undefined ? {} : { leftAt: entry.leftAt }),
      };
    }),
  };
}
