import type { Catalogue } from "../../core/accountability/index.js";
import { stillHolds } from "../../core/accountability/index.js";
import type { Origin } from "../../core/estate/index.js";
import type { Fault } from "./faults.js";
import { suggestion } from "./nearest.js";

interface Reference {
  readonly origin: Origin;
  readonly field: string;
  readonly name: string | undefined;
  readonly wanted: "person" | "owner" | "third party";
}

/**
 * Names that lead nowhere: a person or team that the catalogue does not list, a manager that does not exist. The
 * entry itself stays in use; whoever it names resolves to nobody and shows as a gap.
 */
export function danglingReferences(catalogue: Catalogue): readonly Fault[] {
  const people = catalogue.people.map((person) => person.id);
  const teams = catalogue.teams.map((team) => team.id);
  const known = {
    person: people,
    owner: [...people, ...teams],
    "third party": catalogue.thirdParties.map((party) => party.id),
  };
  return references(catalogue).flatMap(({ origin, field, name, wanted }): readonly Fault[] => {
    if (name === undefined || known[wanted].includes(name)) return [];
    const what = wanted === "owner" ? "neither a person nor a team" : `no ${wanted}`;
    return [
      {
        path: [...pathOf(origin), ...field.split(".").map(stepOf)],
        reason: `\`${name}\` (${field.replace(/\.\d+$/, "")}) is ${what} of this catalogue`,
        hint: suggestion(name, known[wanted]),
      },
    ];
  });
}

function references(catalogue: Catalogue): readonly Reference[] {
  const found: Reference[] = [];
  const add = (
    origin: Origin,
    field: string,
    name: string | undefined,
    wanted: Reference["wanted"] = "owner",
  ): void => {
    found.push({ origin, field, name, wanted });
  };
  for (const person of catalogue.people) add(person.origin, "manager", person.manager, "person");
  for (const team of catalogue.teams) {
    add(team.origin, "head", team.head, "person");
    team.members.forEach((member, index) => {
      add(team.origin, `members.${String(index)}`, member, "person");
    });
  }
  for (const account of catalogue.accounts) {
    add(account.origin, "owner", account.owner);
    add(account.origin, "runtimeAuthority", account.runtimeAuthority);
    add(account.origin, "accessDecisions", account.accessDecisions);
  }
  for (const workload of catalogue.workloads) {
    for (const plane of ["build", "runtime", "incident"] as const) {
      add(workload.origin, `planes.${plane}.owner`, workload.planes[plane]?.owner);
      add(workload.origin, `planes.${plane}.deputy`, workload.planes[plane]?.deputy);
    }
    add(workload.origin, "workloadIdentity", workload.workloadIdentity);
    add(workload.origin, "shared.builtBy", workload.shared?.builtBy);
    add(workload.origin, "outsourced", workload.outsourced, "third party");
  }
  for (const identity of catalogue.workloadIdentities) {
    add(identity.origin, "owner", identity.owner);
    add(identity.origin, "deputy", identity.deputy);
  }
  for (const authority of catalogue.authorities) {
    add(authority.origin, "holder", authority.holder);
    add(authority.origin, "deputy", authority.deputy);
  }
  for (const party of catalogue.thirdParties) {
    add(party.origin, "manager", party.manager);
    add(party.origin, "technical.owner", party.technical?.owner);
  }
  for (const line of [...catalogue.sanctioned, ...catalogue.intended])
    add(line.origin, "approvedBy", line.approvedBy);
  return found;
}

/** Commanders carry no origin of their own: their place is their index. */
export function danglingCommanders(catalogue: Catalogue): readonly Fault[] {
  const people = catalogue.people.map((person) => person.id);
  return catalogue.commanders.flatMap((entry, index) =>
    (["person", "deputy"] as const).flatMap((field): readonly Fault[] => {
      const name = entry[field];
      if (name === undefined || people.includes(name)) return [];
      return [
        {
          path: ["commanders", index, field],
          reason: `\`${name}\` (${field.replace(/\.\d+$/, "")}) is no person of this catalogue`,
          hint: suggestion(name, people),
        },
      ];
    }),
  );
}

/** Lines that ended before `now`: they are kept and count for nothing. */
export function expiredLines(catalogue: Catalogue, now: string): readonly Fault[] {
  return [...catalogue.authorities, ...catalogue.sanctioned, ...catalogue.intended]
    .filter((line) => !stillHolds(line.until, now))
    .map((line) => ({
      path: [...pathOf(line.origin), "until"],
      reason: `ended \`${line.until}\` and counts for nothing`,
      hint: "renew it with a new date, or remove the line",
    }));
}

const pathOf = (origin: Origin): readonly PropertyKey[] =>
  (origin.pointer ?? "")
    .split("/")
    .slice(1)
    .map((part) => stepOf(part.replaceAll("~1", "/").replaceAll("~0", "~")));

const stepOf = (part: string): PropertyKey => (/^\d+$/.test(part) ? Number(part) : part);
