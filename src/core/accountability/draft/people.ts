import { evidenceAt, principalId, type DirectoryPerson, type Evidence } from "../../estate/index.js";
import { isMachineName } from "../automation.js";
import { candidateOf, type Candidate } from "../candidate.js";
import type { EstateIndex } from "../estate-index.js";
import { personBehind } from "../audit-evidence.js";
import type { Role } from "../role.js";
import { briefly } from "../short-name.js";
import type { DraftPerson, DraftTeam, Reason } from "./types.js";

/** Sign-ins written per person, and people taken from sign-ins alone. */
const mostSignIns = 5;
const mostPeople = 1000;
const mostManagers = 10;

/** People and teams that a draft names. Nobody is in it whom no document names. */
export interface Roster {
  /** Id for somebody whom evidence names; adds them. */
  idOf(candidate: Candidate): string;
  /** The team carries this role after what was found for it. */
  carries(id: string, role: Role): void;
  people(): readonly DraftPerson[];
  teams(): readonly DraftTeam[];
  /** People beyond the limit who only sign in. */
  readonly left: number;
}

interface Somebody {
  readonly id: string;
  readonly kind: "person" | "team";
  readonly entry?: DirectoryPerson;
  readonly name?: string;
  readonly principals: Set<string>;
  readonly reasons: Reason[];
  readonly roles: Set<Role>;
}

export const placeOf = ({ document, pointer, line }: Evidence): string =>
  `${document}${line === undefined ? (pointer === undefined || pointer === "" ? "" : ` ${pointer}`) : `:${String(line)}`}`;

export function createRoster(index: EstateIndex, now: string): Roster {
  const directory = index.directory();
  const known = new Map<string, Somebody>();
  const add = (somebody: Omit<Somebody, "principals" | "reasons" | "roles">): Somebody => {
    const found = known.get(somebody.id);
    if (found !== undefined) return found;
    const made: Somebody = { ...somebody, principals: new Set(), reasons: [], roles: new Set() };
    known.set(made.id, made);
    return made;
  };
  const shortOf = (person: DirectoryPerson): string => {
    const short = person.id.includes("@") ? person.id.slice(0, person.id.indexOf("@")) : person.id;
    return directory.person(short) === person ? short : person.id;
  };
  const addEntry = (entry: DirectoryPerson): Somebody => {
    const person = add({
      id: shortOf(entry),
      kind: "person",
      entry,
      ...(entry.name === undefined ? {} : { name: entry.name }),
    });
    if (person.reasons.length === 0)
      person.reasons.push({
        text: `listed in a directory${entry.active === true ? " as active" : entry.active === false ? " as gone" : ""}`,
        place: placeOf(evidenceAt(entry.origin, entry.id)),
      });
    return person;
  };
  const entryOf = (candidate: Candidate): DirectoryPerson | undefined =>
    [...(candidate.aliases ?? []), candidate.shown, candidate.key]
      .map((name) => directory.person(name))
      .find((found) => found !== undefined);
  const addCandidate = (candidate: Candidate): Somebody => {
    const entry = entryOf(candidate);
    if (entry !== undefined) return addEntry(entry);
    const named = candidate.shown.includes(" ") ? { name: candidate.shown } : {};
    const other = known.get(candidate.key);
    // A person and a team of one name are two: the team gets a name of its own.
    const id =
      other !== undefined && other.kind !== candidate.kind
        ? `${candidate.key}-${candidate.kind}`
        : candidate.key;
    return add({ id, kind: candidate.kind, ...named });
  };
  let left = 0;
  const signsIn = (name: string, principal: string, reason: Reason): void => {
    if (isMachineName(name)) return;
    const candidate = candidateOf(name);
    if ("reason" in candidate) return;
    const entry = entryOf(candidate);
    if (!known.has(entry === undefined ? candidate.key : shortOf(entry)) && known.size >= mostPeople) {
      left += 1;
      return;
    }
    const person = addCandidate({ ...candidate, kind: "person" });
    if (person.kind !== "person") return;
    if (person.principals.size < mostSignIns && !person.principals.has(principal)) {
      person.principals.add(principal);
      if (person.reasons.length < mostSignIns) person.reasons.push(reason);
    }
  };
  const readSignIns = (): void => {
    const { estate } = index;
    for (const user of estate.principals) {
      if (user.kind !== "user" || user.console?.password !== true) continue;
      const place = placeOf(evidenceAt(user.console.origin, user.name));
      signsIn(user.name, user.id, { text: `user ${user.name} has a console password`, place });
    }
    for (const event of estate.events) {
      if (event.actor === undefined || event.error !== undefined) continue;
      const who = personBehind(index, event);
      if (who === undefined || !("person" in who)) continue;
      const actor = estate.principal(event.actor);
      const session = actor?.kind === "user" || /:user\//.test(event.actor) ? "" : `#${who.person}`;
      const place = placeOf(evidenceAt(event.origin, event.id));
      signsIn(who.person, principalId(`${event.actor}${session}`), {
        text: `acted as ${briefly(event.actor)} (audit log)`,
        place,
      });
    }
  };
  const addManagers = (): void => {
    for (const somebody of [...known.values()]) {
      let above = somebody.entry;
      for (let steps = 0; above?.manager !== undefined && steps < mostManagers; steps += 1) {
        const manager = directory.person(above.manager);
        if (manager === undefined) break;
        addEntry(manager);
        above = manager;
      }
    }
  };
  const membersOf = (team: Somebody): readonly DirectoryPerson[] => {
    const entry = directory.team(team.id);
    return entry === undefined ? [] : entry.members.flatMap((member) => directory.person(member) ?? []);
  };
  const settle = (): void => {
    for (const team of [...known.values()])
      if (team.kind === "team") for (const member of membersOf(team)) addEntry(member);
    addManagers();
  };
  readSignIns();
  return {
    idOf: (candidate) => addCandidate(candidate).id,
    carries: (id, role) => known.get(id)?.roles.add(role),
    get left() {
      return left;
    },
    people() {
      settle();
      return sorted([...known.values()].filter(({ kind }) => kind === "person")).map((person) => {
        const { entry } = person;
        const gone = entry !== undefined && directory.hasLeft(entry, now);
        const manager = entry?.manager === undefined ? undefined : directory.person(entry.manager);
        return {
          id: person.id,
          ...(person.name === undefined || person.name === person.id ? {} : { name: person.name }),
          active: !gone,
          ...(entry?.leftAt === undefined ? {} : { leftAt: entry.leftAt }),
          ...(manager === undefined ? {} : { manager: shortOf(manager) }),
          principals: [...person.principals].sort(),
          source: entry?.origin.source.kind ?? "remit-init",
          reasons: person.reasons,
          gaps: [
            ...(entry === undefined
              ? [`\`${person.id}\` is in no directory that was supplied: check that they are still here`]
              : []),
            ...(gone || person.principals.size > 0
              ? []
              : [
                  `\`${person.id}\`: what they sign in as is not known (\`principals\`), so nothing proves what they can do`,
                ]),
          ],
        };
      });
    },
    teams() {
      settle();
      return sorted([...known.values()].filter(({ kind }) => kind === "team")).map((team) => {
        const members = membersOf(team)
          .filter((member) => !directory.hasLeft(member, now))
          .map(shortOf)
          .sort();
        const entry = directory.team(team.id);
        return {
          id: team.id,
          roles: [...team.roles].sort(),
          members: [...new Set(members)],
          reasons:
            entry === undefined
              ? []
              : [{ text: "listed in a directory", place: placeOf(evidenceAt(entry.origin, entry.id)) }],
          gaps: [
            ...(members.length === 0
              ? [
                  `team \`${team.id}\` has nobody who is known to be in it: a team without a person owns nothing (R47)`,
                ]
              : []),
            `team \`${team.id}\`: what it holds and where (\`role\`, \`scope\`; without a scope it is everywhere)`,
          ],
        };
      });
    },
  };
}

const sorted = (list: readonly Somebody[]): readonly Somebody[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
