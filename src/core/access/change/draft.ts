import type {
  Credential,
  CredentialId,
  Estate,
  EstateFacts,
  ManagedPolicy,
  Organization,
  OrganizationPolicy,
  Principal,
  PrincipalId,
  Resource,
  ResourceId,
} from "../../estate/index.js";
import type { Sanction } from "../sanction.js";

/** A snapshot after changes, and which facts are others than before: what an overlay has to ask anew. */
export interface ChangedEstate {
  readonly estate: Estate;
  readonly touched: {
    readonly principals: ReadonlySet<PrincipalId>;
    /** ARNs of managed policies. */
    readonly managedPolicies: ReadonlySet<string>;
    readonly resources: ReadonlySet<ResourceId>;
    readonly organizations: boolean;
    /** Native rights or trusts. */
    readonly rights: boolean;
  };
  /** Entries that the changes put under an approved, ending elevation: policies of an analysis take them in. */
  readonly sanctions: readonly Sanction[];
}

type Lists = Pick<
  EstateFacts,
  | "trusts"
  | "grants"
  | "workloads"
  | "consents"
  | "pipelines"
  | "definitions"
  | "organizations"
  | "assignments"
  | "links"
>;

/** An estate being changed. What is not written stays the very same object. */
export interface Draft {
  readonly base: Estate;
  principal(id: PrincipalId): Principal | undefined;
  putPrincipal(principal: Principal): void;
  managedPolicy(arn: string): ManagedPolicy | undefined;
  putManagedPolicy(policy: ManagedPolicy): void;
  resource(id: ResourceId): Resource | undefined;
  putResource(resource: Resource): void;
  credential(id: CredentialId): Credential | undefined;
  putCredential(credential: Credential): void;
  list<Name extends keyof Lists>(name: Name): Lists[Name];
  putList<Name extends keyof Lists>(name: Name, list: Lists[Name]): void;
  addOrganizationPolicy(organization: Organization, policy: OrganizationPolicy): void;
  addSanction(sanction: Sanction): void;
  done(): ChangedEstate;
}

export function draftOf(base: Estate): Draft {
  const principals = new Map<PrincipalId, Principal>();
  const policies = new Map<string, ManagedPolicy>();
  const resources = new Map<ResourceId, Resource>();
  const credentials = new Map<CredentialId, Credential>();
  const lists: Partial<Lists> = {};
  const sanctions: Sanction[] = [];
  const list = <Name extends keyof Lists>(name: Name): Lists[Name] => lists[name] ?? base[name];
  const putList = <Name extends keyof Lists>(name: Name, value: Lists[Name]): void => {
    lists[name] = value as never;
  };
  return {
    base,
    principal: (id) => principals.get(id) ?? base.principal(id),
    putPrincipal: (principal) => void principals.set(principal.id, principal),
    managedPolicy: (arn) => policies.get(arn) ?? base.managedPolicy(arn),
    putManagedPolicy: (policy) => void policies.set(policy.arn, policy),
    resource: (id) => resources.get(id) ?? base.resource(id),
    putResource: (resource) => void resources.set(resource.id, resource),
    credential: (id) => credentials.get(id) ?? base.credentials.find((item) => item.id === id),
    putCredential: (credential) => void credentials.set(credential.id, credential),
    list,
    putList,
    addOrganizationPolicy(organization, policy) {
      putList(
        "organizations",
        list("organizations").map((item) =>
          item.id === organization.id ? { ...item, policies: [...item.policies, policy] } : item,
        ),
      );
    },
    addSanction: (sanction) => void sanctions.push(sanction),
    done: () => ({
      estate: patched(base, { principals, policies, resources, credentials, lists }),
      touched: {
        principals: new Set(principals.keys()),
        managedPolicies: new Set(policies.keys()),
        resources: new Set(resources.keys()),
        organizations: lists.organizations !== undefined,
        rights: lists.grants !== undefined || lists.trusts !== undefined,
      },
      sanctions,
    }),
  };
}

interface Written {
  readonly principals: ReadonlyMap<PrincipalId, Principal>;
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
  readonly resources: ReadonlyMap<ResourceId, Resource>;
  readonly credentials: ReadonlyMap<CredentialId, Credential>;
  readonly lists: Partial<Lists>;
}

function patched(base: Estate, { principals, policies, resources, credentials, lists }: Written): Estate {
  const { organizations } = lists;
  return {
    ...base,
    ...lists,
    ...(principals.size === 0
      ? {}
      : {
          principals: base.principals.map((item) => principals.get(item.id) ?? item),
          principal: (id) => principals.get(id) ?? base.principal(id),
          membersOf: (group) => membersOf(base, principals, group),
        }),
    ...(policies.size === 0
      ? {}
      : {
          managedPolicies: base.managedPolicies.map((item) => policies.get(item.arn) ?? item),
          managedPolicy: (arn) => policies.get(arn) ?? base.managedPolicy(arn),
        }),
    ...(resources.size === 0
      ? {}
      : {
          resources: withThings(base.resources, resources),
          resource: (id) => resources.get(id) ?? base.resource(id),
        }),
    ...(credentials.size === 0
      ? {}
      : {
          credentials: base.credentials.map((item) => credentials.get(item.id) ?? item),
          credentialsOf: (holder) =>
            base.credentialsOf(holder).map((item) => credentials.get(item.id) ?? item),
        }),
    ...(organizations === undefined
      ? {}
      : {
          organizationOf: (account) => {
            const before = base.organizationOf(account);
            return before === undefined ? undefined : organizations.find(({ id }) => id === before.id);
          },
        }),
  };
}

function membersOf(
  base: Estate,
  principals: ReadonlyMap<PrincipalId, Principal>,
  group: PrincipalId,
): readonly Principal[] {
  return base.membersOf(group).flatMap((member) => {
    const now = principals.get(member.id) ?? member;
    return now.groups.includes(group) ? [now] : [];
  });
}

/** Replaced in place; new ones (an account that was no resource yet) in order. */
function withThings(
  before: readonly Resource[],
  written: ReadonlyMap<ResourceId, Resource>,
): readonly Resource[] {
  const known = new Set(before.map(({ id }) => id));
  const added = [...written.values()].filter(({ id }) => !known.has(id));
  const replaced = before.map((item) => written.get(item.id) ?? item);
  return added.length === 0
    ? replaced
    : [...replaced, ...added].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
