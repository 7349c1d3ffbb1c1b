import { globMatches } from "../../core/access/index.js";
import { isActive, stillHolds, type Catalogue } from "../../core/accountability/index.js";
import { findWeakness, weaknesses } from "../../core/findings/index.js";
import type { Origin } from "../../core/estate/index.js";
import { pathOf, stepsOf } from "./entry-path.js";
import type { Fault } from "./faults.js";
import { nearest, suggestion } from "./nearest.js";

/** Lines that were read and say less than their author may think: they are kept, and no input was wrong. */
export const adviceOn = (catalogue: Catalogue, now: string): readonly Fault[] => [
  ...expiredLines(catalogue, now),
  ...leaversUnmarked(catalogue, now),
  ...absentDeputies(catalogue, now),
  ...oneSidedParties(catalogue),
  ...outsideOfTeams(catalogue),
  ...unprovableSanctions(catalogue),
  ...malformedArns(catalogue),
  ...unknownWeaknesses(catalogue),
];

/** R62: lines that ended before `now` count for nothing. */
function expiredLines(catalogue: Catalogue, now: string): readonly Fault[] {
  return [...catalogue.authorities, ...catalogue.sanctioned, ...catalogue.intended]
    .filter((line) => !stillHolds(line.until, now))
    .map((line) => ({
      path: [...pathOf(line.origin), "until"],
      reason: `ended \`${line.until}\` and counts for nothing`,
      hint: "renew it with a new date, or remove the line",
    }));
}

function leaversUnmarked({ people }: Catalogue, now: string): readonly Fault[] {
  return people
    .filter((person) => person.active && !isActive(person, now))
    .map((person) => ({
      path: [...pathOf(person.origin), "leftAt"],
      reason: `\`${person.id}\` left \`${person.leftAt ?? ""}\` and answers for nothing`,
      hint: "write `active: false`, or remove `leftAt` if they are still here",
    }));
}

/** A deputy who has left leaves an absent holder without anybody. */
function absentDeputies({ people, authorities, commanders }: Catalogue, now: string): readonly Fault[] {
  const gone = new Set(people.filter((person) => !isActive(person, now)).map(({ id }) => id));
  return [...authorities, ...commanders].flatMap(({ deputy, origin }): readonly Fault[] => {
    if (deputy === undefined || origin === undefined || !gone.has(deputy)) return [];
    return [
      {
        path: [...pathOf(origin), "deputy"],
        reason: `deputy \`${deputy}\` has left`,
        hint: "name somebody who is still here",
      },
    ];
  });
}

/** A sanction counts only when its conditions are proven (recreation.md 3); these nobody but the catalogue can state. */
function unprovableSanctions({ sanctioned, policy }: Catalogue): readonly Fault[] {
  return sanctioned.flatMap(({ kind, stated, origin }): readonly Fault[] => {
    const ends = stated.endsWithinHours;
    const missing =
      kind === "just-in-time"
        ? [
            ...(stated.approvalByOther === true ? [] : ["`approvalByOther: true`"]),
            ...(ends !== undefined && ends <= policy.jitMaxHours
              ? []
              : [`\`endsWithin\` of at most \`PT${String(policy.jitMaxHours)}H\``]),
          ]
        : kind === "break-glass"
          ? [
              ...(stated.mfaRequired === true ? [] : ["`mfaRequired: true`"]),
              ...(stated.loggedElsewhere === true ? [] : ["`loggedElsewhere: true`"]),
            ]
          : [];
    if (missing.length === 0) return [];
    return [
      {
        path: pathOf(origin),
        reason: `a ${kind} entry that counts for nothing: its conditions are not stated`,
        hint: `add ${missing.join(" and ")}, if it is so`,
      },
    ];
  });
}

/** An ARN with a digit too few matches nothing, whatever is supplied. */
function malformedArns(catalogue: Catalogue): readonly Fault[] {
  const faultOf = (origin: Origin, field: string, pattern: string): readonly Fault[] => {
    const account = /^arn:[^:]*:iam::([^:]*):/.exec(pattern)?.[1];
    if (account === undefined || /^\d{12}$|[*?]/.test(account)) return [];
    return [
      {
        path: [...pathOf(origin), ...stepsOf(field)],
        reason: `\`${pattern}\` names no AWS account`,
        hint: `write the twelve digits of the account instead of \`${account}\``,
      },
    ];
  };
  return [
    ...catalogue.people.flatMap(({ origin, principals }) =>
      principals.flatMap((pattern, at) => faultOf(origin, `principals.${String(at)}`, pattern)),
    ),
    ...catalogue.workloads.flatMap(({ origin, match }) =>
      match.principals.flatMap((pattern, at) => faultOf(origin, `match.principals.${String(at)}`, pattern)),
    ),
    ...catalogue.workloadIdentities.flatMap(({ origin, principal }) =>
      faultOf(origin, "principal", principal),
    ),
    ...catalogue.sanctioned.flatMap(({ origin, role }) => faultOf(origin, "entry.role", role)),
  ];
}

/** R76: a third party with only one of contract and lever is a gap. */
function oneSidedParties({ thirdParties }: Catalogue): readonly Fault[] {
  return thirdParties.flatMap((party): readonly Fault[] => {
    const contract = party.contract !== undefined;
    const lever = party.technical !== undefined;
    if (contract === lever) return [];
    return [
      {
        path: pathOf(party.origin),
        reason: contract
          ? `third party \`${party.id}\` has a contract and no technical side: nothing of ours reduces the exposure`
          : `third party \`${party.id}\` has a technical side and no contract: nobody has to patch`,
        hint: contract
          ? "add `technical: { owner: TEAM, lever: …, telemetry: … }`"
          : "add `contract: { mustPatchWithin: P14D, notice: PT24H, clause: … }`, or `contract: none` and its `manager`",
      },
    ];
  });
}

/** A team that was limited to one account holds nothing in another: one of the two lines is not what was meant. */
function outsideOfTeams(catalogue: Catalogue): readonly Fault[] {
  const scopes = new Map(catalogue.teams.map((team) => [team.id, team.scope]));
  const isAccount = (scope: string | undefined): scope is string =>
    scope !== undefined && /^[a-z][a-z0-9-]*:/.test(scope) && !/^(workload|resource):/.test(scope);
  return catalogue.authorities.flatMap((authority): readonly Fault[] => {
    const own = scopes.get(authority.holder);
    if (!isAccount(own) || !isAccount(authority.scope) || globMatches(own, authority.scope)) return [];
    return [
      {
        path: [...pathOf(authority.origin), "scope"],
        reason: `\`${authority.scope}\` is outside the scope of team \`${authority.holder}\`, \`${own}\``,
        hint: "name a holder for that account, or widen the scope of the team",
      },
    ];
  });
}

function unknownWeaknesses({ intended }: Catalogue): readonly Fault[] {
  return intended.flatMap((line): readonly Fault[] => {
    if (/[*?]/.test(line.weakness) || findWeakness(line.weakness) !== undefined) return [];
    const meant = nearest(
      line.weakness,
      weaknesses.map(({ id }) => id),
    );
    // Checks of other tools have ids of their own; only what looks like a typo is said.
    if (meant === undefined) return [];
    return [
      {
        path: [...pathOf(line.origin), "weakness"],
        reason: `\`${line.weakness}\` is no weakness that is known`,
        hint: `${suggestion(line.weakness, [meant])} \`remit schema weakness\` lists them`,
      },
    ];
  });
}
