import type { BecomeQuestions } from "../core/access/index.js";
import {
  reachWithout,
  summedReach,
  unionOfReach,
  type Reached,
  type ReachedResource,
  type SummedReach,
} from "../core/decision/index.js";
import type { Estate, PrincipalId } from "../core/estate/index.js";
import { reachOf } from "./reach.js";

/** Reach of each identity, asked once; several workloads may share one. */
export function reachFinder(
  estate: Estate,
  become: BecomeQuestions,
): (principals: readonly PrincipalId[], own?: readonly string[]) => SummedReach {
  const known = new Map<string, SummedReach>();
  const one = (id: PrincipalId): SummedReach => {
    const found = known.get(id) ?? reachOfOne(estate, become, id);
    known.set(id, found);
    return found;
  };
  return (principals, own = []) => {
    const sum = unionOfReach(principals.filter((id) => estate.principal(id) !== undefined).map(one));
    return own.length === 0 ? sum : reachWithout(sum, new Set(own));
  };
}

function reachOfOne(estate: Estate, become: BecomeQuestions, id: PrincipalId): SummedReach {
  const reach = reachOf(estate, become, id, Infinity);
  const identities: readonly Reached[] = [
    { id, name: reach.name, verdict: true },
    ...reach.becomes.map(({ principal, name, verdict }) => ({ id: principal, name, verdict })),
  ];
  const accountOf = (of: Reached): readonly Reached[] => {
    const account = estate.principal(of.id as PrincipalId)?.account;
    if (account === undefined) return [];
    return [{ id: account, name: estate.account(account)?.name ?? account, verdict: of.verdict }];
  };
  const resources = reach.resources.map((item): ReachedResource => {
    const account = estate.resource(item.resource as Parameters<Estate["resource"]>[0])?.account;
    return {
      id: item.resource,
      name: item.name,
      kind: item.kind,
      ...(account === undefined ? {} : { account }),
      access: [item.access],
      through: [item.through],
      verdict: item.verdict,
    };
  });
  return summedReach({
    identities,
    accounts: [
      ...identities.flatMap(accountOf),
      ...resources.flatMap(({ account, verdict }) =>
        account === undefined
          ? []
          : [
              {
                id: account,
                name: estate.accounts.find((one) => one.id === account)?.name ?? account,
                verdict,
              },
            ],
      ),
    ],
    administers: reach.administers.map(({ account, name, verdict }) => ({ id: account, name, verdict })),
    resources,
    unlisted: namedServices(
      estate,
      identities.filter(({ verdict }) => verdict === true),
    ),
    privileges: reach.privileges.map(({ action }) => action),
  });
}

/** Services of the Allow statements of identities, as they are written; `*` stands for every service. */
function namedServices(estate: Estate, identities: readonly Reached[]): readonly string[] {
  const found = new Set<string>();
  for (const { id } of identities) {
    const principal = estate.principal(id as PrincipalId);
    const attached = (principal?.attached ?? []).flatMap(
      ({ arn }) => estate.managedPolicy(arn)?.versions.find((version) => version.isDefault)?.use ?? [],
    );
    for (const use of [...(principal?.inline ?? []), ...attached])
      for (const statement of use.document.statements)
        if (statement.effect === "Allow" && !statement.action.negated)
          for (const pattern of statement.action.patterns)
            if (/^[a-z0-9-]+:/i.test(pattern)) found.add((pattern.split(":")[0] ?? "").toLowerCase());
    for (const grant of estate.grants)
      if (grant.holder === id && grant.effect === "Allow")
        for (const action of grant.actions) {
          const service = /^([A-Za-z][\w.-]*)[:/]/.exec(action)?.[1];
          if (service !== undefined) found.add(service.toLowerCase());
        }
  }
  return [...found];
}

export type ReachOf = ReturnType<typeof reachFinder>;
