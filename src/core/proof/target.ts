import { accountIn, type Directory } from "./directory.js";
import { organizationOf } from "./organization.js";
import type { Policy } from "./policy.js";
import { isFields, itemsOf, stringOf, stringsOf } from "./raw-document.js";
import type { Actor, Question, Setting, Target } from "./ruling.js";
import { policyResources } from "./service-refusals.js";

/** Stands for an account that no policy names. */
const nobodys = "000000000000";

export function actorOf(directory: Directory, arn: string): Actor | undefined {
  if (arn === "aws:everyone") return { arn, kind: "external", account: nobodys, identity: undefined };
  const account = accountIn(arn);
  if (account === undefined)
    return directory.grants.has(arn) ? { arn, kind: "native", account: "", identity: undefined } : undefined;
  if (arn.endsWith(`:iam::${account}:root`))
    return { arn, kind: directory.accounts.has(account) ? "root" : "external", account, identity: undefined };
  const identity = directory.identities.get(arn);
  return identity === undefined || identity.kind === "group"
    ? undefined
    : { arn, kind: identity.kind, account, identity };
}

/** The Region that calls of a global service go to. */
const globalRegions: Readonly<Record<string, string>> = {
  iam: "us-east-1",
  organizations: "us-east-1",
  cloudfront: "us-east-1",
  route53: "us-east-1",
};

export function targetOf(setting: Setting, { action, resource, account }: Question): Target {
  const { directory } = setting;
  const service = action.split(":")[0]?.toLowerCase() ?? "";
  const region = globalRegions[service];
  const bare = { identity: undefined, thing: undefined, mode: "none" as const, policies: [] };
  if (resource === "*" || resource.startsWith("aws:"))
    return {
      ...bare,
      text: "*",
      account: account ?? (resource === "*" ? undefined : resource.slice(4)),
      ownerUnknown: false,
      region,
    };
  const parts = resource.split(":");
  const arnService = parts[2] ?? "";
  const rest = parts.slice(5).join(":");
  const holder = policyHolder(resource, arnService, rest);
  const thing = directory.things.get(resource) ?? directory.things.get(holder);
  const identity = arnService === "iam" ? directory.identities.get(resource) : undefined;
  const owner = accountIn(resource) ?? thing?.account ?? account;
  const place = parts[3] === undefined || parts[3] === "" || parts[3] === "*" ? region : parts[3];
  const mode = modeOf(service, arnService, rest);
  return {
    text: resource,
    account: owner,
    ownerUnknown: owner === undefined && parts[4] !== "aws" && parts.length >= 6,
    region: place,
    identity,
    thing,
    mode,
    policies:
      mode === "none"
        ? []
        : setting.withoutPolicy === holder || setting.withoutPolicy === resource
          ? []
          : rest === "root"
            ? rootPolicies(directory, resource, owner)
            : policiesOf(mode, resource, holder, identity?.trust, arnService, thing),
  };
}

function policiesOf(
  mode: Target["mode"],
  resource: string,
  holder: string,
  trust: Policy | undefined,
  service: string,
  thing: Target["thing"],
): Target["policies"] {
  if (service === "iam") return trust === undefined ? undefined : [trust];
  if (thing?.policies === undefined) return undefined;
  const qualifier = service === "lambda" && holder !== resource ? resource.slice(holder.length + 1) : "";
  return [...(thing.policies.has(qualifier) ? [thing.policies.get(qualifier)] : []), ...keyGrants(thing)];
}

/**
 * Who opens a privileged session as the root user of a member account: the management account, or a delegated
 * administrator for IAM (STS API reference, AssumeRoot). Stated by the organisation, not by a policy.
 */
function rootPolicies(directory: Directory, root: string, account: string | undefined): Target["policies"] {
  const organization = account === undefined ? undefined : organizationOf(directory, account);
  if (account === undefined || organization?.management === undefined)
    return account !== undefined && directory.alone.has(account) ? [] : undefined;
  if (organization.management === account) return [];
  const callers = organization.delegated
    .filter(({ service }) => service === "iam.amazonaws.com")
    .map((delegated) => delegated.account);
  return [
    {
      at: organization.at,
      variables: false,
      statements: [
        {
          at: organization.at,
          deny: false,
          actions: ["sts:assumeroot"],
          notActions: false,
          resources: [root],
          notResources: false,
          named: {
            negated: false,
            everyone: false,
            aws: [organization.management, ...callers],
            service: [],
            federated: [],
          },
          conditions: [],
        },
      ],
    },
  ];
}

/** KMS grants are permissions beside the key policy (KMS developer guide, "Grants in AWS KMS"). */
function keyGrants(thing: NonNullable<Target["thing"]>): readonly Policy[] {
  const fact = thing.facts.get("grants");
  return itemsOf(fact?.value).flatMap((grant, index) => {
    if (!isFields(grant) || fact === undefined) return [];
    const grantee = stringOf(grant["grantee"] ?? grant["GranteePrincipal"]);
    if (grantee === undefined) return [];
    const at = { ...fact.at, pointer: `${fact.at.pointer ?? ""}/${index}` };
    const service = grantee.endsWith(".amazonaws.com");
    return [
      {
        at,
        variables: false,
        statements: [
          {
            at,
            deny: false,
            actions: stringsOf(grant["operations"] ?? grant["Operations"]).map(
              (name) => `kms:${name.toLowerCase()}`,
            ),
            notActions: false,
            resources: ["*"],
            notResources: false,
            named: {
              negated: false,
              everyone: false,
              aws: service ? [] : [grantee],
              service: service ? [grantee] : [],
              federated: [],
            },
            conditions: [],
          },
        ],
      },
    ];
  });
}

/** What carries the policy: the bucket of an object, the function of a version. */
function policyHolder(resource: string, service: string, rest: string): string {
  if (service === "s3" && !rest.startsWith("accesspoint/")) return resource.split("/")[0] ?? resource;
  return service === "lambda" && rest.startsWith("function:")
    ? resource.split(":").slice(0, 7).join(":")
    : resource;
}

function modeOf(service: string, arnService: string, rest: string): Target["mode"] {
  if (arnService === "kms") return rest.startsWith("key/") && service === "kms" ? "required" : "none";
  if (arnService === "iam")
    return (rest.startsWith("role/") || rest === "root") && service === "sts" ? "required" : "none";
  return arnService === service && policyResources[service]?.test(rest) === true ? "additive" : "none";
}
