import type { AccountId, Estate, ManagedPolicy, Principal } from "../../estate/index.js";
import { accountOfArn } from "../../estate/index.js";
import type { RewriteRule } from "./escalations/rule.js";
import { groupGains, type Gains } from "./gains.js";
import { mutableRole, type BecomeModel } from "./model.js";

/** A resource that a rule is asked on to rewrite an identity, and what that gives. */
export interface Handle {
  readonly resource: string;
  readonly gains: Gains;
}

export interface Handles {
  of(rule: RewriteRule, identity: Principal): readonly Handle[];
  readonly groups: (account: AccountId) => readonly Principal[];
  readonly policies: (account: AccountId) => readonly ManagedPolicy[];
}

export function createHandles({ estate, groups: allGroups }: BecomeModel): Handles {
  const customerPolicies = estate.managedPolicies.filter((policy) => !policy.awsManaged);
  const policiesByAccount = groupBy(customerPolicies, (policy) => accountOfArn(policy.arn));
  const groupsByAccount = groupBy(allGroups, (group) => group.account);
  const groups = (account: AccountId): readonly Principal[] => groupsByAccount.get(account) ?? [];
  const policies = (account: AccountId): readonly ManagedPolicy[] => policiesByAccount.get(account) ?? [];
  return {
    groups,
    policies,
    of(rule, identity) {
      const { account } = identity;
      if (account === undefined) return [];
      switch (rule.on) {
        case "user":
        case "role":
          return identity.kind === rule.on && (rule.on === "user" || mutableRole(identity))
            ? [{ resource: identity.id, gains: "full" }]
            : [];
        case "group-of-user":
          return identity.groups.map((resource) => ({ resource, gains: "full" }));
        case "any-group":
          if (identity.kind !== "user") return [];
          return groups(account)
            .filter((group) => !identity.groups.includes(group.id))
            .map((group) => ({ resource: group.id, gains: groupGains(estate, group) }));
        case "attached-policy":
          return attachedTo(estate, policies(account), identity).map((policy) => ({
            resource: policy.arn,
            gains:
              rule.gains === "full"
                ? "full"
                : {
                    uses: policy.versions
                      .filter((version) => !version.isDefault)
                      .map((version) => version.use),
                    open: false,
                  },
          }));
      }
    },
  };
}

/** Its own policies and those of its groups. */
function attachedTo(
  estate: Estate,
  policies: readonly ManagedPolicy[],
  identity: Principal,
): readonly ManagedPolicy[] {
  const carriers = [identity, ...identity.groups.flatMap((id) => estate.principal(id) ?? [])];
  const arns = new Set(carriers.flatMap((carrier) => carrier.attached.map(({ arn }) => arn)));
  return policies.filter((policy) => arns.has(policy.arn));
}

function groupBy<Key, Item>(
  items: readonly Item[],
  key: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const at = key(item);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [item]);
    else group.push(item);
  }
  return groups;
}
