import { globMatches } from "../../core/access/index.js";
import type { Catalogue } from "../../core/accountability/index.js";
import { awsAccount, principalId, type Estate, type Origin } from "../../core/estate/index.js";
import { pathOf, stepsOf } from "./entry-path.js";
import type { Fault } from "./faults.js";
import { nearest } from "./nearest.js";

/** Lines that fit nothing: of the catalogue, and where one was read, of the estate. */
export const adviceAgainst = (catalogue: Catalogue, estate: Estate | undefined): readonly Fault[] => [
  ...scopesOfNothing(catalogue, estate),
  ...(estate === undefined ? [] : absentPrincipals(catalogue, estate)),
];

function scopesOfNothing(catalogue: Catalogue, estate: Estate | undefined): readonly Fault[] {
  const accounts = [
    ...catalogue.accounts.map(({ id }) => id),
    ...(estate?.accounts ?? []).map(({ id }) => id),
  ];
  const workloads = [
    ...catalogue.workloads.map(({ id }) => id),
    ...(estate?.workloads ?? []).map(({ id }) => id),
  ];
  const knownWorkloads = new Set(workloads);
  const knownAccounts = new Set(accounts);
  const faultOf = (origin: Origin, scope: string | undefined): readonly Fault[] => {
    if (scope === undefined || scope === "*") return [];
    const path = [...pathOf(origin), "scope"];
    if (scope.startsWith("workload:")) {
      const id = scope.slice("workload:".length);
      if (knownWorkloads.has(id)) return [];
      const meant = nearest(id, workloads);
      return [
        {
          path,
          reason: `there is no workload \`${id}\`: the line reaches nothing`,
          hint:
            meant === undefined
              ? `add it to \`workloads\`: \`- { id: ${id}, match: { resources: […] } }\``
              : `did you mean \`workload:${meant}\`?`,
        },
      ];
    }
    if (scope.startsWith("resource:")) {
      if (estate === undefined || reaches(estate, scope.slice("resource:".length))) return [];
      return [
        {
          path,
          reason: `\`${scope}\` matches nothing of the estate`,
          hint: "check the pattern against an id as `remit analyze` shows it; `*` is a wildcard",
        },
      ];
    }
    // Without any account to compare with nothing can be said of one.
    if (accounts.length === 0 || knownAccounts.has(scope)) return [];
    if (accounts.some((id) => globMatches(scope, id))) return [];
    const meant = nearest(scope, accounts);
    return [
      {
        path,
        reason: `there is no account \`${scope}\`: the line reaches nothing`,
        hint: meant === undefined ? "add it to `accounts`, or correct it" : `did you mean \`${meant}\`?`,
      },
    ];
  };
  return [...catalogue.teams, ...catalogue.authorities].flatMap(({ origin, scope }) =>
    faultOf(origin, scope),
  );
}

function reaches(estate: Estate, pattern: string): boolean {
  const glob = principalId(pattern);
  const fits = ({ id }: { readonly id: string }): boolean => globMatches(glob, id);
  return estate.resources.some(fits) || estate.principals.some(fits) || estate.credentials.some(fits);
}

/** Patterns times identities that are compared at most; past it what is left is said to be unchecked. */
const mostComparisons = 20_000_000;
const mostNames = 5_000;

/** Identities that the catalogue names and a complete list of the account does not hold. */
function absentPrincipals(catalogue: Catalogue, estate: Estate): readonly Fault[] {
  const ids = estate.principals.map(({ id }) => id as string);
  const listed = estate.accounts.filter(({ id }) => estate.covers("iam", id)).map(({ id }) => id as string);
  const known = new Map<string, boolean>();
  let left = mostComparisons;
  const isThere = (glob: string): boolean => {
    const before = known.get(glob);
    if (before !== undefined) return before;
    const wild = /[*?]/.test(glob);
    left -= wild ? ids.length : 1;
    const found =
      left < 0 ||
      (wild ? ids.some((id) => globMatches(glob, id)) : estate.principal(principalId(glob)) !== undefined);
    known.set(glob, found);
    return found;
  };
  const faultOf = (origin: Origin, field: string, pattern: string): readonly Fault[] => {
    const glob = principalId(pattern.replace(/#.*$/, ""));
    const account = /^arn:[^:]+:iam::(\d{12}|\*):/.exec(glob)?.[1];
    // Only what a complete list would hold can be called absent; a pattern over all accounts needs all of them.
    if (account === undefined || listed.length === 0) return [];
    const complete =
      account === "*" ? listed.length === estate.accounts.length : listed.includes(awsAccount(account));
    if (!complete || isThere(glob)) return [];
    const meant = nearIdentity(glob, ids);
    return [
      {
        path: [...pathOf(origin), ...stepsOf(field)],
        reason: `\`${pattern}\` is no identity of the estate`,
        hint:
          meant === undefined
            ? "correct the name or the wildcard, or remove it if the identity is gone"
            : `did you mean \`${meant}\`?`,
      },
    ];
  };
  const found = [
    ...catalogue.people.flatMap(({ origin, principals }) =>
      principals.flatMap((pattern, index) => faultOf(origin, `principals.${String(index)}`, pattern)),
    ),
    ...catalogue.workloads.flatMap(({ origin, match }) =>
      match.principals.flatMap((pattern, index) =>
        faultOf(origin, `match.principals.${String(index)}`, pattern),
      ),
    ),
    ...catalogue.workloadIdentities.flatMap(({ origin, principal }) =>
      faultOf(origin, "principal", principal),
    ),
    ...catalogue.sanctioned.flatMap(({ origin, role }) => faultOf(origin, "entry.role", role)),
  ];
  if (left >= 0) return found;
  return [
    ...found,
    {
      path: [],
      reason: "too many patterns with a wildcard to compare all of them with the estate",
      hint: "write principals without `*` where the identity is known",
    },
  ];
}

/** The identity of the same account and kind whose name is near. */
function nearIdentity(glob: string, ids: readonly string[]): string | undefined {
  const [, prefix = "", name = ""] = /^(arn:[^:]+:iam::\d{12}:[a-z-]+\/)(.+)$/.exec(glob) ?? [];
  if (prefix === "") return undefined;
  const names = ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
  const meant = nearest(name, names.slice(0, mostNames));
  return meant === undefined ? undefined : `${prefix}${meant}`;
}
