import type { AccessEngine } from "../access/index.js";
import { accountId, type Estate } from "../estate/index.js";
import { abilityOf } from "./ability.js";
import type { Answerable, Duty, OwnerAnswer, OwnerFinder, OwnershipScope } from "./answerable.js";
import type { Catalogue } from "./catalogue.js";
import { claimsOf } from "./claims.js";
import { holderResolver } from "./holder.js";
import { namedOwners, type NamedOwners } from "./named-owners.js";
import type { Role } from "./role.js";
import { matchingThirdParties } from "./third-party-match.js";
import { matchingWorkloads } from "./workload-match.js";

export interface OwnerFinderInput {
  readonly estate: Estate;
  /** Absent: everybody is inferred. */
  readonly catalogue: Catalogue | undefined;
  readonly engine: AccessEngine;
  /** ISO instant. */
  readonly now: string;
}

/** Finds who answers: what the catalogue says, else what evidence makes likely (ownership.md 6b), and whether they can. */
export function createOwnerFinder({ estate, catalogue, engine, now }: OwnerFinderInput): OwnerFinder {
  const resolve = holderResolver(catalogue);
  const ability = abilityOf(engine);
  const answers = new WeakMap<OwnershipScope, Map<string, OwnerAnswer>>();
  const named = (role: Role, about: OwnershipScope, duty: Duty | undefined): NamedOwners => {
    if (catalogue === undefined) return { owners: [], problems: [] };
    const workloads = matchingWorkloads(estate, catalogue, about);
    const claims = claimsOf(role, about, catalogue, workloads, now, duty);
    return namedOwners(role, claims, resolve);
  };
  const find = (role: Role, about: OwnershipScope, duty: Duty | undefined): OwnerAnswer => {
    if (role === "VENDOR") return vendors(about);
    const found = named(role, about, duty);
    if (found.owners.length > 0) {
      const answerables = found.owners.map((owner): Answerable => ({
        role,
        ...(owner.person === undefined ? {} : { person: owner.person }),
        ...(owner.team === undefined ? {} : { team: owner.team }),
        via: owner.via,
        confidence: owner.confidence,
        inferred: false,
        evidence: owner.evidence,
        authority:
          duty === undefined
            ? { verdict: "unknown", proof: [] }
            : ability(
                owner.person ?? owner.team ?? role,
                owner.people.flatMap((person) => person.principals),
                duty,
              ),
      }));
      return withGap(answerables, found.problems);
    }
    return { answerables: [], gap: nobody(role, about, found.problems) };
  };
  const vendors = (about: OwnershipScope): OwnerAnswer => {
    const parties = matchingThirdParties(
      catalogue?.thirdParties ?? [],
      about,
      matchingWorkloads(estate, catalogue, about),
    );
    const answerables = parties.map((party): Answerable => ({
      role: "VENDOR",
      team: party.id,
      via: `third party of the catalogue (${party.kind})`,
      confidence: 1,
      inferred: false,
      evidence: [],
      authority: { verdict: "unknown", proof: [] },
    }));
    return answerables.length > 0 ? { answerables } : { answerables, gap: nobody("VENDOR", about, []) };
  };
  const nobody = (role: Role, about: OwnershipScope, problems: readonly string[]): string =>
    `no ${role} owner for ${placeOf(about, estate, catalogue)} (nobody found)${problems.length === 0 ? "" : `: ${problems.join("; ")}`}`;
  return {
    owners(role, about, duty) {
      const cached = answers.get(about) ?? new Map<string, OwnerAnswer>();
      answers.set(about, cached);
      const key = `${role} ${duty?.action ?? ""} ${duty?.resource ?? ""}`;
      const answer = cached.get(key) ?? find(role, about, duty);
      cached.set(key, answer);
      return answer;
    },
    exists(role, about) {
      if (catalogue === undefined || catalogue.teams.length === 0) return true;
      const workloads = matchingWorkloads(estate, catalogue, about);
      return claimsOf(role, about, catalogue, workloads, now, undefined).found.length > 0;
    },
  };
}

const withGap = (answerables: readonly Answerable[], problems: readonly string[]): OwnerAnswer =>
  problems.length === 0 ? { answerables } : { answerables, gap: problems.join("; ") };

/** As people name the place: the account, else the workload, else the resource. */
function placeOf(about: OwnershipScope, estate: Estate, catalogue: Catalogue | undefined): string {
  const [account] = about.accounts;
  if (account !== undefined) {
    const name =
      catalogue?.accounts.find((item) => item.id === account)?.name ??
      estate.account(accountId(account))?.name;
    return `account ${name ?? account}`;
  }
  const [workload] = about.workloads;
  if (workload !== undefined) return `workload ${workload}`;
  return about.resources[0] ?? "this exposure";
}
