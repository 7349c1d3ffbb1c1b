import { evidenceAt, type Evidence } from "../estate/index.js";
import type { Person } from "./catalogue.js";
import type { Claim, Claims } from "./claim.js";
import { draftSource } from "./draft/types.js";
import type { Holder, HolderResolver } from "./holder.js";
import { problem, type OwnerProblem } from "./owner-problem.js";
import type { Role } from "./role.js";
import { sameWidth } from "./scope-rank.js";

/** An owner before anybody asked whether they can. */
export interface NamedOwner {
  readonly person?: string;
  readonly team?: string;
  readonly via: string;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** Holds it only beside somebody else. */
  readonly deputy?: true;
  /** From a line that was drafted and that nobody has confirmed. */
  readonly drafted?: true;
  /** People whose sign-ins count as those of the owner: of a team anybody active. */
  readonly people: readonly Person[];
}

export interface NamedOwners {
  readonly owners: readonly NamedOwner[];
  /** What is wrong with what the catalogue says. */
  readonly problems: readonly OwnerProblem[];
}

/** A line that names this very role and resolves; next best lines and stand-ins are less. */
const certain = 1;
const nextBest = 0.85;
const standsIn = 0.6;

/**
 * Turns claims into people: the narrowest scope that resolves to somebody active wins, wider ones are asked only
 * when it does not, and then the answer says so (R47, R48).
 */
export function namedOwners(role: Role, claims: Claims, resolve: HolderResolver): NamedOwners {
  const problems: OwnerProblem[] = [...claims.void];
  if (role === "RUNTIME_OWNER") problems.push(...severalAuthorities(claims.found));
  let rest = claims.found;
  while (rest.length > 0) {
    const [first] = rest;
    const group = rest.filter((claim) => first !== undefined && together(first, claim));
    rest = rest.slice(group.length);
    const owners = group.flatMap((claim) => {
      const resolved = ownersOfClaim(claim, resolve, problems.length === 0 || claim.personal);
      if (resolved.problem !== undefined)
        problems.push(problem(resolved.problem.kind, `${claim.via}: ${resolved.problem.text}`));
      return resolved.owners;
    });
    if (owners.length > 0) return { owners: unique(holdersFirst(owners)), problems };
  }
  return { owners: [], problems };
}

/** Where several hold an authority, each of them is shown before anybody's deputy. */
const holdersFirst = (owners: readonly NamedOwner[]): readonly NamedOwner[] => [
  ...owners.filter((owner) => owner.deputy !== true),
  ...owners.filter((owner) => owner.deputy === true),
];

const together = (a: Claim, b: Claim): boolean => a.direct === b.direct && sameWidth(a.rank, b.rank);

/** R49: exactly one runtime authority per account. */
function severalAuthorities(claims: readonly Claim[]): readonly OwnerProblem[] {
  const byAccount = new Map<number, Set<string>>();
  for (const claim of claims) {
    if (!claim.direct || claim.rank.level !== 1) continue;
    byAccount.set(claim.rank.index, (byAccount.get(claim.rank.index) ?? new Set()).add(claim.holder));
  }
  return [...byAccount.values()]
    .filter((holders) => holders.size > 1)
    .map((holders) =>
      problem("several", `several runtime authorities for one account: ${[...holders].sort().join(", ")}`),
    );
}

function ownersOfClaim(
  claim: Claim,
  resolve: HolderResolver,
  undisturbed: boolean,
): { readonly owners: readonly NamedOwner[]; readonly problem?: OwnerProblem } {
  const evidence =
    claim.origin === undefined ? [] : [evidenceAt(claim.origin, `${claim.via}: ${claim.holder}`)];
  const holder = resolve(claim.holder);
  const deputy = claim.deputy === undefined ? undefined : resolve(claim.deputy);
  const deputyFound = deputy !== undefined && deputy.departed === undefined && deputy.people.length > 0;
  const confidence = claim.direct && undisturbed ? certain : nextBest;
  const drafted = claim.origin?.statedBy === draftSource;
  const owners: NamedOwner[] = [];
  if (holder.departed === undefined && holder.people.length > 0)
    owners.push(ownerOf(claim.holder, holder, claim.via, confidence, evidence));
  // Who leaves loses an authority at once, and a manager does not inherit it (ownership.md 6c); a deputy holds it.
  const absent = owners.length === 0;
  if (deputyFound && claim.deputy !== undefined && (absent || claim.personal)) {
    const via = `deputy of ${claim.holder}: ${claim.via}`;
    const acting = ownerOf(claim.deputy, deputy, via, absent ? nextBest : confidence, evidence);
    owners.push(absent ? acting : { ...acting, deputy: true });
  }
  if (owners.length === 0 && !claim.personal && holder.people.length > 0)
    owners.push(
      ownerOf(claim.holder, holder, `stands in for ${claim.holder}: ${claim.via}`, standsIn, evidence),
    );
  const wrong = problemOf(claim, holder, deputyFound);
  if (!drafted || owners.length === 0) return wrong === undefined ? { owners } : { owners, problem: wrong };
  // A draft is evidence that was written down: it becomes an attestation when somebody takes the mark away.
  return {
    owners: owners.map((owner) => ({
      ...owner,
      drafted: true,
      confidence: Math.min(owner.confidence, standsIn),
    })),
    problem:
      wrong ??
      problem(
        "unconfirmed",
        `${claim.holder} is drafted and confirmed by nobody: remove \`source: ${draftSource}\` where it is right`,
      ),
  };
}

function problemOf(claim: Claim, holder: Holder, deputyFound: boolean): OwnerProblem | undefined {
  if (holder.problem === undefined) return undefined;
  if (holder.departed === undefined) return holder.problem;
  const left = holder.departed.leftAt === undefined ? "" : ` (${holder.departed.leftAt.slice(0, 10)})`;
  const who = `\`${claim.holder}\` has left${left}`;
  if (deputyFound)
    return problem("departed", `${who}; deputy ${claim.deputy ?? ""} acts until somebody is named`);
  if (!claim.personal) return holder.problem;
  return problem(
    "departed",
    `${who} and the authority went with them; ${claim.deputy === undefined ? "no deputy is named" : `deputy ${claim.deputy} is not active`}`,
  );
}

function ownerOf(
  id: string,
  holder: Holder,
  via: string,
  confidence: number,
  evidence: readonly Evidence[],
): NamedOwner {
  const [person] = holder.people;
  return {
    ...(person === undefined ? {} : { person: person.id }),
    ...(holder.team === undefined ? {} : { team: id }),
    via: holder.standing === undefined ? via : `${via} (${holder.standing})`,
    confidence,
    evidence,
    people: holder.people,
  };
}

function unique(owners: readonly NamedOwner[]): readonly NamedOwner[] {
  const seen = new Set<string>();
  return owners.filter((owner) => {
    const key = `${owner.team ?? ""}|${owner.person ?? ""}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
