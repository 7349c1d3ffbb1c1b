import { globMatches } from "../../core/access/index.js";
import { matchingWorkloads, rankOf, type Catalogue } from "../../core/accountability/index.js";
import { accountOfArn, principalId, type Estate } from "../../core/estate/index.js";
import { keyOf } from "../access/principal.js";

/** Whose questions are about what their teams answer for, and nothing else. */
export interface OwnQuestion {
  /** Keys of theirs (`principalOf`). */
  readonly keys: readonly string[];
  /** Their teams, and themselves as the catalogue calls them. */
  readonly holders: readonly string[];
}

export interface Thing {
  readonly id: string;
  /** Absent: what its id says. */
  readonly account?: string | undefined;
}

/** Which things of an estate are theirs. */
export interface OwnThings {
  readonly account: (id: string | undefined) => boolean;
  readonly workload: (workload: Thing) => boolean;
  /** An identity, a credential's holder or a resource. */
  readonly thing: (thing: Thing) => boolean;
}

/**
 * What somebody answers for: accounts that are theirs or in which a team of theirs has its roles, workloads, scopes with
 * a pattern, and identities that the catalogue gives them. Whoever holds an authority everywhere asks about everything.
 */
export function ownThings(
  estate: Pick<Estate, "workloads">,
  catalogue: Catalogue | undefined,
  { keys, holders }: OwnQuestion,
): OwnThings {
  const held = new Set(keys);
  const everything = held.has(keyOf.everything);
  const inRole = new Set(
    keys.flatMap((key) =>
      key.startsWith("role/") && key.includes("@") ? [key.slice(key.indexOf("@") + 1)] : [],
    ),
  );
  const scopes = keys.flatMap((key) => (key.startsWith("scope/") ? [key.slice("scope/".length)] : []));
  const identities = (catalogue?.workloadIdentities ?? []).filter(
    ({ owner, deputy }) => holders.includes(owner) || (deputy !== undefined && holders.includes(deputy)),
  );
  const account = (id: string | undefined): boolean =>
    everything || (id !== undefined && (held.has(keyOf.account(id)) || inRole.has(id)));
  return {
    account,
    workload: ({ id, account: of }) => account(of) || held.has(keyOf.workload(id)),
    thing({ id, account: of }) {
      if (account(of ?? accountOfArn(id))) return true;
      const about = { resources: [id], principals: [id] };
      const { catalogued } = matchingWorkloads(estate, catalogue, about);
      if (catalogued.some((workload) => held.has(keyOf.workload(workload.id)))) return true;
      const scope = { accounts: [], workloads: [], files: [], credentials: [], ...about };
      if (scopes.some((text) => rankOf(text, scope) !== undefined)) return true;
      return identities.some(({ principal }) => globMatches(principalId(principal), id));
    },
  };
}
