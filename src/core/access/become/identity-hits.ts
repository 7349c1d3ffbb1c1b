import { accountOfArn, type AccountId, type PrincipalId } from "../../estate/index.js";
import { nearTargets } from "./near-targets.js";
import { handlesOf } from "./shared-steps.js";
import type { Parts } from "./step-types.js";

/** What identities may do to others of their account: worked out once for each identity and action that is asked about. */
export interface IdentityHits {
  /** Whether `of` answers for the pair completely: IAM's own actions on something of an account that is listed. */
  readonly covers: (action: string, resource: string) => boolean;
  /** The listed things of its own account that the identity may do it on, or might. */
  readonly of: (identity: number, action: string) => readonly string[];
}

type Kind = "user" | "role" | "group" | "policy";

/** Hits kept together over all identities and actions; beyond, they are asked again. */
const mostHits = 1_000_000;

const none: readonly string[] = [];
const known = new WeakMap<Parts, IdentityHits>();

export function identityHits(parts: Parts): IdentityHits {
  let found = known.get(parts);
  if (found === undefined) known.set(parts, (found = createIdentityHits(parts)));
  return found;
}

/** What the action is asked on (service authorization reference, IAM): users join and leave groups as a group's matter. */
function kindOf(action: string): Kind | undefined {
  if (!action.startsWith("iam:")) return undefined;
  if (/Group/.test(action)) return "group";
  if (/^iam:(CreatePolicyVersion|SetDefaultPolicyVersion)$/.test(action)) return "policy";
  if (/User|LoginProfile|AccessKey/.test(action)) return "user";
  return /Role/.test(action) ? "role" : undefined;
}

function createIdentityHits(parts: Parts): IdentityHits {
  const { model } = parts;
  const handles = handlesOf(model);
  const near = nearTargets(model);
  const lists = new Map<string, readonly PrincipalId[]>();
  const sets = new Map<string, ReadonlySet<string>>();
  const kinds = new Map<string, Kind | undefined>();
  const hits = new Map<string, Map<number, readonly string[]>>();
  let weight = 0;
  const kindFor = (action: string): Kind | undefined => {
    if (!kinds.has(action)) kinds.set(action, kindOf(action));
    return kinds.get(action);
  };
  const listOf = (account: AccountId, kind: Kind): readonly PrincipalId[] => {
    const key = `${kind} ${account}`;
    let list = lists.get(key);
    if (list === undefined) {
      list =
        kind === "group"
          ? handles.groups(account).map(({ id }) => id)
          : kind === "policy"
            ? handles.policies(account).map(({ arn }) => arn as PrincipalId)
            : model
                .members(account)
                .filter((index) => model.kind(index) === kind)
                .map(model.id);
      list = [...list].sort();
      lists.set(key, list);
      sets.set(key, new Set(list));
    }
    return list;
  };
  return {
    covers(action, resource) {
      const kind = kindFor(action);
      const account = kind === undefined ? undefined : accountOfArn(resource);
      if (kind === undefined || account === undefined) return false;
      listOf(account, kind);
      return sets.get(`${kind} ${account}`)?.has(resource) === true;
    },
    of(identity, action) {
      let byIdentity = hits.get(action);
      if (byIdentity === undefined) hits.set(action, (byIdentity = new Map<number, readonly string[]>()));
      let found = byIdentity.get(identity);
      if (found === undefined) {
        const kind = kindFor(action);
        const account = model.account(identity);
        const asked =
          kind === undefined || account === undefined
            ? none
            : near.spoken(identity, action, listOf(account, kind));
        found =
          asked.length === 0
            ? none
            : model.engine.targetsOf(model.id(identity), action, asked).map(({ target }) => target);
        weight += found.length + 1;
        if (weight > mostHits) {
          for (const list of hits.values()) list.clear();
          weight = found.length + 1;
        }
        byIdentity.set(identity, found.length === 0 ? none : found);
      }
      return found;
    },
  };
}
