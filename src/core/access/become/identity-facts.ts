import type {
  AccountId,
  Estate,
  PolicyUse,
  Principal,
  PrincipalId,
  Resource,
  Statement,
} from "../../estate/index.js";
import { accountOfArn } from "../../estate/index.js";
import { isOurAccount } from "../own-account.js";
import { allUsesOf } from "./statements.js";

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

/** What follows from the documents alone, whatever an overlay asks: by actor index. */
export interface IdentityFacts {
  readonly actors: readonly PrincipalId[];
  readonly principals: readonly (Principal | undefined)[];
  readonly accounts: readonly (AccountId | undefined)[];
  readonly byAccount: ReadonlyMap<AccountId, readonly number[]>;
  readonly real: Uint8Array;
  readonly identities: readonly number[];
  readonly groups: readonly Principal[];
  readonly running: ReadonlyMap<PrincipalId, readonly Resource[]>;
  readonly services: (index: number) => readonly string[];
  readonly uses: (index: number) => readonly PolicyUse[];
}

/** Lists that an overlay shares with the estate that it is laid over; any other estate has at least one of its own. */
const basisOf = (estate: Estate): readonly unknown[] => [
  estate.managedPolicies,
  estate.resources,
  estate.accounts,
  estate.coverage,
];

/**
 * Remembers what follows from the documents alone, so that the many overlays of one analysis do not pay for it again.
 * The answer depends on the arguments only.
 */
export function rememberByEstate<Value>(): (estate: Estate, compute: () => Value) => Value {
  const kept = new WeakMap<readonly Principal[], { basis: readonly unknown[]; value: Value }>();
  return (estate, compute) => {
    const basis = basisOf(estate);
    const before = kept.get(estate.principals);
    if (before?.basis.every((part, at) => part === basis[at]) === true) return before.value;
    const value = compute();
    kept.set(estate.principals, { basis, value });
    return value;
  };
}

const remembered = rememberByEstate<IdentityFacts>();

export function identityFacts(estate: Estate, actors: readonly PrincipalId[]): IdentityFacts {
  const facts = remembered(estate, () => collect(estate, actors));
  return facts.actors === actors ? facts : collect(estate, actors);
}

function collect(estate: Estate, actors: readonly PrincipalId[]): IdentityFacts {
  const principals = actors.map((id) => estate.principal(id));
  const accounts = actors.map((id, index) => principals[index]?.account ?? accountOfArn(id));
  const identities: number[] = [];
  const byAccount = new Map<AccountId, number[]>();
  const real = new Uint8Array(actors.length);
  for (const [index, principal] of principals.entries()) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(actors[index] ?? "");
    const known =
      principal === undefined
        ? root && accounts[index] !== undefined && isOurAccount(estate, accounts[index])
        : identityKinds.has(principal.kind);
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
  return {
    actors,
    principals,
    accounts,
    byAccount,
    real,
    identities,
    groups: estate.principals.filter((principal) => principal.kind === "group"),
    running,
    services: remember((index) => trustedServices(principals[index])),
    uses: remember((index) => {
      const principal = principals[index];
      return principal === undefined ? [] : [...allUsesOf(estate, principal)];
    }),
  };
}

function remember<Value>(compute: (index: number) => Value): (index: number) => Value {
  const known = new Map<number, Value>();
  return (index) => {
    let value = known.get(index);
    if (value === undefined) known.set(index, (value = compute(index)));
    return value;
  };
}

function trustedServices(principal: Principal | undefined): readonly string[] {
  const found = new Set<string>();
  for (const statement of principal?.trustPolicy?.document.statements ?? []) {
    const who = statement.principal;
    if (who === undefined || who.negated || !admitsAssume(statement, "sts:AssumeRole")) continue;
    for (const service of who.service) found.add(serviceName(service));
  }
  return [...found].sort();
}
