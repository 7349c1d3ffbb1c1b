import type { Catalogue, Person, Team } from "./catalogue.js";
import { problem, type OwnerProblem } from "./owner-problem.js";

/** Whom an id of the catalogue stands for today. */
export interface Holder {
  /** Active people, best first: head, then members in the order of the catalogue; a person: the one. */
  readonly people: readonly Person[];
  readonly team?: Team;
  /** `head`, `member`: as what the first of `people` answers for the team. */
  readonly standing?: "head" | "member";
  /** The holder has left; `people` is the nearest active manager, for the time being. */
  readonly departed?: Person;
  /** What is wrong: nobody active, not listed, has left. */
  readonly problem?: OwnerProblem;
}

export type HolderResolver = (id: string) => Holder;

/** Resolves ids to active people (R47). A person who has left answers for nothing; the manager does meanwhile (6c). */
export function holderResolver(catalogue: Catalogue | undefined): HolderResolver {
  const people = new Map((catalogue?.people ?? []).map((person) => [person.id, person]));
  const teams = new Map((catalogue?.teams ?? []).map((team) => [team.id, team]));
  const active = (id: string | undefined): readonly Person[] => {
    const person = id === undefined ? undefined : people.get(id);
    return person?.active === true ? [person] : [];
  };
  return (id) => {
    const team = teams.get(id);
    const person = people.get(id);
    if (person !== undefined) return person.active ? { people: [person] } : standIn(person, people);
    if (team === undefined)
      return {
        people: [],
        problem: problem("unlisted", `\`${id}\` is neither a person nor a team of the catalogue`),
      };
    const head = active(team.head);
    const members = team.members.flatMap(active).filter((member) => member !== head[0]);
    const found = [...head, ...members];
    if (found.length === 0)
      return {
        people: [],
        team,
        problem: problem(
          "bare-team",
          `team \`${id}\` has no active head or member: a bare team label is no owner`,
        ),
      };
    return { people: found, team, standing: head.length > 0 ? "head" : "member" };
  };
}

/** Up the line to the first manager who is still there. */
function standIn(person: Person, people: ReadonlyMap<string, Person>): Holder {
  const seen = new Set([person.id]);
  const left = `\`${person.id}\` has left${person.leftAt === undefined ? "" : ` (${person.leftAt.slice(0, 10)})`}`;
  for (let next = person.manager; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const manager = people.get(next);
    if (manager === undefined) break;
    if (manager.active)
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
