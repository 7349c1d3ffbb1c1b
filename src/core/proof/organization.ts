import { accountIn, type Directory, type Organization, type OrganizationPolicy } from "./directory.js";

export const organizationOf = (directory: Directory, account: string): Organization | undefined =>
  directory.organizations.find(
    (item) => item.management === account || item.parents.has(account) || item.roots.has(account),
  );

/** From the root down to the account; undefined where a level is not known. */
export function pathOf(organization: Organization, account: string): readonly string[] | undefined {
  const nodes: string[] = [];
  for (
    let at: string | undefined = account;
    at !== undefined && !nodes.includes(at);
    at = organization.parents.get(at)
  )
    nodes.push(at);
  nodes.reverse();
  return organization.roots.has(nodes[0] ?? "") ? nodes : undefined;
}

/**
 * The policies of one type that bind an account, level by level. `free`: none does, and why; undefined: a level or a
 * policy on it is not known.
 */
export type Levels =
  | { readonly kind: "free"; readonly why: string }
  | {
      readonly kind: "levels";
      readonly levels: readonly (readonly OrganizationPolicy[])[];
      readonly whole: boolean;
    };

const topics: Readonly<Record<OrganizationPolicy["type"], string>> = {
  scp: "scp",
  rcp: "rcp",
  s3: "org-s3-policy",
  "declarative-ec2": "declarative-policies",
};

export function levelsOf(directory: Directory, account: string, type: OrganizationPolicy["type"]): Levels {
  const organization = organizationOf(directory, account);
  const stated = directory.covered.has(`${topics[type]}|aws:${account}`);
  if (organization === undefined)
    return directory.alone.has(account)
      ? { kind: "free", why: "no organisation" }
      : { kind: "levels", levels: [], whole: false };
  const bindsManagement = type === "declarative-ec2" || type === "s3";
  if (organization.management === account && !bindsManagement)
    return { kind: "free", why: "management account" };
  if (organization.enabled?.has(type) === false)
    return { kind: "free", why: `${type} policies are not enabled` };
  const own = organization.policies.filter((policy) => policy.type === type);
  const path = pathOf(organization, account);
  const levels = (path ?? [account]).map((node) =>
    own.filter((policy) => policy.targets?.includes(node) === true),
  );
  const read = levels.flat().every((policy) => policy.content !== undefined || policy.everything);
  // SCPs and RCPs: the last one of a level cannot be detached, so that a level without any proves missing data.
  const placed = own.every((policy) => policy.targets !== undefined);
  const filled = type === "scp" || type === "rcp" ? levels.every((level) => level.length > 0) : true;
  return {
    kind: "levels",
    levels,
    whole:
      path !== undefined && organization.management !== undefined && read && (stated || (placed && filled)),
  };
}

/** Types of policy that a formula can ask to be lifted. */
const liftable = /SERVICE_CONTROL|RESOURCE_CONTROL|S3_POLICY|DECLARATIVE|[*?]/;

/**
 * Accounts whose identities may take policies of the organisation off: the management account and those that its
 * delegation policy names (AWS Organizations user guide, "Delegated administrator for AWS Organizations").
 */
export function managersOf(organization: Organization): readonly string[] {
  const named = (organization.delegation?.statements ?? [])
    .filter(({ deny, actions }) => !deny && actions.some((action) => /^(\*|organizations:)/.test(action)))
    .filter(({ conditions }) =>
      conditions.every(
        ({ key, values }) =>
          key.toLowerCase() !== "organizations:policytype" || values.some((value) => liftable.test(value)),
      ),
    )
    .flatMap(({ named: who }) => who?.aws ?? [])
    .flatMap((name) => accountIn(name) ?? (/^\d{12}$/.test(name) ? name : []));
  const administrators = organization.delegated
    .filter(({ service }) => service.startsWith("organizations"))
    .map(({ account }) => account);
  const all = [
    ...(organization.management === undefined ? [] : [organization.management]),
    ...administrators,
    ...named,
  ];
  return [...new Set(all)].sort();
}
