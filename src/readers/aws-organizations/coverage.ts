import type {
  CoverageFact,
  CoverageTopic,
  Organization,
  OrganizationNode,
  OrganizationPolicy,
  OrganizationPolicyType,
} from "../../core/estate/index.js";
import { awsAccount } from "../../core/estate/index.js";
import type { Listing } from "../estate-reader.js";
import { unknownOrganization } from "../merge/organizations.js";
import { topicOf } from "./reader.js";

const types: readonly OrganizationPolicyType[] = ["scp", "rcp", "s3", "declarative-ec2"];

/**
 * For which accounts the place in the organisation, and every policy on the way from the root, are known. A type
 * that `list-roots` does not show as enabled is known to be absent. For SCPs and RCPs every level must show at
 * least one policy: AWS does not let the last one be detached, so a level without any proves missing data.
 */
export function organizationCoverage(
  organizations: readonly Organization[],
  listings: readonly Listing[],
): readonly CoverageFact[] {
  return organizations
    .filter((organization) => organization.id !== unknownOrganization)
    .flatMap((organization) => coverageOf(organization, listings, organizations.length === 1));
}

function coverageOf(
  organization: Organization,
  listings: readonly Listing[],
  only: boolean,
): readonly CoverageFact[] {
  const nodes = new Map(organization.nodes.map((node) => [node.id, node]));
  const scopes = new Set([organization.id, ...(only ? [unknownOrganization] : [])]);
  const whole = new Set(
    listings
      .filter((item) => item.extent === "whole")
      .map((item) => `${item.topic}|${scopes.has(item.scope) ? "" : item.scope}`),
  );
  const open = new Set(listings.filter((item) => item.extent === "page").map((item) => item.scope));
  const byType = new Map(
    types.map((type) => [type, policyIndex(organization.policies.filter((policy) => policy.type === type))]),
  );
  const facts: CoverageFact[] = [];
  for (const node of organization.nodes) {
    if (node.kind !== "account") continue;
    const chain = chainOf(node, nodes);
    if (chain === undefined) continue;
    const scope = awsAccount(node.id);
    facts.push({ topic: "organization", scope, origin: organization.origin });
    for (const type of types) {
      const index = byType.get(type);
      if (index !== undefined && isKnown(type, chain, index, organization, whole, open)) {
        facts.push({ topic: topicOf[type], scope, origin: organization.origin });
      }
    }
  }
  return facts;
}

interface PolicyIndex {
  readonly byNode: ReadonlyMap<string, readonly OrganizationPolicy[]>;
  /** Of every policy of the type it is known where it is attached; its content matters only there. */
  readonly placed: boolean;
}

function policyIndex(policies: readonly OrganizationPolicy[]): PolicyIndex {
  const byNode = new Map<string, OrganizationPolicy[]>();
  for (const policy of policies) {
    for (const target of policy.targets ?? []) byNode.set(target, [...(byNode.get(target) ?? []), policy]);
  }
  return { byNode, placed: policies.every((policy) => policy.targets !== undefined) };
}

const hasContent = (policy: OrganizationPolicy): boolean =>
  policy.use !== undefined || policy.content !== undefined;

function isKnown(
  type: OrganizationPolicyType,
  chain: readonly OrganizationNode[],
  index: PolicyIndex,
  organization: Organization,
  whole: ReadonlySet<string>,
  open: ReadonlySet<string>,
): boolean {
  if (organization.enabledPolicyTypes !== undefined && !organization.enabledPolicyTypes.includes(type))
    return true;
  const topic: CoverageTopic = topicOf[type];
  const attached = chain.map((node) => index.byNode.get(node.id) ?? []);
  if ((type === "scp" || type === "rcp") && attached.some((policies) => policies.length === 0)) return false;
  if (attached.flat().some((policy) => !hasContent(policy) || open.has(policy.id))) return false;
  const listedInWhole = whole.has(`${topic}|`) && index.placed && !open.has(organization.id);
  return listedInWhole || chain.every((node) => whole.has(`${topic}|${node.id}`));
}

/** From the account to the root; undefined where a parent is missing or the tree runs in a circle. */
function chainOf(
  account: OrganizationNode,
  nodes: ReadonlyMap<string, OrganizationNode>,
): readonly OrganizationNode[] | undefined {
  const chain: OrganizationNode[] = [];
  for (
    let node: OrganizationNode | undefined = account;
    node !== undefined;
    node = nodes.get(node.parent ?? "")
  ) {
    if (chain.includes(node)) return undefined;
    chain.push(node);
    if (node.kind === "root") return chain;
  }
  return undefined;
}
