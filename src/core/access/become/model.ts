import type {
  AccountId,
  Estate,
  Evidence,
  PolicyUse,
  Principal,
  PrincipalId,
  Resource,
  Statement,
} from "../../estate/index.js";
import { evidenceAt } from "../../estate/index.js";
import type { AccessEngine, TargetWitness } from "../engine.js";
import type { AccessPolicy } from "../sanction.js";
import { identityFacts } from "./identity-facts.js";

/** The parts of the estate that every question about becoming needs, by actor index. */
export interface BecomeModel {
  readonly engine: AccessEngine;
  readonly estate: Estate;
  readonly policy: AccessPolicy;
  /** Actors that are identities of the estate, ascending. Symbolic actors (everyone, services, strangers) are entries. */
  readonly identities: readonly number[];
  readonly groups: readonly Principal[];
  readonly id: (index: number) => PrincipalId;
  readonly index: (id: PrincipalId) => number | undefined;
  readonly principal: (index: number) => Principal | undefined;
  readonly account: (index: number) => AccountId | undefined;
  /** `root` also for a root that only its account names. */
  readonly kind: (index: number) => Principal["kind"] | undefined;
  readonly isIdentity: (index: number) => boolean;
  /** AWS service principals that the role's trust admits, lower case, without the China suffix. */
  readonly services: (index: number) => readonly string[];
  /** Identities, by account. */
  readonly members: (account: AccountId) => readonly number[];
  /** `holdersOnTargets` for identities only. */
  readonly holders: (action: string, targets: readonly string[]) => readonly TargetWitness[];
  /** Resources that run with the rights of an identity. */
  readonly runningAs: (id: PrincipalId) => readonly Resource[] | undefined;
  /** Its policies and those of its groups. */
  readonly uses: (index: number) => readonly PolicyUse[];
}

export function trustEvidence(principal: Principal, statement?: Statement): Evidence | undefined {
  const use = principal.trustPolicy;
  if (use === undefined) return undefined;
  const who = statement?.principal;
  const names = who === undefined ? [] : who.any ? ["*"] : [...who.aws, ...who.service, ...who.federated];
  return evidenceAt(use.origin, `trust of ${principal.name}: ${names.join(", ")}`, statement?.pointer ?? "");
}

export function createModel(engine: AccessEngine, policy: AccessPolicy): BecomeModel {
  const { estate } = engine;
  const { principals, accounts, byAccount, real, ...facts } = identityFacts(estate, engine.actors);
  return {
    engine,
    estate,
    policy,
    identities: facts.identities,
    groups: facts.groups,
    id: (index) => engine.actors[index] as PrincipalId,
    index: (id) => engine.indexOf(id),
    principal: (index) => principals[index],
    account: (index) => accounts[index],
    kind: (index) => principals[index]?.kind ?? (real[index] === 1 ? "root" : undefined),
    isIdentity: (index) => real[index] === 1,
    services: facts.services,
    members: (account) => byAccount.get(account) ?? [],
    holders: (action, targets) =>
      targets.length === 0
        ? []
        : engine.holdersOnTargets(action, targets).filter(({ holder }) => real[holder] === 1),
    runningAs: (id) => facts.running.get(id),
    uses: facts.uses,
  };
}

/** Service-linked roles nobody changes; `AWSReservedSSO_*` only Identity Center does (access.md, recreation.md row 11). */
export const mutableRole = (principal: Principal | undefined): boolean =>
  principal?.kind === "role" && principal.immutable === undefined;
