import type { OrganizationPolicy, OrganizationPolicyType } from "../../core/estate/index.js";
import { originOf, readPolicy, refuse, type Site } from "../aws-iam/identity.js";
import { isObject, member, strings, text, type JsonObject } from "../json-value.js";

const types: Readonly<Record<string, OrganizationPolicyType>> = {
  SERVICE_CONTROL_POLICY: "scp",
  RESOURCE_CONTROL_POLICY: "rcp",
  S3_POLICY: "s3",
  DECLARATIVE_POLICY_EC2: "declarative-ec2",
};

/** The policy types that bear on access; tag, backup and opt-out policies do not. */
export const policyTypeOf = (name: string | undefined): OrganizationPolicyType | undefined =>
  name !== undefined && Object.hasOwn(types, name) ? types[name] : undefined;

/**
 * The two policies that AWS manages and whose content never changes: `FullAWSAccess`, and `RCPFullAWSAccess`, which
 * is attached everywhere as soon as RCPs are enabled (Organizations User Guide, "SCP syntax", "RCP syntax").
 */
const awsManaged: Readonly<Record<string, object>> = {
  "p-FullAWSAccess": { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  "p-RCPFullAWSAccess": {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
  },
};

/** A policy summary, with `Content` and `Targets` where an assembled document adds them. */
export function readOrganizationPolicy(
  summary: JsonObject,
  content: unknown,
  site: Site,
  contentSite: Site,
): OrganizationPolicy | undefined {
  const id = text(summary, "Id");
  if (id === undefined) return refuse(site, "an organisation policy without `Id`");
  const type = policyTypeOf(text(summary, "Type"));
  if (type === undefined) return undefined;
  const name = text(summary, "Name") ?? id;
  const managed = member(summary, "AwsManaged") === true || Object.hasOwn(awsManaged, id);
  const text_ = content ?? (managed && Object.hasOwn(awsManaged, id) ? awsManaged[id] : undefined);
  const targets = targetsOf(member(summary, "Targets"));
  const base = {
    id,
    type,
    name,
    awsManaged: managed,
    ...(targets === undefined ? {} : { targets }),
    origin: originOf(site),
  };
  if (text_ === undefined) return base;
  if (type === "scp" || type === "rcp") {
    const use = readPolicy(text_, name, contentSite);
    return use === undefined ? base : { ...base, use };
  }
  const parsed = typeof text_ === "string" ? parseJson(text_) : text_;
  if (!isObject(parsed))
    return refuse(contentSite, `the content of policy \`${name}\` is not a JSON object`) ?? base;
  return { ...base, content: parsed };
}

/** Node ids from a list of targets, or of bare ids. */
export function targetsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const ids = value.map((item: unknown) => (typeof item === "string" ? item : text(item, "TargetId")));
  return [...new Set(strings(ids))].sort();
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
