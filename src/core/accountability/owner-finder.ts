import type { AccessEngine } from "../access/index.js";
import { accountId, evidenceAt, type Estate, type PrincipalId } from "../estate/index.js";
import { abilityOf } from "./ability.js";
import type { Answerable, Duty, OwnerAnswer, OwnerFinder, OwnershipScope } from "./answerable.js";
import { authorityKinds } from "./authority-claims.js";
import type { Catalogue } from "./catalogue.js";
import { claimsOf } from "./claims.js";
import { holderResolver, isActive } from "./holder.js";
import { namedOwners, type NamedOwner, type NamedOwners } from "./named-owners.js";
import { problem, wordsOfProblems, type OwnerProblem } from "./owner-problem.js";
import type { Role } from "./role.js";
import { matchingThirdParties } from "./third-party-match.js";
import { indexEstate } from "./estate-index.js";
import { explanationOf, type OwnerExplanation } from "./explain-owner.js";
import { inferOwner, type Inference } from "./infer-owner.js";
import { columnOf } from "./owner-evidence.js";
import { likelyOwners, type LikelyOwner, type LikelyOwners } from "./likely-owners.js";
import { untilConfirmed } from "./until-confirmed.js";
import { matchingWorkloads } from "./workload-match.js";

export interface OwnerFinderInput {
  readonly estate: Estate;
  /** Absent: everybody is inferred. */
  readonly catalogue: Catalogue | undefined;
  readonly engine: AccessEngine;
  /** ISO instant. */
  readonly now: string;
}

/** The finder, and why it answers what it does. */
export interface ExplainingOwnerFinder extends OwnerFinder {
  explainOwner(role: Role, scope: OwnershipScope, duty?: Duty): OwnerExplanation;
}

/** Finds who answers: what the catalogue says, else what evidence makes likely (ownership.md 6b), and whether they can. */
export function createOwnerFinder({
  estate,
  catalogue,
  engine,
  now,
}: OwnerFinderInput): ExplainingOwnerFinder {
  const resolve = holderResolver(catalogue, now, estate.shifts);
  const ability = abilityOf(engine);
  const inference = { index: indexEstate(estate), engine, catalogue, resolve, now };
  const answers = new WeakMap<OwnershipScope, Map<string, OwnerAnswer>>();
  const named = (role: Role, about: OwnershipScope, duty: Duty | undefined): NamedOwners => {
    if (catalogue === undefined) return { owners: [], problems: [] };
    const workloads = matchingWorkloads(estate, catalogue, about);
    const claims = claimsOf(role, about, catalogue, workloads, now, duty);
    return namedOwners(role, claims, resolve);
  };
  const inferred = new WeakMap<OwnershipScope, Map<Role, Inferred>>();
  const likely = (role: Role, about: OwnershipScope, duty: Duty | undefined): Inferred => {
    // The duty says something of those who revoke, and of nobody else.
    const key = columnOf[role] === "revoker" ? undefined : role;
    const known = key === undefined ? undefined : inferred.get(about)?.get(key);
    if (known !== undefined) return known;
    const weighed = inferOwner(inference, role, about, duty);
    const found = { weighed, ...likelyOwners(weighed) };
    if (key !== undefined) {
      const own = inferred.get(about) ?? new Map<Role, Inferred>();
      inferred.set(about, own.set(key, found));
    }
    return found;
  };
  const answerable = (
    role: Role,
    owner: NamedOwner,
    signIns: readonly string[],
    inferred: boolean,
    duty: Duty | undefined,
  ): Answerable => ({
    role,
    ...(owner.person === undefined ? {} : { person: owner.person }),
    ...(owner.team === undefined ? {} : { team: owner.team }),
    via: owner.via,
    confidence: owner.confidence,
    inferred,
    evidence: owner.evidence,
    authority: duty === undefined ? unasked : able(owner.person ?? owner.team ?? role, signIns, duty),
  });
  const able = (who: string, signIns: readonly string[], duty: Duty): Answerable["authority"] => {
    const found = ability(who, signIns, duty);
    if (found.verdict !== "cannot") return found;
    const people = peopleWho(duty);
    return people.length === 0
      ? found
      : { ...found, proof: [...found.proof, `people who can: ${people.join(", ")}`] };
  };
  const whoCan = new Map<string, readonly string[]>();
  let people: readonly { readonly id: string; readonly actors: readonly PrincipalId[] }[] | undefined;
  /** Active people of the catalogue who are able to: whom to name instead. At most three. */
  const peopleWho = (duty: Duty): readonly string[] => {
    const key = `${duty.action} ${duty.resource}`;
    const known = whoCan.get(key);
    if (known !== undefined) return known;
    people ??= (catalogue?.people ?? []).flatMap((person) =>
      isActive(person, now)
        ? [{ id: person.id, actors: [...new Set(person.principals.flatMap(ability.actorsOf))] }]
        : [],
    );
    const can = ability.anyCan(duty);
    const found: string[] = [];
    for (const { id, actors } of people) {
      if (found.length === mostPeople) break;
      if (can(actors)) found.push(id);
    }
    if (whoCan.size < mostDuties) whoCan.set(key, found);
    return found;
  };
  const find = (role: Role, about: OwnershipScope, duty: Duty | undefined): OwnerAnswer => {
    if (role === "VENDOR") return vendors(about);
    const found = named(role, about, duty);
    if (found.owners.length > 0) {
      const answerables = found.owners.map((owner) =>
        answerable(role, owner, signInsOf(owner), owner.drafted === true, duty),
      );
      const answer = withGap(answerables, [...found.problems, ...powerless(role, answerables)]);
      const blocked = answerables.every(({ authority }) => authority.verdict === "cannot");
      return !blocked || duty === undefined
        ? answer
        : { ...answer, stoppedBy: ability.stoppedBy(found.owners.flatMap(signInsOf), duty) };
    }
    const guessed = likely(role, about, duty);
    const problems = [...found.problems, ...(guessed.problem === undefined ? [] : [guessed.problem])];
    if (guessed.owners.length === 0) return unowned(role, about, problems);
    const answer = withGap(
      guessed.owners.map((owner: LikelyOwner) => answerable(role, owner, owner.signIns, true, duty)),
      problems,
    );
    if (guessed.ask === undefined) return answer;
    const until = untilConfirmed(about, catalogue, resolve);
    return { ...answer, ask: { who: guessed.ask, ...(until === undefined ? {} : { until }) } };
  };
  const vendors = (about: OwnershipScope): OwnerAnswer => {
    const workloads = matchingWorkloads(estate, catalogue, about);
    const parties = matchingThirdParties(catalogue?.thirdParties ?? [], about, workloads);
    const answerables = parties.map((party): Answerable => ({
      role: "VENDOR",
      team: party.id,
      via: `third party of the catalogue (${party.kind})`,
      confidence: 1,
      inferred: false,
      evidence: [evidenceAt(party.origin, `third party ${party.id}`)],
      authority: unasked,
    }));
    return answerables.length > 0 ? { answerables, problems: [] } : unowned("VENDOR", about, []);
  };
  const nobody = (role: Role, about: OwnershipScope, problems: readonly OwnerProblem[]): string =>
    `no ${role} owner for ${placeOf(about, estate, catalogue)} (nobody found)${problems.length === 0 ? "" : `: ${wordsOfProblems(problems)}`}`;
  const unowned = (role: Role, about: OwnershipScope, problems: readonly OwnerProblem[]): OwnerAnswer => {
    const gap = nobody(role, about, problems);
    return { answerables: [], gap, problems: problems.length === 0 ? [problem("no-owner", gap)] : problems };
  };
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
      // A file that lists no team says nothing about which teams there are.
      if (catalogue === undefined || catalogue.teams.length === 0) return true;
      const workloads = matchingWorkloads(estate, catalogue, about);
      return (
        claimsOf(role, about, catalogue, workloads, now, undefined).found.length > 0 ||
        likely(role, about, undefined).owners.length > 0
      );
    },
    explainOwner(role, about, duty) {
      const found = named(role, about, duty);
      const guessed = likely(role, about, duty);
      const lines = found.owners.map((owner) => `${owner.person ?? owner.team ?? ""}: ${owner.via}`);
      return explanationOf(role, lines, guessed.weighed, guessed.owners.length);
    },
  };
}

/** People shown as able, and calls that the answer is kept for. */
const mostPeople = 3;
const mostDuties = 10_000;

interface Inferred extends LikelyOwners {
  readonly weighed: Inference;
}

/** No single call was named, so there was nothing to ask. */
const unasked: Answerable["authority"] = { verdict: "unknown", proof: [] };

const signInsOf = (owner: NamedOwner): readonly string[] =>
  owner.people.flatMap((person) => person.principals);

/** R58, verified: who may and cannot is a gap of its own. */
function powerless(role: Role, answerables: readonly Answerable[]): readonly OwnerProblem[] {
  if (authorityKinds[role] === undefined || answerables.length === 0) return [];
  if (!answerables.every(({ authority }) => authority.verdict === "cannot")) return [];
  return answerables.map(({ person, team, authority }) =>
    problem(
      "cannot-act",
      `${person ?? team ?? role} may, and technically cannot: ${authority.proof.join("; ")}`,
    ),
  );
}

const withGap = (answerables: readonly Answerable[], problems: readonly OwnerProblem[]): OwnerAnswer =>
  problems.length === 0
    ? { answerables, problems }
    : { answerables, gap: wordsOfProblems(problems), problems };

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
