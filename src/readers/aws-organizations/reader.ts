import { awsAccount } from "../../core/estate/index.js";
import type {
  Account,
  MissingFact,
  Organization,
  OrganizationNode,
  OrganizationPolicy,
  OrganizationPolicyType,
  Rejection,
  Resource,
} from "../../core/estate/index.js";
import { below, originOf, refuse, type Site } from "../aws-iam/identity.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading, Listing } from "../estate-reader.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";
import { unknownOrganization } from "../merge/organizations.js";
import {
  callsOf,
  hasNoDelegation,
  nodeForm,
  parentForm,
  policyForm,
  subjectOfPath,
  type Call,
} from "./calls.js";
import { readDelegation } from "./delegation.js";
import { policyTypeOf, readOrganizationPolicy, targetsOf } from "./policies.js";

/**
 * Answers of `aws organizations`, one to a file or several in one under the names of their commands. Several
 * answers do not say what they were asked about (`list-targets-for-policy` names no policy): that comes from the
 * key or the file name, and else stays unknown.
 */
export const organizationsReader: EstateReader = {
  kind: "aws-organizations",
  title: "organization",
  recognises: (document) => callsOf(document.value).length > 0,
  read: readOrganizations,
};

/** Everything that the answers of one document add up to. */
interface Draft {
  readonly path: string;
  organization: string | undefined;
  management: string | undefined;
  enabled: Set<OrganizationPolicyType> | undefined;
  readonly nodes: Map<string, OrganizationNode>;
  readonly policies: OrganizationPolicy[];
  readonly delegated: { account: string; service: string }[];
  readonly accounts: Map<string, Account>;
  readonly listings: Listing[];
  readonly missing: MissingFact[];
  /** The policy that hands the management of policies to member accounts. */
  delegation: Resource | undefined;
  /** Where the answer says that there is none. */
  undelegated: Site | undefined;
  readonly entities: Record<string, number>;
}

function readOrganizations(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const draft: Draft = {
    path: context.source.path,
    organization: undefined,
    management: undefined,
    enabled: undefined,
    nodes: new Map(),
    policies: [],
    delegated: [],
    accounts: new Map(),
    listings: [],
    missing: [],
    delegation: undefined,
    undelegated: undefined,
    entities: {},
  };
  for (const call of callsOf(document.value))
    readCall(call, { source: context.source, pointer: call.pointer, rejected }, draft);
  const id = draft.organization ?? unknownOrganization;
  const origin = { source: context.source, pointer: "" };
  const organization: Organization = {
    id,
    ...(draft.management === undefined ? {} : { managementAccount: awsAccount(draft.management) }),
    ...(draft.enabled === undefined ? {} : { enabledPolicyTypes: [...draft.enabled].sort() }),
    nodes: [...draft.nodes.values()],
    policies: draft.policies,
    delegatedAdministrators: draft.delegated.map(({ account, service }) => ({
      account: awsAccount(account),
      service,
    })),
    origin,
  };
  const accounts = [...draft.accounts.values()].map((item) =>
    id === unknownOrganization ? item : { ...item, organization: id },
  );
  return {
    facts: {
      organizations: [organization],
      accounts,
      conflicts: draft.missing,
      ...(draft.delegation === undefined ? {} : { resources: [draft.delegation] }),
      ...(draft.undelegated === undefined || id === unknownOrganization
        ? {}
        : { coverage: [{ topic: "resource-policy", scope: id, origin: originOf(draft.undelegated) }] }),
    },
    rejected,
    entities: draft.entities,
    listings: draft.listings.map((item) => (item.scope === "" ? { ...item, scope: id } : item)),
  };
}

function readCall(call: Call, site: Site, draft: Draft): void {
  const { answer } = call;
  const more = member(answer, "IsTruncated") === true || text(answer, "NextToken") !== undefined;
  const each = (key: string, entity: string, read: (item: JsonObject, at: Site) => void): void => {
    const list = member(answer, key);
    if (list === undefined) return;
    draft.entities[entity] = (draft.entities[entity] ?? 0) + (Array.isArray(list) ? list.length : 0);
    if (!Array.isArray(list)) refuse(below(site, key), `\`${key}\` must be a list`);
    for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
      const at = below(site, key, index);
      if (!isObject(item)) {
        refuse(at, `an entry of \`${key}\` is not an object`);
        continue;
      }
      noteOrganization(text(item, "Arn"), draft);
      read(item, at);
    }
  };
  readDescription(member(answer, "Organization"), site, draft);
  each("Roots", "roots", (item, at) => readRoot(item, at, draft));
  const parent = idOf(call, site, parentForm);
  each("OrganizationalUnits", "organizationalUnits", (item, at) =>
    addNode(item, "ou", parentOfPath(text(item, "Path")) ?? parent, at, draft),
  );
  each("Accounts", "accounts", (item, at) => {
    addNode(item, "account", parentOfPath(firstText(member(item, "Paths"))) ?? parent, at, draft);
    addAccount(item, at, draft);
  });
  each("Children", "children", (item, at) => {
    if (parent === undefined) unnamed(draft, "children", "the id of the parent (`r-…` or `ou-…`)");
    addNode(item, text(item, "Type") === "ACCOUNT" ? "account" : "ou", parent, at, draft);
  });
  const child = idOf(call, site, nodeForm);
  each("Parents", "parents", (item, at) => {
    const above = text(item, "Id");
    if (child === undefined) unnamed(draft, "the parent", "the id of the account or unit");
    else addNode({ Id: child }, child.startsWith("ou-") ? "ou" : "account", above, at, draft);
    if (above !== undefined)
      addNode({ Id: above }, text(item, "Type") === "ROOT" ? "root" : "ou", undefined, at, draft);
  });
  readPolicies(call, site, draft, more, each);
  if (hasNoDelegation(answer)) draft.undelegated = site;
  const delegation = member(answer, "ResourcePolicy");
  if (isObject(delegation)) {
    draft.entities["delegationPolicies"] = (draft.entities["delegationPolicies"] ?? 0) + 1;
    draft.delegation = readDelegation(delegation, below(site, "ResourcePolicy"));
    noteOrganization(draft.delegation?.id, draft);
  }
  each("DelegatedAdministrators", "delegatedAdministrators", (item) => {
    const account = text(item, "Id");
    if (account !== undefined)
      draft.delegated.push({ account, service: text(item, "ServicePrincipal") ?? "unknown" });
  });
  each("DelegatedServices", "delegatedServices", (item, at) => {
    const service = text(item, "ServicePrincipal");
    if (service === undefined) refuse(at, "a delegated service without `ServicePrincipal`");
    else if (child === undefined || !/^\d{12}$/.test(child))
      unnamed(draft, "delegated services", "the twelve digits of the delegated administrator");
    else draft.delegated.push({ account: child, service });
  });
}

type Each = (key: string, entity: string, read: (item: JsonObject, at: Site) => void) => void;

function readPolicies(call: Call, site: Site, draft: Draft, more: boolean, each: Each): void {
  const { answer } = call;
  const target = idOf(call, site, nodeForm);
  const stated = policyTypeOf(call.subject);
  const seen = new Set<OrganizationPolicyType>(stated === undefined ? [] : [stated]);
  each("Policies", "policies", (item, at) => {
    const policy = readOrganizationPolicy(item, member(item, "Content"), at, below(at, "Content"));
    if (policy === undefined) return;
    seen.add(policy.type);
    // `list-policies-for-target` answers in the form of `list-policies`: the target is in the key or the file name.
    draft.policies.push(
      target === undefined
        ? policy
        : { ...policy, targets: [...new Set([...(policy.targets ?? []), target])].sort() },
    );
  });
  for (const type of seen)
    draft.listings.push({ topic: topicOf[type], scope: target ?? "", extent: more ? "page" : "whole" });
  const described = member(answer, "Policy");
  if (isObject(described)) {
    draft.entities["policies"] = (draft.entities["policies"] ?? 0) + 1;
    const summary = member(described, "PolicySummary");
    const at = below(site, "Policy", "PolicySummary");
    if (!isObject(summary)) refuse(at, "a policy without `PolicySummary`");
    else {
      noteOrganization(text(summary, "Arn"), draft);
      const content = member(described, "Content");
      if (content === undefined) refuse(below(site, "Policy"), "a described policy without `Content`");
      const policy = readOrganizationPolicy(summary, content, at, below(site, "Policy", "Content"));
      if (policy !== undefined) draft.policies.push(policy);
    }
  }
  const list = member(answer, "Targets");
  each("Targets", "targets", () => undefined);
  const targets = targetsOf(list);
  if (targets === undefined) return;
  const id = idOf(call, site, policyForm);
  if (id === undefined) unnamed(draft, "targets", "the id of the policy (`p-…`)");
  else draft.policies.push({ ...stub(id), targets, origin: originOf(below(site, "Targets")) });
  if (more && id !== undefined) draft.listings.push({ topic: "scp", scope: id, extent: "page" });
}

/** A policy of which only the targets are known; its other members come from `describe-policy` or `list-policies`. */
const stub = (id: string): Omit<OrganizationPolicy, "origin"> => ({
  id,
  type: "scp",
  name: id,
  awsManaged: false,
});

export const topicOf = {
  scp: "scp",
  rcp: "rcp",
  s3: "org-s3-policy",
  "declarative-ec2": "declarative-policies",
} as const;

function readDescription(value: unknown, site: Site, draft: Draft): void {
  if (!isObject(value)) return;
  draft.entities["organizations"] = (draft.entities["organizations"] ?? 0) + 1;
  draft.organization = text(value, "Id") ?? draft.organization;
  const management = text(value, "MasterAccountId") ?? text(value, "ManagementAccountId");
  if (management === undefined || !/^\d{12}$/.test(management)) {
    refuse(below(site, "Organization"), "the organisation names no management account");
    return;
  }
  draft.management = management;
  if (!draft.accounts.has(management)) addAccount({ Id: management }, below(site, "Organization"), draft);
  // `AvailablePolicyTypes` is not read: AWS marks it as incomplete; `list-roots` has the truth.
}

function readRoot(value: JsonObject, site: Site, draft: Draft): void {
  addNode(value, "root", undefined, site, draft);
  const types = member(value, "PolicyTypes");
  if (!Array.isArray(types)) return;
  draft.enabled ??= new Set();
  for (const item of objects(types)) {
    const type = policyTypeOf(text(item, "Type"));
    if (type !== undefined && text(item, "Status") === "ENABLED") draft.enabled.add(type);
  }
}

function addNode(
  value: JsonObject,
  kind: OrganizationNode["kind"],
  parent: string | undefined,
  site: Site,
  draft: Draft,
): void {
  const id = text(value, "Id");
  if (id === undefined) {
    refuse(site, `an entry of kind \`${kind}\` without \`Id\``);
    return;
  }
  const known = draft.nodes.get(id);
  const name = text(value, "Name") ?? known?.name;
  const above = parent === id ? known?.parent : (parent ?? known?.parent);
  draft.nodes.set(id, {
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(above === undefined ? {} : { parent: above }),
  });
}

function addAccount(value: JsonObject, site: Site, draft: Draft): void {
  const id = text(value, "Id");
  if (id === undefined || !/^\d{12}$/.test(id)) return;
  const name = text(value, "Name");
  draft.accounts.set(id, {
    id: awsAccount(id),
    provider: "aws",
    ...(name === undefined ? {} : { name }),
    origin: originOf(site),
  });
}

/** `o-…/r-…/ou-…/ID/`: the element before the last is the parent. */
function parentOfPath(path: string | undefined): string | undefined {
  const parts = (path ?? "").split("/").filter((part) => part !== "");
  return parts.length >= 3 ? parts.at(-2) : undefined;
}

const firstText = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === "string" ? first : undefined;
};

/** What the answer was asked about: the key of an assembled document, else the file name. */
function idOf(call: Call, site: Site, form: RegExp): string | undefined {
  if (call.subject !== undefined) return form.test(call.subject) ? call.subject : undefined;
  return call.pointer === "" || /^\/\d+$/.test(call.pointer)
    ? subjectOfPath(site.source.path, form)
    : undefined;
}

function noteOrganization(arn: string | undefined, draft: Draft): void {
  draft.organization ??= /[:/](o-[a-z0-9]{10,32})[:/]/.exec(arn ?? "")?.[1];
}

function unnamed(draft: Draft, what: string, id: string): void {
  draft.missing.push({
    key: `organization|${draft.path}|${what}`,
    fact: `${what} in \`${draft.path}\` belong to something that the document does not name`,
    collect: `put ${id} into the file name, or keep the answer under that id`,
  });
}
