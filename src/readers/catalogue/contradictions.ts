import type { Catalogue } from "../../core/accountability/index.js";
import type { Origin } from "../../core/estate/index.js";
import { pathOf, stepsOf } from "./entry-path.js";
import type { Fault } from "./faults.js";

/** Entries that are sound alone and cannot be meant together. They stay in use as far as they say something. */
export const contradictions = (catalogue: Catalogue): readonly Fault[] => [
  ...sharedIds(catalogue),
  ...managerCircles(catalogue),
  ...teamCircles(catalogue),
  ...ownDeputies(catalogue),
];

/** A name must mean one thing: a person is looked up before a team. */
function sharedIds({ people, teams }: Catalogue): readonly Fault[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  return teams.flatMap((team): readonly Fault[] => {
    const person = byId.get(team.id);
    if (person === undefined) return [];
    return [
      {
        path: pathOf(team.origin),
        reason: `\`${team.id}\` is the id of a team and of a person`,
        hint: `give the team another id, e.g. \`${team.id}-team\`; until then the person is meant`,
        other: pathOf(person.origin),
      },
    ];
  });
}

function managerCircles({ people }: Catalogue): readonly Fault[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const next = (id: string): readonly string[] => {
    const manager = byId.get(id)?.manager;
    return manager === undefined ? [] : [manager];
  };
  return circlesOf([...byId.keys()], next).flatMap((circle): readonly Fault[] => {
    const first = byId.get(circle[0] ?? "");
    if (first === undefined) return [];
    return [
      {
        path: [...pathOf(first.origin), "manager"],
        reason: `managers in a circle: ${wordsOf(circle)}`,
        hint: "remove `manager` from whoever of them is at the top",
      },
    ];
  });
}

function teamCircles({ teams }: Catalogue): readonly Fault[] {
  const byId = new Map(teams.map((team) => [team.id, team]));
  return circlesOf([...byId.keys()], (id) => byId.get(id)?.members ?? []).flatMap(
    (circle): readonly Fault[] => {
      const [id = "", inner = id] = circle;
      const team = byId.get(id);
      if (team === undefined) return [];
      return [
        {
          path: [...pathOf(team.origin), "members", team.members.indexOf(inner)],
          reason: `teams in a circle: ${wordsOf(circle)}`,
          hint: `take \`${inner}\` out of the members of \`${id}\`, or the other way round`,
        },
      ];
    },
  );
}

const wordsOf = (circle: readonly string[]): string => [...circle, circle[0] ?? ""].join(" → ");

/** Each circle once, from the first of it in the order of the catalogue. */
function circlesOf(
  ids: readonly string[],
  next: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const done = new Set<string>();
  for (const start of ids) {
    // Depth first with an own stack: a chain of managers may be longer than the call stack.
    const path: string[] = [];
    const open: { readonly id: string; rest: readonly string[] }[] = [];
    const enter = (id: string): void => {
      path.push(id);
      open.push({ id, rest: next(id) });
    };
    if (!done.has(start)) enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const [step, ...rest] = top.rest;
      top.rest = rest;
      const at = step === undefined ? -1 : path.indexOf(step);
      if (step === undefined) {
        done.add(top.id);
        open.pop();
        path.pop();
      } else if (at >= 0) found.push(path.slice(at));
      else if (!done.has(step)) enter(step);
    }
  }
  return found;
}

/** Whoever stands in for themselves stands in for nobody (R47: an absent holder needs somebody else). */
function ownDeputies(catalogue: Catalogue): readonly Fault[] {
  const found: Fault[] = [];
  const teams = new Map(catalogue.teams.map((team) => [team.id, team]));
  const check = (
    origin: Origin | undefined,
    field: string,
    holder: string | undefined,
    deputy: string | undefined,
  ): void => {
    if (origin === undefined || deputy === undefined) return;
    const team = holder === undefined ? undefined : teams.get(holder);
    const people = team === undefined ? [] : [...new Set([team.head ?? [], team.members].flat())];
    const alone = people.length === 1 && people[0] === deputy;
    if (deputy !== holder && !alone) return;
    found.push({
      path: [...pathOf(origin), ...stepsOf(field)],
      reason: alone
        ? `\`${deputy}\` is the deputy of team \`${holder ?? ""}\`, whose only member they are`
        : `\`${deputy}\` is their own deputy`,
      hint: "name somebody else as deputy, or leave `deputy` out",
    });
  };
  for (const { origin, planes } of catalogue.workloads)
    for (const plane of ["build", "runtime", "incident"] as const)
      check(origin, `planes.${plane}.deputy`, planes[plane]?.owner, planes[plane]?.deputy);
  for (const { origin, owner, deputy } of catalogue.workloadIdentities)
    check(origin, "deputy", owner, deputy);
  for (const { origin, holder, deputy } of catalogue.authorities) check(origin, "deputy", holder, deputy);
  for (const { origin, person, deputy } of catalogue.commanders) check(origin, "deputy", person, deputy);
  return found;
}
