import type { AccountId, Estate, PolicyUse, PrincipalId } from "../../estate/index.js";
import type { ActionDictionary } from "./action-dictionary.js";
import { listActors } from "./actors.js";
import { classesOf } from "./bulk.js";
import type { Lens } from "./collector.js";
import type { Compiled } from "./compiled.js";
import { limitDocuments } from "./concern.js";
import { holdingsOf } from "./held.js";
import type { ManagedPolicyReference } from "./managed-policies.js";
import type { Actor } from "./model.js";
import { chainOf, chainText, type Chain, type Chains } from "./organization.js";
import { createTouch } from "./overlay.js";
import { wellKnownRcpServices } from "./services.js";
import { indexStatements } from "./statement-index.js";
import { createWitnesses } from "./witnesses.js";

export interface AwsEngineOptions {
  readonly actions?: ActionDictionary;
  readonly managedPolicies?: ManagedPolicyReference;
  /** ISO instant: the earliest time at which a request could still be made. */
  readonly now?: string;
}

/** What does not change under an overlay. */
export interface Base {
  readonly estate: Estate;
  readonly compiled: Compiled;
  readonly lens: Lens;
  readonly touch: ReturnType<typeof createTouch>;
  readonly ids: readonly PrincipalId[];
  /** Documents whose statements limit others than who holds them. */
  readonly limits: () => ReadonlySet<string>;
  readonly native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>;
  readonly options: AwsEngineOptions;
  /** Actors that hold other documents than those that were indexed. */
  readonly rewritten: ReadonlySet<number>;
}

/** Compiles an estate: everything that questions share. */
export function compile(
  estate: Estate,
  native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>,
  options: AwsEngineOptions,
): Base {
  const { list, index: actorIndex, ours } = listActors(estate);
  const holdings = holdingsOf(estate, options.managedPolicies, native);
  const chains = chainsOf(estate, ours, options.actions?.rcpServices ?? wellKnownRcpServices);
  const index = indexStatements(list, holdings);
  const roots = indicesOf(list, ({ kind }) => kind === "root");
  const compiled: Compiled = {
    actors: list,
    actorIndex,
    index,
    witnesses: createWitnesses(index),
    classOf: classesOf(list),
    byAccount: byAccount(list),
    roots,
    rootsOf: groupRoots(list, roots),
    outside: indicesOf(
      list,
      ({ kind }) => kind !== "root" && kind !== "user" && kind !== "role" && kind !== "native",
    ),
  };
  let limits: ReadonlySet<string> | undefined;
  return {
    estate,
    compiled,
    lens: { estate, holdings, chains, ...(options.now === undefined ? {} : { now: options.now }) },
    touch: createTouch(list, holdings),
    ids: list.map(({ id }) => id),
    limits: () => (limits ??= limitDocuments(estate)),
    native,
    options,
    rewritten: new Set(),
  };
}

export function chainsOf(
  estate: Estate,
  ours: ReadonlySet<AccountId>,
  rcpServices: readonly string[],
): Chains {
  const known = { scp: new Map<string, Chain>(), rcp: new Map<string, Chain>() };
  const alike = new Map<AccountId, number>();
  const uses = new Map<PolicyUse, number>();
  const texts = new Map<string, number>();
  const textOf = (chain: Chain): string => chainText(chain, (use) => numberOf(uses, use));
  return {
    of(account, type) {
      let chain = known[type].get(account);
      if (chain === undefined) known[type].set(account, (chain = chainOf(estate, account, type)));
      return chain;
    },
    alike(account) {
      let number = alike.get(account);
      if (number === undefined) {
        const text = ours.has(account)
          ? `${textOf(this.of(account, "scp"))} ${textOf(this.of(account, "rcp"))}`
          : "not ours";
        alike.set(account, (number = numberOf(texts, text)));
      }
      return number;
    },
    rcpServices: new Set(rcpServices),
    ours,
  };
}

function numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = numbers.size));
  return number;
}

function byAccount(actors: readonly Actor[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  actors.forEach(({ account, kind }, i) => {
    if (account === undefined || (kind !== "user" && kind !== "role" && kind !== "root")) return;
    const group = groups.get(account);
    if (group === undefined) groups.set(account, [i]);
    else group.push(i);
  });
  return groups;
}

const indicesOf = (actors: readonly Actor[], wanted: (actor: Actor) => boolean): readonly number[] =>
  actors.flatMap((actor, i) => (wanted(actor) ? [i] : []));

function groupRoots(
  actors: readonly Actor[],
  roots: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const index of roots) {
    const account = actors[index]?.account ?? "";
    groups.set(account, [...(groups.get(account) ?? []), index]);
  }
  return groups;
}
