import type {
  AccountId,
  Estate,
  Evidence,
  Principal,
  PrincipalId,
  Resource,
  Statement,
} from "../../estate/index.js";
import { accountOfArn, evidenceAt } from "../../estate/index.js";
import type { AccessEngine, TargetWitness } from "../engine.js";
import type { AccessPolicy } from "../sanction.js";
import { allUsesOf } from "./statements.js";
import type { PolicyUse } from "../../estate/index.js";

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

const identityKinds: ReadonlySet<string> = new Set([
  "user",
  "role",
  "root",
  "service-account",
  "managed-identity",
  "application",
  "person",
]);

/** A trust statement that lets a principal in: STS role actions, `sts:*` or `*`. */
export const admitsAssume = (statement: Statement, action: string): boolean =>
  statement.effect === "Allow" &&
  statement.action.patterns.some((pattern) => {
    const text = pattern.toLowerCase();
    return (
      text === "*" ||
      text === "sts:*" ||
      text === action.toLowerCase() ||
      (text.endsWith("*") && action.toLowerCase().startsWith(text.slice(0, -1)))
    );
  }) !== statement.action.negated;

/** `ec2.amazonaws.com.cn` and `EC2.amazonaws.com` are the same service. */
export const serviceName = (text: string): string =>
  text.toLowerCase().replace(/\.amazonaws\.com\.cn$/, ".amazonaws.com");

export function trustEvidence(principal: Principal, statement?: Statement): Evidence | undefined {
  const use = principal.trustPolicy;
  if (use === undefined) return undefined;
  const who = statement?.principal;
  const names = who === undefined ? [] : who.any ? ["*"] : [...who.aws, ...who.service, ...who.federated];
  return evidenceAt(use.origin, `trust of ${principal.name}: ${names.join(", ")}`, statement?.pointer ?? "");
}

export function createModel(engine: AccessEngine, policy: AccessPolicy): BecomeModel {
  const { estate, actors } = engine;
  const principals = actors.map((id) => estate.principal(id));
  const identities: number[] = [];
  const byAccount = new Map<AccountId, number[]>();
  const accounts = actors.map((id, index) => principals[index]?.account ?? accountOfArn(id));
  const real = new Uint8Array(actors.length);
  for (const [index, principal] of principals.entries()) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(actors[index] ?? "");
    const known =
      principal === undefined ? root && owned(estate, accounts[index]) : identityKinds.has(principal.kind);
    if (!known) continue;
    real[index] = 1;
    identities.push(index);
    const account = accounts[index];
    if (account === undefined) continue;
    const list = byAccount.get(account);
    if (list === undefined) byAccount.set(account, [index]);
    else list.push(index);
  }
  const running = new Map<PrincipalId, Resource[]>();
  for (const resource of estate.resources) {
    if (resource.runsAs === undefined) continue;
    const list = running.get(resource.runsAs);
    if (list === undefined) running.set(resource.runsAs, [resource]);
    else list.push(resource);
  }
  const services = new Map<number, readonly string[]>();
  const uses = new Map<number, readonly PolicyUse[]>();
  return {
    engine,
    estate,
    policy,
    identities,
    groups: estate.principals.filter((principal) => principal.kind === "group"),
    id: (index) => actors[index] as PrincipalId,
    index: (id) => engine.indexOf(id),
    principal: (index) => principals[index],
    account: (index) => accounts[index],
    kind: (index) => principals[index]?.kind ?? (real[index] === 1 ? "root" : undefined),
    isIdentity: (index) => real[index] === 1,
    services(index) {
      let list = services.get(index);
      if (list === undefined) {
        list = trustedServices(principals[index]);
        services.set(index, list);
      }
      return list;
    },
    members: (account) => byAccount.get(account) ?? [],
    holders: (action, targets) =>
      targets.length === 0
        ? []
        : engine.holdersOnTargets(action, targets).filter(({ holder }) => real[holder] === 1),
    runningAs: (id) => running.get(id),
    uses(index) {
      let list = uses.get(index);
      if (list === undefined) {
        const principal = principals[index];
        list = principal === undefined ? [] : [...allUsesOf(estate, principal)];
        uses.set(index, list);
      }
      return list;
    },
  };
}

/** An account whose identities were supplied or that a document lists as ours. */
const owned = (estate: Estate, account: AccountId | undefined): boolean =>
  account !== undefined && (estate.account(account) !== undefined || estate.covers("iam", account));

function trustedServices(principal: Principal | undefined): readonly string[] {
  const found = new Set<string>();
  for (const statement of principal?.trustPolicy?.document.statements ?? []) {
    const who = statement.principal;
    if (who === undefined || who.negated || !admitsAssume(statement, "sts:AssumeRole")) continue;
    for (const service of who.service) found.add(serviceName(service));
  }
  return [...found].sort();
}

/** Service-linked roles nobody changes; `AWSReservedSSO_*` only Identity Center does (access.md, recreation.md row 11). */
export const mutableRole = (principal: Principal | undefined): boolean =>
  principal?.kind === "role" && principal.immutable === undefined;
