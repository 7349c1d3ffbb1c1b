import type { OnCallShift } from "../estate/index.js";
import type { Catalogue, Person, Team } from "./catalogue.js";
import { problem, type OwnerProblem } from "./owner-problem.js";
import { stillHolds } from "./until.js";

/** Whom an id of the catalogue stands for today. */
export interface Holder {
  /** Active people, best first: on call, head, then members in the order of the catalogue; a person: the one. */
  readonly people: readonly Person[];
  readonly team?: Team;
  /** `head`, `member`: as what the first of `people` answers for the team. */
  readonly standing?: "on call" | "head" | "member";
  /** The holder has left; `people` is the nearest active manager, for the time being. */
  readonly departed?: Person;
  /** What is wrong: nobody active, not listed, has left. */
  readonly problem?: OwnerProblem;
}

export type HolderResolver = (id: string) => Holder;

/** Departed people are stripped at once, by the mark or by the day on which they left (ownership.md 6c). */
export const isActive = (person: Person, now: string): boolean =>
  person.active && (person.leftAt === undefined || stillHolds(person.leftAt, now));

/** Resolves ids to active people (R47). A person who has left answers for nothing; the manager does meanwhile (6c). */
export function holderResolver(
  catalogue: Catalogue | undefined,
  now: string,
  shifts: readonly OnCallShift[] = [],
): HolderResolver {
  const people = new Map((catalogue?.people ?? []).map((person) => [person.id, person]));
  const teams = new Map((catalogue?.teams ?? []).map((team) => [team.id, team]));
  const active = (id: string | undefined): readonly Person[] => {
    const person = id === undefined ? undefined : people.get(id);
    return person !== undefined && isActive(person, now) ? [person] : [];
  };
  /** Head, then members in their order, those of inner teams in their place; a circle of teams is walked once. */
  const peopleOf = (team: Team, seen: Set<string>): readonly Person[] => {
    seen.add(team.id);
    const inner = team.members.flatMap((member) => {
      const nested = people.has(member) ? undefined : teams.get(member);
      if (nested === undefined) return active(member);
      return seen.has(member) ? [] : peopleOf(nested, seen);
    });
    return [...new Set([...active(team.head), ...inner])];
  };
  return (id) => {
    const team = teams.get(id);
    const person = people.get(id);
    if (person !== undefined)
      return isActive(person, now) ? { people: [person] } : standIn(person, people, now);
    if (team === undefined)
      return {
        people: [],
        problem: problem("unlisted", `\`${id}\` is neither a person nor a team of the catalogue`),
      };
    const called = onCallNow(team, shifts, catalogue?.people ?? [], now).map(({ person }) => person);
    const found = [...new Set([...called, ...peopleOf(team, new Set())])];
    if (found.length === 0)
      return {
        people: [],
        team,
        problem: problem(
          "bare-team",
          `team \`${id}\` has no active head or member: a bare team label is no owner`,
        ),
      };
    return {
      people: found,
      team,
      standing: called.length > 0 ? "on call" : active(team.head).length > 0 ? "head" : "member",
    };
  };
}

/** Somebody has a shift now. */
export interface OnCallNow {
  readonly person: Person;
  /** ISO instant, not included. */
  readonly until: string;
  /** 1 is called first. */
  readonly level: number;
  readonly schedule: string;
}

/** Who of the catalogue has the shift of the team's calendar now (R47: a role that resolves to whoever is on call). */
export function onCallNow(
  { onCall }: Team,
  shifts: readonly OnCallShift[],
  people: readonly Person[],
  now: string,
): readonly OnCallNow[] {
  const calendar = onCall?.ical?.replaceAll("\\", "/").replace(/^\.?\//, "");
  if (calendar === undefined) return [];
  const at = Date.parse(now);
  return shifts
    .filter(({ origin: { source }, from, until }) => {
      const own = source.path === calendar || source.path.endsWith(`/${calendar}`);
      return own && Date.parse(from) <= at && at < Date.parse(until);
    })
    .sort((a, b) => a.level - b.level)
    .flatMap((shift) => {
      const name = shift.person.trim().toLowerCase();
      const found = people.filter(
        (person) =>
          [person.id.toLowerCase(), person.name.toLowerCase()].includes(name) ||
          person.principals.some((pattern) => pattern.toLowerCase().endsWith(`#${name}`)),
      );
      // Two of one name: nobody can tell which of them is meant.
      const { until, level, schedule } = shift;
      return found.length === 1 ? found.map((person) => ({ person, until, level, schedule })) : [];
    })
    .filter(({ person }) => isActive(person, now));
}

/** Up the line to the first manager who is still there. */
function standIn(person: Person, people: ReadonlyMap<string, Person>, now: string): Holder {
  const seen = new Set([person.id]);
  const left = `\`${person.id}\` has left${person.leftAt === undefined ? "" : ` (${person.leftAt.slice(0, 10)})`}`;
  for (let next = person.manager; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const manager = people.get(next);
    if (manager === undefined) break;
    if (isActive(manager, now))
      return {
        people: [manager],
        departed: person,
        problem: problem("departed", `${left}; ${manager.id} stands in until an owner is named`),
      };
    next = manager.manager;
  }
  return {
    people: [],
    departed: person,
    problem: problem("departed", `${left} and no manager of theirs is active`),
  };
}
