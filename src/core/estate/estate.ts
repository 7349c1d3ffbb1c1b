import type { Account, Organization } from "./account.js";
import { coverageKey, type CoverageFact, type CoverageTopic } from "./coverage.js";
import type { Credential } from "./credential.js";
import type {
  DirectoryPerson,
  DirectoryTeam,
  OnCallService,
  OnCallShift,
  OwnershipStatement,
} from "./directory.js";
import type {
  AuditEvent,
  Closure,
  CodeOwnersFile,
  Guardrail,
  IdentityProvider,
  Incident,
  PermissionSet,
  PermissionSetAssignment,
  StatedExposure,
} from "./event.js";
import type { AccountId, PrincipalId, ResourceId } from "./ids.js";
import type { ManagedPolicy } from "./policy-document.js";
import type { Principal } from "./principal.js";
import type { MissingFact, SourceDocument } from "./provenance.js";
import type { Resource } from "./resource.js";
import type { Consent, Definition, Grant, Link, Pipeline, Trust, Workload } from "./workload.js";

/** The facts of a snapshot, each list sorted by id and without duplicates. */
export interface EstateFacts {
  readonly documents: readonly SourceDocument[];
  readonly accounts: readonly Account[];
  readonly organizations: readonly Organization[];
  readonly principals: readonly Principal[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly credentials: readonly Credential[];
  readonly providers: readonly IdentityProvider[];
  readonly permissionSets: readonly PermissionSet[];
  readonly assignments: readonly PermissionSetAssignment[];
  readonly trusts: readonly Trust[];
  readonly grants: readonly Grant[];
  readonly resources: readonly Resource[];
  readonly workloads: readonly Workload[];
  readonly consents: readonly Consent[];
  readonly links: readonly Link[];
  readonly pipelines: readonly Pipeline[];
  readonly definitions: readonly Definition[];
  readonly events: readonly AuditEvent[];
  readonly incidents: readonly Incident[];
  readonly closures: readonly Closure[];
  readonly guardrails: readonly Guardrail[];
  readonly exposures: readonly StatedExposure[];
  readonly codeOwners: readonly CodeOwnersFile[];
  readonly people: readonly DirectoryPerson[];
  readonly teams: readonly DirectoryTeam[];
  readonly ownerships: readonly OwnershipStatement[];
  readonly shifts: readonly OnCallShift[];
  readonly onCallServices: readonly OnCallService[];
  readonly coverage: readonly CoverageFact[];
  /** Facts that could not be reconciled (two documents disagree) or not interpreted: shown as unknowns. */
  readonly conflicts: readonly MissingFact[];
}

export const emptyFacts: EstateFacts = {
  documents: [],
  accounts: [],
  organizations: [],
  principals: [],
  managedPolicies: [],
  credentials: [],
  providers: [],
  permissionSets: [],
  assignments: [],
  trusts: [],
  grants: [],
  resources: [],
  workloads: [],
  consents: [],
  links: [],
  pipelines: [],
  definitions: [],
  events: [],
  incidents: [],
  closures: [],
  guardrails: [],
  exposures: [],
  codeOwners: [],
  people: [],
  teams: [],
  ownerships: [],
  shifts: [],
  onCallServices: [],
  coverage: [],
  conflicts: [],
};

/** An immutable snapshot with look-ups. */
export interface Estate extends EstateFacts {
  principal(id: PrincipalId): Principal | undefined;
  resource(id: ResourceId): Resource | undefined;
  account(id: AccountId): Account | undefined;
  managedPolicy(arn: string): ManagedPolicy | undefined;
  credentialsOf(holder: PrincipalId): readonly Credential[];
  organizationOf(account: AccountId): Organization | undefined;
  membersOf(group: PrincipalId): readonly Principal[];
  covers(topic: CoverageTopic, scope: string): boolean;
}

/** Builds the look-ups once; the facts themselves are taken as they are. */
export function createEstate(facts: EstateFacts): Estate {
  const principals = new Map(facts.principals.map((item) => [item.id, item]));
  const resources = new Map(facts.resources.map((item) => [item.id, item]));
  const accounts = new Map(facts.accounts.map((item) => [item.id, item]));
  const policies = new Map(facts.managedPolicies.map((item) => [item.arn, item]));
  const credentials = groupBy(facts.credentials, (item) => item.holder);
  const members = new Map<PrincipalId, Principal[]>();
  for (const principal of facts.principals) {
    for (const group of principal.groups) push(members, group, principal);
  }
  const organizationByAccount = new Map<string, Organization>();
  for (const organization of facts.organizations) {
    for (const node of organization.nodes) {
      if (node.kind === "account") organizationByAccount.set(`aws:${node.id}`, organization);
    }
    if (organization.managementAccount !== undefined) {
      organizationByAccount.set(organization.managementAccount, organization);
    }
  }
  const covered = new Set(facts.coverage.map((fact) => coverageKey(fact.topic, fact.scope)));
  return {
    ...facts,
    principal: (id) => principals.get(id),
    resource: (id) => resources.get(id),
    account: (id) => accounts.get(id),
    managedPolicy: (arn) => policies.get(arn),
    credentialsOf: (holder) => credentials.get(holder) ?? [],
    organizationOf: (account) => organizationByAccount.get(account),
    membersOf: (group) => members.get(group) ?? [],
    covers: (topic, scope) => covered.has(coverageKey(topic, scope)),
  };
}

function groupBy<Key, Item>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) push(groups, key(item), item);
  return groups;
}

function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
