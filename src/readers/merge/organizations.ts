import type { Organization, OrganizationNode, OrganizationPolicy } from "../../core/estate/index.js";
import { compare, laterOf } from "./newer.js";
import { pick, type Conflicts } from "./pick.js";

/** The id of parts whose organisation no document names; they join the only organisation there is. */
export const unknownOrganization = "o-unknown";

/** One document may say several things about one policy or account: each ends up once, in order. */
export function normaliseOrganization(organization: Organization, conflicts: Conflicts): Organization {
  return mergeOrganizations(
    organization,
    { ...organization, nodes: [], policies: [], delegatedAdministrators: [] },
    conflicts,
  );
}

/** Unites the answers of the many calls that describe one organisation. */
export function mergeOrganizations(
  first: Organization,
  second: Organization,
  conflicts: Conflicts,
): Organization {
  const later = laterOf(first.origin, second.origin) === "second" ? second : first;
  const earlier = later === first ? second : first;
  const types = [...(first.enabledPolicyTypes ?? []), ...(second.enabledPolicyTypes ?? [])];
  const stated = first.enabledPolicyTypes !== undefined || second.enabledPolicyTypes !== undefined;
  const delegated = [...first.delegatedAdministrators, ...second.delegatedAdministrators];
  return {
    ...earlier,
    ...later,
    ...(stated ? { enabledPolicyTypes: [...new Set(types)].sort() } : {}),
    nodes: unite(
      first.nodes,
      second.nodes,
      (item) => item.id,
      (a, b) => mergeNodes(a, b, first, second, conflicts),
    ),
    policies: unite(
      first.policies,
      second.policies,
      (item) => item.id,
      (a, b) => mergePolicies(a, b, conflicts),
    ),
    delegatedAdministrators: unite(
      delegated,
      [],
      (item) => `${item.account}|${item.service}`,
      (a) => a,
    ),
  };
}

function mergeNodes(
  a: OrganizationNode,
  b: OrganizationNode,
  first: Organization,
  second: Organization,
  conflicts: Conflicts,
): OrganizationNode {
  const parent = pick(
    a.parent === undefined ? undefined : { value: a.parent, origin: first.origin },
    b.parent === undefined ? undefined : { value: b.parent, origin: second.origin },
    a.id,
    "place in the organisation",
    conflicts,
  );
  const name = a.name ?? b.name;
  return {
    id: a.id,
    kind: a.kind,
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { parent: parent.value }),
  };
}

function mergePolicies(
  a: OrganizationPolicy,
  b: OrganizationPolicy,
  conflicts: Conflicts,
): OrganizationPolicy {
  const use = pick(
    a.use && { value: a.use.document, origin: a.use.origin },
    b.use && { value: b.use.document, origin: b.use.origin },
    a.id,
    "policy content",
    conflicts,
  );
  const content = a.content ?? b.content;
  const targets =
    a.targets === undefined && b.targets === undefined
      ? undefined
      : [...new Set([...(a.targets ?? []), ...(b.targets ?? [])])].sort();
  const named = a.name === a.id ? b : a;
  return {
    id: a.id,
    type: named.type,
    name: named.name,
    awsManaged: a.awsManaged || b.awsManaged,
    ...(use === undefined ? {} : { use: { name: named.name, document: use.value, origin: use.origin } }),
    ...(content === undefined ? {} : { content }),
    ...(targets === undefined ? {} : { targets }),
    origin: named.origin,
  };
}

function unite<Item>(
  first: readonly Item[],
  second: readonly Item[],
  key: (item: Item) => string,
  merge: (a: Item, b: Item) => Item,
): readonly Item[] {
  const byKey = new Map<string, Item>();
  for (const item of [...first, ...second]) {
    const other = byKey.get(key(item));
    byKey.set(key(item), other === undefined ? item : merge(other, item));
  }
  return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, item]) => item);
}

/** Parts without an organisation join the only one known; with several, or none, they stay apart. */
export function adoptParts(
  organizations: readonly Organization[],
  conflicts: Conflicts,
): readonly Organization[] {
  const known = organizations.filter((item) => item.id !== unknownOrganization);
  const parts = organizations.find((item) => item.id === unknownOrganization);
  const [only] = known;
  if (parts === undefined || only === undefined || known.length > 1) return organizations;
  return [mergeOrganizations(only, { ...parts, id: only.id }, conflicts)];
}
