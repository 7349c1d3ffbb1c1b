import type {
  AccountId,
  Estate,
  MissingFact,
  Organization,
  OrganizationPolicy,
  PolicyUse,
} from "../../estate/index.js";
import { missing } from "./missing.js";

/** A policy of a level: certain, or only perhaps attached there (`unless` names the fact). */
export interface LevelPolicy {
  readonly id: string;
  /** Absent: the content was not supplied. */
  readonly use?: PolicyUse;
  /** `FullAWSAccess`: allows everything, published by AWS, content needs no copy. */
  readonly allowsAll: boolean;
  readonly unless?: MissingFact;
}

export interface Level {
  readonly node: string;
  readonly policies: readonly LevelPolicy[];
}

/** What stands above an account. Every level must allow; within one, any policy may (Organizations user guide, "SCP evaluation"). */
export type Chain =
  | { readonly kind: "none"; readonly text: string }
  | {
      readonly kind: "levels";
      readonly levels: readonly Level[];
      /** Something on the chain was not collected: whatever the known levels allow may still be refused. */
      readonly incomplete?: MissingFact;
      /** Whether the account is the management account, which no policy binds, is not known. */
      readonly exemptUnless?: MissingFact;
    };

export interface Chains {
  of(account: AccountId, type: "scp" | "rcp"): Chain;
  /** A number that accounts share when the same SCPs and RCPs bind them. */
  alike(account: AccountId): number;
  /** Prefixes of the services that RCPs cover. */
  readonly rcpServices: ReadonlySet<string>;
  readonly ours: ReadonlySet<AccountId>;
}

/** The SCPs or RCPs that bind an account. */
export function chainOf(estate: Estate, account: AccountId, type: "scp" | "rcp"): Chain {
  const label = type.toUpperCase();
  const organization = estate.organizationOf(account);
  if (organization === undefined) {
    const said = estate.account(account)?.organization;
    const standsAlone = said === "none" || (said === undefined && estate.covers("organization", account));
    if (standsAlone) return { kind: "none", text: "no organisation" };
    return { kind: "levels", levels: [], incomplete: missing[type](account) };
  }
  if (organization.managementAccount === account) {
    return { kind: "none", text: `management account: no ${label} applies` };
  }
  const enabled = organization.enabledPolicyTypes;
  if (enabled !== undefined && !enabled.includes(type))
    return { kind: "none", text: `${label}s are not enabled` };
  const path = pathOf(organization, account);
  const complete = estate.covers(type, account);
  const levels = path.nodes.map((node) => ({ node, policies: policiesAt(organization, node, type) }));
  return {
    kind: "levels",
    levels,
    ...(complete ? {} : { incomplete: missing[type](account) }),
    ...(organization.managementAccount === undefined ? { exemptUnless: missing.organization(account) } : {}),
  };
}

/** Node ids from the root down to the account, as far as the tree is known. */
export function pathOf(
  organization: Organization,
  account: AccountId,
): { readonly nodes: readonly string[]; readonly complete: boolean } {
  const byId = new Map(organization.nodes.map((node) => [node.id, node]));
  const nodes: string[] = [];
  let at: string | undefined = account.slice("aws:".length);
  while (at !== undefined && !nodes.includes(at)) {
    nodes.push(at);
    at = byId.get(at)?.parent;
  }
  nodes.reverse();
  return { nodes, complete: byId.get(nodes[0] ?? "")?.kind === "root" };
}

function policiesAt(organization: Organization, node: string, type: "scp" | "rcp"): readonly LevelPolicy[] {
  const found: LevelPolicy[] = [];
  for (const policy of organization.policies) {
    if (policy.type !== type) continue;
    if (policy.targets !== undefined && !policy.targets.includes(node)) continue;
    found.push(levelPolicy(policy));
  }
  return found;
}

function levelPolicy(policy: OrganizationPolicy): LevelPolicy {
  const allowsAll = policy.awsManaged && /^(p-)?(RCP)?FullAWSAccess$/.test(policy.id);
  return {
    id: policy.name === "" ? policy.id : policy.name,
    allowsAll,
    ...(policy.use === undefined ? {} : { use: policy.use }),
    // AWS managed FullAWSAccess can do no harm, wherever it hangs.
    ...(policy.targets === undefined || (policy.use === undefined && !allowsAll)
      ? { unless: missing.organizationPolicy(policy.id) }
      : {}),
  };
}

/** `o-…/r-…/ou-…/`, the value of aws:PrincipalOrgPaths; undefined when the tree is incomplete. */
export function organizationPath(organization: Organization, account: AccountId): string | undefined {
  const { nodes, complete } = pathOf(organization, account);
  return complete ? `${organization.id}/${nodes.slice(0, -1).join("/")}/` : undefined;
}

/** What a chain says, as text: equal texts bind alike. `useOf` numbers policies by identity, as ids may repeat. */
export function chainText(chain: Chain, useOf: (use: PolicyUse) => number): string {
  if (chain.kind === "none") return `none ${chain.text}`;
  const levels = chain.levels.map(({ policies }) =>
    policies
      .map(
        ({ id, use, allowsAll, unless }) =>
          `${id} ${use === undefined ? "" : useOf(use)} ${allowsAll} ${unless?.key ?? ""}`,
      )
      .join(),
  );
  return JSON.stringify([levels, chain.incomplete?.key, chain.exemptUnless?.key]);
}
