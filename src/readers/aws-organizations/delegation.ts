import { accountOfArn, resourceId, type Resource } from "../../core/estate/index.js";
import { below, originOf, readPolicy, refuse, type Site } from "../aws-iam/identity.js";
import { isObject, member, text, type JsonObject } from "../json-value.js";

/**
 * `organizations describe-resource-policy`: which member accounts manage policies of the organisation (Organizations User
 * Guide, "Delegated administrator for AWS Organizations"). Its ARN names management account and organisation.
 */
export function readDelegation(value: JsonObject, site: Site): Resource | undefined {
  const summary = member(value, "ResourcePolicySummary");
  const arn = isObject(summary) ? text(summary, "Arn") : undefined;
  const account = arn === undefined ? undefined : accountOfArn(arn);
  if (arn === undefined || account === undefined || !/:resourcepolicy\/o-[a-z0-9]{10,32}\//.test(arn))
    return refuse(site, "a delegation policy without `Arn` of the form `arn:…:resourcepolicy/o-…/rp-…`");
  const content = member(value, "Content");
  if (content === undefined) return refuse(site, "a delegation policy without `Content`");
  const use = readPolicy(content, "delegation policy", below(site, "Content"));
  if (use === undefined) return undefined;
  return {
    id: resourceId(arn),
    kind: "organizations:resource-policy",
    account,
    name: "delegation policy of the organisation",
    properties: new Map(),
    policies: new Map([["", use]]),
    tags: {},
    origin: originOf(site),
  };
}
