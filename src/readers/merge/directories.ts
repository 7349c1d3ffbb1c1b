import type {
  DirectoryPerson,
  DirectoryTeam,
  EstateFacts,
  OnCallShift,
  OwnershipStatement,
} from "../../core/estate/index.js";
import { compare, laterOf } from "./newer.js";

type Directories = Pick<EstateFacts, "people" | "teams" | "ownerships" | "shifts" | "onCallServices">;

/**
 * People and teams of all directories, one per id. Of two that differ the later says who is active; where none is
 * later whoever is inactive in one of them counts as gone: a departed owner is worse than an owner to be asked again.
 */
export function mergeDirectories({
  people,
  teams,
  ownerships,
  shifts,
  onCallServices,
}: Directories): Directories {
  return {
    people: unite(people, (item) => item.id, mergePeople),
    teams: unite(teams, (item) => item.id, mergeTeams),
    ownerships: unite(ownerships, keyOfOwnership, first),
    shifts: unite(shifts, keyOfShift, first),
    onCallServices: unite(onCallServices, ({ service, calls }) => `${service}|${calls}`, first),
  };
}

const keyOfOwnership = (item: OwnershipStatement): string =>
  [item.subject, item.kind, item.owner, item.source, item.origin.source.path].join("|");

const keyOfShift = (item: OnCallShift): string =>
  [item.schedule, item.from, item.until, String(item.level), item.person].join("|");

function mergePeople(a: DirectoryPerson, b: DirectoryPerson): DirectoryPerson {
  const [older, newer] = laterOf(a.origin, b.origin) === "first" ? [b, a] : [a, b];
  const same = laterOf(a.origin, b.origin) === "same";
  const active =
    same && (a.active === false || b.active === false)
      ? false
      : newer.active === "unknown"
        ? older.active
        : newer.active;
  return {
    ...older,
    ...newer,
    aliases: [...new Set([...a.aliases, ...b.aliases])].sort(compare),
    active,
    // Evidence for a departure is the document that says so.
    origin: active === false && newer.active !== false ? older.origin : newer.origin,
  };
}

const mergeTeams = (a: DirectoryTeam, b: DirectoryTeam): DirectoryTeam => ({
  ...a,
  ...b,
  aliases: [...new Set([...a.aliases, ...b.aliases])].sort(compare),
  members: [...new Set([...a.members, ...b.members])].sort(compare),
  membersListed: a.membersListed || b.membersListed,
});

const first = <Item>(item: Item): Item => item;

function unite<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  merge: (a: Item, b: Item) => Item,
): readonly Item[] {
  const found = new Map<string, Item>();
  for (const item of items) {
    const id = key(item);
    const other = found.get(id);
    found.set(id, other === undefined ? item : merge(other, item));
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, item]) => item);
}
