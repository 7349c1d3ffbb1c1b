import type { Catalogue, PlaneOwner } from "../../core/accountability/index.js";
import type { Fault } from "./faults.js";
import { nearest } from "./nearest.js";
import { pathOf, stepsOf } from "./entry-path.js";
import type { Origin } from "../../core/estate/index.js";

/** What a field may name. */
type Wanted = "person" | "owner" | "third party";

interface Reference {
  readonly path: readonly PropertyKey[];
  readonly field: string;
  readonly name: string;
  readonly wanted: Wanted;
}

/**
 * Names that lead nowhere: a person or team that the catalogue does not list, a manager that does not exist. The
 * entry itself stays in use; whoever it names resolves to nobody and shows as a gap.
 */
export function danglingReferences(
  catalogue: Catalogue,
  leftOut: ReadonlyMap<string, readonly PropertyKey[]>,
): readonly Fault[] {
  const people = catalogue.people.map((person) => person.id);
  const teams = catalogue.teams.map((team) => team.id);
  const known: Readonly<Record<Wanted, readonly string[]>> = {
    person: people,
    owner: [...people, ...teams],
    "third party": catalogue.thirdParties.map((party) => party.id),
  };
  const sets = {
    person: new Set(known.person),
    owner: new Set(known.owner),
    "third party": new Set(known["third party"]),
  };
  return references(catalogue).flatMap(({ path, field, name, wanted }): readonly Fault[] => {
    if (sets[wanted].has(name)) return [];
    const entry = leftOut.get(name);
    if (entry !== undefined)
      return [
        {
          path,
          reason: `\`${name}\` (${field}) stands for nobody: its own entry has a fault`,
          hint: "mend that entry first",
          other: entry,
        },
      ];
    const what = wanted === "owner" ? "neither a person nor a team" : `no ${wanted}`;
    const isTeam = wanted === "person" && teams.includes(name);
    return [
      {
        path,
        reason: `\`${name}\` (${field}) is ${isTeam ? "a team and no person" : what} of this catalogue`,
        hint: isTeam ? "name one person of it" : remedy(name, wanted, known[wanted], [...leftOut.keys()]),
      },
    ];
  });
}

/** The near name where there is one; else what to add, and what could be meant. */
function remedy(name: string, wanted: Wanted, usable: readonly string[], leftOut: readonly string[]): string {
  const known = [...new Set(usable)];
  const meant = nearest(name, [...known, ...leftOut]);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const list = wanted === "third party" ? "thirdParties" : wanted === "person" ? "people" : "people or teams";
  const shown = known.slice(0, 20);
  const others = known.length - shown.length;
  return [
    `add it to ${list}`,
    ...(shown.length === 0
      ? []
      : [`or name one of ${shown.join(", ")}${others === 0 ? "" : ` and ${String(others)} more`}`]),
  ].join(", ");
}

function references(catalogue: Catalogue): readonly Reference[] {
  const found: Reference[] = [];
  const add = (origin: Origin, field: string, name: string | undefined, wanted: Wanted = "owner"): void => {
    if (name === undefined) return;
    const path = [...pathOf(origin), ...stepsOf(field)];
    found.push({ path, field: field.replace(/\.\d+$/, ""), name, wanted });
  };
  const addPlane = (origin: Origin, field: string, plane: PlaneOwner | undefined): void => {
    add(origin, `${field}.owner`, plane?.owner);
    add(origin, `${field}.deputy`, plane?.deputy);
  };
  for (const person of catalogue.people) add(person.origin, "manager", person.manager, "person");
  for (const team of catalogue.teams) {
    add(team.origin, "head", team.head, "person");
    team.members.forEach((member, index) => {
      add(team.origin, `members.${String(index)}`, member);
    });
  }
  for (const account of catalogue.accounts) {
    add(account.origin, "owner", account.owner);
    add(account.origin, "runtimeAuthority", account.runtimeAuthority);
    add(account.origin, "accessDecisions", account.accessDecisions);
  }
  for (const workload of catalogue.workloads) {
    for (const plane of ["build", "runtime", "incident"] as const)
      addPlane(workload.origin, `planes.${plane}`, workload.planes[plane]);
    add(workload.origin, "workloadIdentity", workload.workloadIdentity);
    add(workload.origin, "shared.builtBy", workload.shared?.builtBy);
    add(workload.origin, "outsourced", workload.outsourced, "third party");
  }
  for (const identity of catalogue.workloadIdentities) {
    add(identity.origin, "owner", identity.owner);
    add(identity.origin, "deputy", identity.deputy);
    add(identity.origin, "reviewedBy", identity.reviewedBy);
  }
  for (const authority of catalogue.authorities) {
    add(authority.origin, "holder", authority.holder);
    add(authority.origin, "deputy", authority.deputy);
  }
  for (const commander of catalogue.commanders) {
    if (commander.origin === undefined) continue;
    add(commander.origin, "person", commander.person, "person");
    add(commander.origin, "deputy", commander.deputy, "person");
  }
  for (const party of catalogue.thirdParties) {
    add(party.origin, "manager", party.manager);
    add(party.origin, "technical.owner", party.technical?.owner);
  }
  for (const line of [...catalogue.sanctioned, ...catalogue.intended])
    add(line.origin, "approvedBy", line.approvedBy);
  return found;
}
