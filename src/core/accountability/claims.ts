import type { Duty, OwnershipScope } from "./answerable.js";
import { authorityClaims, authorityKinds } from "./authority-claims.js";
import type { Catalogue, PlaneOwner } from "./catalogue.js";
import type { Claim, Claims } from "./claim.js";
import type { Role } from "./role.js";
import { indexPatterns, type PatternIndex } from "./pattern-index.js";
import { compareRanks, everywhere, patternRank, rankOf, type Rank } from "./scope-rank.js";
import type { MatchingWorkloads } from "./workload-match.js";
import { matchingThirdParties } from "./third-party-match.js";

const planeOf: Partial<Record<Role, "build" | "runtime" | "incident">> = {
  APP: "build",
  BUILD_OWNER: "build",
  PLATFORM: "runtime",
  RUNTIME_OWNER: "runtime",
  SECOPS: "incident",
  INCIDENT_OWNER: "incident",
};

/** A team that carries the second role answers for the first too; the planes are duties of these teams. */
const teamRoles: Partial<Record<Role, readonly Role[]>> = {
  BUILD_OWNER: ["BUILD_OWNER", "APP"],
  APP: ["APP", "BUILD_OWNER"],
  RUNTIME_OWNER: ["RUNTIME_OWNER", "PLATFORM"],
  INCIDENT_OWNER: ["INCIDENT_OWNER", "SECOPS"],
  SECOPS: ["SECOPS", "INCIDENT_OWNER"],
};

/** Everything that the catalogue says about who holds `role` in this scope (R43 to R51, R58 to R64, R70, R74, R75). */
export function claimsOf(
  role: Role,
  about: OwnershipScope,
  catalogue: Catalogue,
  workloads: MatchingWorkloads,
  now: string,
  duty: Duty | undefined,
): Claims {
  const found: Claim[] = [];
  const add = (claim: Omit<Claim, "direct" | "personal"> & Partial<Claim>): void => {
    found.push({ direct: true, personal: false, ...claim });
  };
  const plane = planeOf[role];
  for (const entry of plane === undefined ? [] : workloads.catalogued) {
    const owner = plane === undefined ? undefined : entry.planes[plane];
    if (owner !== undefined)
      add({
        ...ownerOf(owner),
        via: `${plane ?? ""} plane of workload ${entry.id}`,
        ...workloadRank,
        origin: entry.origin,
      });
    if (role === "PLATFORM" && entry.shared?.builtBy !== undefined)
      add({
        holder: entry.shared.builtBy,
        via: `builder of the shared component ${entry.id}`,
        rank: { level: 2, literal: 0, index: 1 },
        origin: entry.origin,
      });
  }
  if (role === "WLID") {
    for (const entry of identityEntries(catalogue.workloadIdentities, about.principals)) {
      const rank = patternRank(entry.principal, about.principals);
      if (rank !== undefined)
        add({
          ...ownerOf(entry),
          via: `owner of workload identity ${entry.principal}`,
          rank,
          origin: entry.origin,
        });
    }
    for (const entry of workloads.catalogued) {
      if (entry.workloadIdentity !== undefined)
        add({
          holder: entry.workloadIdentity,
          via: `identity owner of workload ${entry.id}`,
          ...workloadRank,
          origin: entry.origin,
        });
    }
  }
  const wanted = teamRoles[role] ?? [role];
  for (const team of teamsOf(catalogue.teams, wanted)) {
    const held = wanted.find((item) => team.roles.includes(item));
    const rank = held === undefined ? undefined : rankOf(team.scope, about);
    if (held === undefined || rank === undefined) continue;
    add({
      holder: team.id,
      via: `team ${team.id} holds ${held}${team.scope === undefined ? "" : ` for ${team.scope}`}`,
      rank,
      // A right to revoke or to sign is recorded with its end; a team's role alone says less (R58, R62).
      direct: held === role && authorityKinds[role] === undefined,
      origin: team.origin,
    });
  }
  accountClaims(role, about, catalogue, add);
  if (role === "IC") {
    catalogue.commanders.forEach((entry, index) => {
      add({
        holder: entry.person,
        ...(entry.deputy === undefined ? {} : { deputy: entry.deputy }),
        via: "commander",
        rank: { ...everywhere, index },
        personal: true,
      });
    });
  }
  thirdPartyClaims(role, about, catalogue, workloads, add);
  const kind = authorityKinds[role];
  const granted =
    kind === undefined ? { found: [], void: [] } : authorityClaims(kind, about, catalogue, now, duty);
  return {
    found: [...found, ...granted.found].sort(
      (a, b) => Number(b.direct) - Number(a.direct) || compareRanks(a.rank, b.rank),
    ),
    void: granted.void,
  };
}

const teamIndexes = new WeakMap<Catalogue["teams"], ReadonlyMap<Role, readonly number[]>>();

/** Those that carry one of the roles, in the order of the catalogue. */
function teamsOf(teams: Catalogue["teams"], wanted: readonly Role[]): Catalogue["teams"] {
  let index = teamIndexes.get(teams);
  if (index === undefined) {
    const byRole = new Map<Role, number[]>();
    teams.forEach(({ roles }, at) => {
      for (const role of roles) byRole.set(role, [...(byRole.get(role) ?? []), at]);
    });
    teamIndexes.set(teams, (index = byRole));
  }
  const byRole = index;
  const found = new Set(wanted.flatMap((role) => byRole.get(role) ?? []));
  return [...found].sort((a, b) => a - b).flatMap((at) => teams[at] ?? []);
}

const accountIndexes = new WeakMap<Catalogue["accounts"], ReadonlyMap<string, readonly number[]>>();

/** Lines about these accounts, in the order of the catalogue. */
function accountsOf(accounts: Catalogue["accounts"], ids: readonly string[]): Catalogue["accounts"] {
  let index = accountIndexes.get(accounts);
  if (index === undefined) {
    const byId = new Map<string, number[]>();
    accounts.forEach(({ id }, at) => byId.set(id, [...(byId.get(id) ?? []), at]));
    accountIndexes.set(accounts, (index = byId));
  }
  const byId = index;
  const found = new Set(ids.flatMap((id) => byId.get(id) ?? []));
  return [...found].sort((a, b) => a - b).flatMap((at) => accounts[at] ?? []);
}

const identityIndexes = new WeakMap<Catalogue["workloadIdentities"], PatternIndex>();

/** Those whose pattern matches one of the identities, in the order of the catalogue. */
function identityEntries(
  entries: Catalogue["workloadIdentities"],
  principals: readonly string[],
): Catalogue["workloadIdentities"] {
  let index = identityIndexes.get(entries);
  if (index === undefined) {
    index = indexPatterns(entries.map(({ principal }, at) => [principal, at] as const));
    identityIndexes.set(entries, index);
  }
  const patterns = index;
  const found = new Set(principals.flatMap((id) => patterns.matching(id)));
  return [...found].sort((a, b) => a - b).flatMap((at) => entries[at] ?? []);
}

const workloadRank = { rank: { level: 2, literal: 0, index: 0 } } as const;

const ownerOf = ({ owner, deputy }: PlaneOwner): { holder: string; deputy?: string } => ({
  holder: owner,
  ...(deputy === undefined ? {} : { deputy }),
});

type Add = (claim: Omit<Claim, "direct" | "personal"> & Partial<Claim>) => void;

/** R49: the account's runtime authority; R51: who answers for its access decisions. */
function accountClaims(role: Role, about: OwnershipScope, catalogue: Catalogue, add: Add): void {
  for (const account of accountsOf(catalogue.accounts, about.accounts)) {
    const index = about.accounts.indexOf(account.id);
    const place = `account ${account.name ?? account.id}`;
    const rank: Rank = { level: 1, literal: account.id.length, index };
    const { origin, runtimeAuthority, accessDecisions, owner } = account;
    if (
      runtimeAuthority !== undefined &&
      (role === "RUNTIME_OWNER" || role === "PLATFORM" || role === "CLOUD_OPS")
    )
      add({
        holder: runtimeAuthority,
        via: `runtime authority of ${place}`,
        rank,
        direct: role === "RUNTIME_OWNER",
        origin,
      });
    if (accessDecisions !== undefined && role === "IDGOV")
      add({ holder: accessDecisions, via: `access decisions of ${place}`, rank, origin });
    // ownership.md 6b, fallback ladder: the owner of the account stands in for the runtime owner, for nobody else.
    if (owner !== undefined && role === "RUNTIME_OWNER")
      add({ holder: owner, via: `owner of ${place}`, rank, direct: false, origin });
  }
}

function thirdPartyClaims(
  role: Role,
  about: OwnershipScope,
  catalogue: Catalogue,
  workloads: MatchingWorkloads,
  add: Add,
): void {
  for (const party of matchingThirdParties(catalogue.thirdParties, about, workloads)) {
    const { origin } = party;
    const rank: Rank = { level: 2, literal: 0, index: 0 };
    if (role === "VENDOR_MGR" && party.manager !== undefined)
      add({ holder: party.manager, via: `manager of third party ${party.id}`, rank, origin });
    const lever = party.technical;
    const roles = catalogue.teams.find((team) => team.id === lever?.owner)?.roles ?? ["RUNTIME_OWNER"];
    if (lever !== undefined && roles.some((held) => held === role))
      add({
        holder: lever.owner,
        via: `owner of our lever \`${lever.lever}\` against ${party.id}`,
        rank,
        direct: false,
        origin,
      });
  }
}
