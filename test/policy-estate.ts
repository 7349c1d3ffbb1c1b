import {
  accountId,
  awsAccount,
  createEstate,
  emptyFacts,
  principalId,
  resourceId,
} from "../src/core/estate/index.js";
import type {
  ConditionClause,
  CoverageFact,
  Estate,
  EstateFacts,
  Grant,
  ManagedPolicy,
  Organization,
  OrganizationPolicy,
  Origin,
  PolicyDocument,
  PolicyUse,
  Principal,
  PrincipalElement,
  PropertyFact,
  Resource,
  Statement,
} from "../src/core/estate/index.js";

/** A policy document as AWS writes it, for tests: scalars or lists, `Principal` as `*` or by kind. */
export interface PolicyText {
  readonly Version?: string;
  readonly Statement: readonly StatementText[];
}

export interface StatementText {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface EstateText {
  /** Account -> organisation id or `none`; default: `none`. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** ARN -> identity. */
  readonly principals?: Readonly<Record<string, PrincipalText>>;
  readonly managed?: Readonly<Record<string, PolicyText>>;
  readonly resources?: Readonly<Record<string, ResourceText>>;
  readonly organization?: OrganizationText;
  readonly grants?: readonly Omit<Grant, "origin">[];
  /** Extra coverage keys `topic|scope`; `iam` of every account is covered unless `uncovered` names it. */
  readonly covered?: readonly string[];
  readonly uncovered?: readonly string[];
}

export interface PrincipalText {
  readonly policies?: readonly PolicyText[];
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly groups?: readonly string[];
  readonly trust?: PolicyText;
  readonly tags?: Readonly<Record<string, string>>;
  readonly uniqueId?: string;
  readonly immutable?: "service-linked" | "aws-reserved";
  /** Native identities: provider and kind are taken from here. */
  readonly provider?: string;
}

export interface ResourceText {
  readonly kind?: string;
  readonly account?: string;
  /** Absent: not collected; null: there is none. */
  readonly policy?: PolicyText | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, PropertyFact["value"]>>;
}

export interface OrganizationText {
  readonly management?: string;
  /** node -> parent; the root has none. */
  readonly parents: Readonly<Record<string, string | null>>;
  readonly policies: readonly {
    readonly id: string;
    readonly type: "scp" | "rcp";
    readonly targets?: readonly string[];
    /** Absent: content not supplied. `full`: FullAWSAccess. */
    readonly document?: PolicyText | "full";
  }[];
  readonly enabled?: readonly ("scp" | "rcp")[];
}

export const testOrigin = (pointer: string): Origin => ({
  source: { path: "test.json", digest: "0".repeat(64), kind: "test" },
  pointer,
});

export function policyUse(name: string, text: PolicyText, pointer: string): PolicyUse {
  return { name, document: policyDocument(text), origin: testOrigin(pointer) };
}

export const policyDocument = ({
  Version = "2012-10-17",
  Statement: statements,
}: PolicyText): PolicyDocument => ({
  version: Version,
  statements: statements.map(statement),
});

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

function statement(text: StatementText, i: number): Statement {
  const named = text.NotPrincipal ?? text.Principal;
  return {
    pointer: `/Statement/${i}`,
    effect: text.Effect,
    action: { negated: text.NotAction !== undefined, patterns: list(text.NotAction ?? text.Action) },
    ...(text.Resource === undefined && text.NotResource === undefined
      ? {}
      : {
          resource: {
            negated: text.NotResource !== undefined,
            patterns: list(text.NotResource ?? text.Resource),
          },
        }),
    ...(named === undefined ? {} : { principal: principalElement(named, text.NotPrincipal !== undefined) }),
    ...(text.Sid === undefined ? {} : { sid: text.Sid }),
    conditions: clauses(text.Condition ?? {}),
  };
}

function principalElement(
  named: NonNullable<StatementText["Principal"]>,
  negated: boolean,
): PrincipalElement {
  const kinds = named === "*" ? {} : named;
  const aws = list(kinds["AWS"]);
  return {
    negated,
    any: named === "*" || aws.includes("*"),
    aws: aws.filter((name) => name !== "*"),
    service: list(kinds["Service"]),
    federated: list(kinds["Federated"]),
    canonicalUser: list(kinds["CanonicalUser"]),
  };
}

function clauses(condition: NonNullable<StatementText["Condition"]>): readonly ConditionClause[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values) })),
  );
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Builds an estate from short text. */
export function policyEstate(text: EstateText): Estate {
  const numbers = Object.keys(text.accounts ?? {});
  const facts: EstateFacts = {
    ...emptyFacts,
    accounts: numbers
      .map((number) => {
        const organization = text.accounts?.[number];
        return {
          id: awsAccount(number),
          provider: "aws",
          ...(organization === undefined || organization === "" ? {} : { organization }),
          origin: testOrigin("/accounts"),
        };
      })
      .sort(byId),
    principals: Object.entries(text.principals ?? {})
      .map(principal)
      .sort(byId),
    managedPolicies: Object.entries(text.managed ?? {}).map(managed),
    resources: Object.entries(text.resources ?? {})
      .map(resource)
      .sort(byId),
    organizations: text.organization === undefined ? [] : [organization(text.organization)],
    grants: (text.grants ?? []).map((grant) => ({ ...grant, origin: testOrigin(`/grants/${grant.id}`) })),
    coverage: [
      ...numbers
        .filter((number) => text.uncovered?.includes(number) !== true)
        .map((number) => `iam|aws:${number}`),
      ...(text.covered ?? []),
    ].map(coverage),
  };
  return createEstate(facts);
}

function coverage(key: string): CoverageFact {
  const [topic = "", scope = ""] = key.split("|");
  return { topic: topic as CoverageFact["topic"], scope, origin: testOrigin("/coverage") };
}

function principal([id, text]: [string, PrincipalText]): Principal {
  const [, , , , number = "", path = ""] = id.split(":");
  const aws = id.startsWith("arn:");
  const kind = !aws ? "person" : path === "root" ? "root" : (path.split("/")[0] as Principal["kind"]);
  return {
    id: principalId(id),
    kind,
    provider: text.provider ?? (aws ? "aws" : "other"),
    ...(aws ? { account: awsAccount(number) } : {}),
    name: id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1),
    tags: text.tags ?? {},
    inline: (text.policies ?? []).map((policy, i) =>
      policyUse(`inline-${i}`, policy, `/principals/${id}/inline/${i}`),
    ),
    attached: (text.attached ?? []).map((arn) => ({ arn, origin: testOrigin("/attached") })),
    ...(text.boundary === undefined
      ? {}
      : { boundary: { arn: text.boundary, origin: testOrigin("/boundary") } }),
    groups: (text.groups ?? []).map(principalId),
    ...(text.trust === undefined
      ? {}
      : { trustPolicy: policyUse("trust", text.trust, `/principals/${id}/trust`) }),
    ...(text.uniqueId === undefined ? {} : { uniqueId: text.uniqueId }),
    ...(text.immutable === undefined ? {} : { immutable: text.immutable }),
    instanceProfiles: [],
    origin: testOrigin(`/principals/${id}`),
  };
}

function managed([arn, text]: [string, PolicyText]): ManagedPolicy {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const use = policyUse(name, text, `/managed/${arn}`);
  return {
    arn,
    name,
    awsManaged: arn.includes(":iam::aws:"),
    versions: [{ id: "v1", isDefault: true, use }],
  };
}

function resource([id, text]: [string, ResourceText]): Resource {
  const policies =
    text.policy === undefined
      ? {}
      : {
          policies: new Map(
            text.policy === null ? [] : [["", policyUse("resource policy", text.policy, `/resources/${id}`)]],
          ),
        };
  const number = text.account ?? id.split(":")[4] ?? "";
  return {
    id: resourceId(id),
    kind: text.kind ?? "s3:bucket",
    ...(/^\d{12}$/.test(number)
      ? { account: awsAccount(number) }
      : number.includes(":")
        ? { account: accountId(number) }
        : {}),
    name: id,
    properties: new Map(
      Object.entries(text.properties ?? {}).map(([name, value]) => [
        name,
        { value, origin: testOrigin(`/properties/${name}`) },
      ]),
    ),
    ...policies,
    tags: text.tags ?? {},
    origin: testOrigin(`/resources/${id}`),
  };
}

function organization(text: OrganizationText): Organization {
  return {
    id: "o-test",
    ...(text.management === undefined ? {} : { managementAccount: awsAccount(text.management) }),
    ...(text.enabled === undefined ? {} : { enabledPolicyTypes: text.enabled }),
    nodes: Object.entries(text.parents).map(([id, parent]) => ({
      id,
      kind: parent === null ? "root" : id.startsWith("ou-") ? "ou" : "account",
      ...(parent === null ? {} : { parent }),
    })),
    policies: text.policies.map(({ id, type, targets, document }): OrganizationPolicy => ({
      id: document === "full" ? "p-FullAWSAccess" : id,
      type,
      name: id,
      awsManaged: document === "full",
      ...(document === undefined || document === "full"
        ? {}
        : { use: policyUse(id, document, `/policies/${id}`) }),
      ...(targets === undefined ? {} : { targets }),
      origin: testOrigin(`/policies/${id}`),
    })),
    delegatedAdministrators: [],
    origin: testOrigin("/organization"),
  };
}
