import { accountOfArn, parseArn, principalId, resourceId } from "../../estate/index.js";
import type {
  AccountId,
  Estate,
  JsonValue,
  PolicyUse,
  PropertyFact,
  Resource,
  Statement,
} from "../../estate/index.js";
import { missing } from "./missing.js";
import type { Question, Target } from "./model.js";
import { creations, globalRegion, policyMode } from "./services.js";

/** Takes the resource of a question apart and finds its policies. `removed`: resources whose policy is taken away. */
export function targetOf(
  estate: Estate,
  action: string,
  text: string,
  removed: ReadonlySet<string> | undefined,
): Target {
  const service = serviceOf(action);
  const region = globalRegion[service];
  if (text.startsWith("aws:") && !text.startsWith("aws:arn:")) {
    // An account: what the action does there has the resource `*`.
    return {
      text: "*",
      account: text as AccountId,
      mode: "none",
      policies: [],
      ...(region === undefined ? {} : { region }),
    };
  }
  const arn = parseArn(text);
  if (arn === undefined) {
    const resource = estate.resource(resourceId(text));
    // An identity of the native document is in its account like any other thing.
    const account = resource?.account ?? estate.principal(principalId(text))?.account;
    return {
      text,
      mode: "none",
      policies: [],
      ...(account === undefined ? {} : { account }),
      ...(resource === undefined ? {} : { resource }),
      ...(region === undefined ? {} : { region }),
    };
  }
  const mode = creations.has(action.toLowerCase()) ? "none" : policyMode(service, arn.service, arn.resource);
  const holder = holderOfPolicy(text, arn.service, arn.resource);
  const resource = estate.resource(resourceId(text)) ?? estate.resource(resourceId(holder));
  const principal = arn.service === "iam" ? estate.principal(principalId(text)) : undefined;
  const account = accountOfArn(text) ?? resource?.account;
  const place = arn.region !== "" ? arn.region : (resource?.region ?? region);
  const base = {
    text,
    mode,
    ...(account !== undefined
      ? { account }
      : arn.account === "aws"
        ? {}
        : { accountMissing: missing.owner(holder) }),
    ...(place === undefined || place === "*" ? {} : { region: place }),
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
  };
  if (mode === "none") return { ...base, policies: [] };
  if (arn.service === "iam" && arn.resource === "root")
    return { ...base, ...rootSessionPolicies(estate, account, text) };
  if (arn.service === "iam") {
    const trust = principal?.trustPolicy;
    return trust === undefined
      ? { ...base, policies: [], policiesMissing: missing.trust(text) }
      : { ...base, policies: [trust] };
  }
  if (removed?.has(holder) === true || removed?.has(text) === true) return { ...base, policies: [] };
  if (resource === undefined && isNewPoint(estate, account, arn)) return { ...base, policies: [] };
  if (resource?.policies === undefined)
    return { ...base, policies: [], policiesMissing: missing.resourcePolicy(holder) };
  return { ...base, policies: [...policiesFor(resource, text, holder), ...kmsGrants(resource)] };
}

/**
 * Who may open a privileged session as the root user of a member account: identities of the management account or of
 * a delegated administrator for IAM, by their own policies; never on the management account. Source: STS API
 * reference, AssumeRoot; IAM user guide, "Centralize root access for member accounts". Whether the feature is switched
 * on is in no document that is read here: it is taken to be.
 */
function rootSessionPolicies(
  estate: Estate,
  account: AccountId | undefined,
  root: string,
): Pick<Target, "policies" | "policiesMissing"> {
  const organization = account === undefined ? undefined : estate.organizationOf(account);
  if (account === undefined || organization?.managementAccount === undefined) {
    const said = account === undefined ? undefined : estate.account(account)?.organization;
    const alone =
      said === "none" ||
      (said === undefined && account !== undefined && estate.covers("organization", account));
    return alone || account === undefined
      ? { policies: [] }
      : { policies: [], policiesMissing: missing.organization(account) };
  }
  if (organization.managementAccount === account) return { policies: [] };
  const callers = [
    organization.managementAccount,
    ...organization.delegatedAdministrators
      .filter(({ service }) => service === "iam.amazonaws.com")
      .map((delegated) => delegated.account),
  ];
  const statement: Statement = {
    pointer: "",
    effect: "Allow",
    action: { negated: false, patterns: ["sts:AssumeRoot"] },
    resource: { negated: false, patterns: [root] },
    principal: {
      negated: false,
      any: false,
      aws: [...new Set(callers.map((caller) => caller.slice("aws:".length)))].sort(),
      service: [],
      federated: [],
      canonicalUser: [],
    },
    conditions: [],
  };
  return {
    policies: [
      {
        name: `organisation ${organization.id}`,
        document: { version: "2012-10-17", statements: [statement] },
        origin: organization.origin,
      },
    ],
  };
}

export const serviceOf = (action: string): string => {
  const colon = action.indexOf(":");
  return colon < 0 ? "" : action.slice(0, colon).toLowerCase();
};

/** The resource that carries the policy: an object's bucket, a function's version its function. */
function holderOfPolicy(text: string, service: string, resource: string): string {
  if (service === "s3" && !resource.startsWith("accesspoint/")) {
    const slash = text.indexOf("/");
    return slash < 0 ? text : text.slice(0, slash);
  }
  if (service === "lambda" && resource.startsWith("function:")) return text.split(":").slice(0, 7).join(":");
  return text;
}

/** Where every access point of the account is listed, one that is not does not exist yet, and has no policy. */
const isNewPoint = (
  estate: Estate,
  account: AccountId | undefined,
  { service, resource }: { readonly service: string; readonly resource: string },
): boolean =>
  service === "s3" &&
  resource.startsWith("accesspoint/") &&
  account !== undefined &&
  estate.covers("inventory", `${account}/s3:access-point`);

/** A qualifier (Lambda alias or version) has a policy of its own. */
function policiesFor(resource: Resource, text: string, holder: string): readonly PolicyUse[] {
  const qualifier =
    text.startsWith("arn:") && holder !== text && holder.includes(":lambda:")
      ? text.slice(holder.length + 1)
      : "";
  const use = resource.policies?.get(qualifier);
  return use === undefined ? [] : [use];
}

/** KMS grants are permissions beside the key policy (KMS developer guide, "Grants in AWS KMS"). */
function kmsGrants(resource: Resource): readonly PolicyUse[] {
  const fact = resource.kind === "kms:key" ? resource.properties.get("grants") : undefined;
  if (fact === undefined || !Array.isArray(fact.value)) return [];
  return (fact.value as readonly JsonValue[]).flatMap((grant, i) => grantUse(grant, i, fact));
}

function grantUse(grant: JsonValue, position: number, fact: PropertyFact): readonly PolicyUse[] {
  if (typeof grant !== "object" || grant === null || Array.isArray(grant)) return [];
  const { id, grantee, operations } = grant as Readonly<Record<string, JsonValue>>;
  if (typeof grantee !== "string" || !Array.isArray(operations)) return [];
  const patterns = operations
    .filter((item): item is string => typeof item === "string")
    .map((name) => `kms:${name}`);
  const service = /\.amazonaws\.com(\.cn)?$/.test(grantee) ? [grantee] : [];
  const statement: Statement = {
    pointer: `/${position}`,
    effect: "Allow",
    action: { negated: false, patterns },
    resource: { negated: false, patterns: ["*"] },
    principal: {
      negated: false,
      any: false,
      aws: service.length > 0 ? [] : [grantee],
      service,
      federated: [],
      canonicalUser: [],
    },
    conditions: [],
  };
  const name = `grant ${typeof id === "string" ? id : position}`;
  return [{ name, document: { version: "2012-10-17", statements: [statement] }, origin: fact.origin }];
}

export function questionOf(
  estate: Estate,
  action: string,
  resource: string,
  removed: ReadonlySet<string> | undefined,
  actionMemo = new Map<string, boolean>(),
): Question {
  return {
    action,
    folded: action.toLowerCase(),
    service: serviceOf(action),
    target: targetOf(estate, action, resource, removed),
    actionMemo,
    relevant: new Map(),
  };
}
