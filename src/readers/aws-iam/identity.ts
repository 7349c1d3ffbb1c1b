import { decodePolicy, parseArn, principalId, accountOfArn } from "../../core/estate/index.js";
import type {
  ManagedPolicy,
  Origin,
  PolicyUse,
  Principal,
  PrincipalId,
  Rejection,
  SourceDocument,
} from "../../core/estate/index.js";
import { items, member, objects, pointerStep, text, timeOf, type JsonObject } from "../json-value.js";

/** The place of a value in the document, and where to put what is wrong with it. */
export interface Site {
  readonly source: SourceDocument;
  readonly pointer: string;
  readonly rejected: Rejection[];
}

export const below = (site: Site, ...steps: readonly (string | number)[]): Site => ({
  ...site,
  pointer: site.pointer + steps.map(pointerStep).join(""),
});

export const originOf = (site: Site): Origin => ({ source: site.source, pointer: site.pointer });

/** Notes what is wrong and stands for the value that could not be read. */
export function refuse<Item>(site: Site, reason: string, hint?: string): Item | undefined {
  site.rejected.push({
    document: site.source.path,
    pointer: site.pointer,
    reason,
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
}

/** Reads a policy and reports its problems with the pointer into the whole document. */
export function readPolicy(value: unknown, name: string, site: Site): PolicyUse | undefined {
  const { use, problems } = decodePolicy(value, name, originOf(site));
  for (const problem of problems) {
    const inString = typeof value === "string";
    site.rejected.push({
      document: site.source.path,
      pointer: inString ? site.pointer : site.pointer + problem.pointer,
      reason: `policy \`${name}\`${inString && problem.pointer !== "" ? ` at \`${problem.pointer}\` of its text` : ""}: ${problem.reason}`,
      hint: use === undefined ? "nothing of this policy was used" : "the rest of this policy was used",
    });
  }
  return use;
}

/** `[{Key, Value}]` as AWS lists tags. */
export function readTags(value: unknown): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (const tag of objects(value)) {
    const key = text(tag, "Key") ?? text(tag, "key");
    const found = member(tag, "Value") ?? member(tag, "value");
    if (key !== undefined && typeof found === "string") pairs.push([key, found]);
  }
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** `[{PolicyName, PolicyDocument}]`: inline policies of a user, group or role. */
export function readInlinePolicies(value: unknown, site: Site): readonly PolicyUse[] {
  const uses: PolicyUse[] = [];
  const list = items(value);
  for (const [index, item] of list.entries()) {
    const at = Array.isArray(value) ? below(site, index) : site;
    const name = text(item, "PolicyName");
    const document = member(item, "PolicyDocument");
    if (name === undefined || document === undefined) {
      refuse(at, "an inline policy without `PolicyName` or `PolicyDocument`");
      continue;
    }
    const use = readPolicy(document, name, below(at, "PolicyDocument"));
    if (use !== undefined) uses.push(use);
  }
  return uses;
}

/** `[{PolicyName, PolicyArn}]`, or one such object (documented output of the AWS CLI). */
export function readAttached(value: unknown, site: Site): Principal["attached"] {
  const attached: { arn: string; origin: Origin }[] = [];
  for (const [index, item] of items(value).entries()) {
    const at = Array.isArray(value) ? below(site, index) : site;
    const arn = text(item, "PolicyArn");
    if (arn === undefined) refuse(at, "an attached policy without `PolicyArn`");
    else attached.push({ arn, origin: originOf(at) });
  }
  return attached;
}

export function readBoundary(value: unknown, site: Site): Principal["boundary"] {
  const arn = text(value, "PermissionsBoundaryArn");
  if (arn !== undefined) return { arn, origin: originOf(site) };
  if (isNothing(value)) return undefined;
  return refuse(site, "a permissions boundary without `PermissionsBoundaryArn`");
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);

/**
 * Service-linked roles change only through their service, roles of Identity Center only through the permission
 * set (IAM User Guide, "Service-linked roles"; IAM Identity Center User Guide, "Reserved IAM roles").
 */
export function immutability(arn: string): Principal["immutable"] {
  const resource = parseArn(arn)?.resource ?? "";
  if (resource.startsWith("role/aws-service-role/")) return "service-linked";
  if (resource.startsWith("role/aws-reserved/")) return "aws-reserved";
  return undefined;
}

/** The path between type and name of an IAM ARN, with both slashes; `/` at the root. */
export function pathOfArn(arn: string): string {
  const resource = parseArn(arn)?.resource ?? "";
  const first = resource.indexOf("/");
  const last = resource.lastIndexOf("/");
  return first < 0 || first === last ? "/" : resource.slice(first, last + 1);
}

export const nameOfArn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

export type IdentityKind = "user" | "group" | "role";

const idNames = {
  user: ["UserName", "UserId"],
  group: ["GroupName", "GroupId"],
  role: ["RoleName", "RoleId"],
} as const;

/** What users, groups and roles share in every IAM answer. `undefined`, and a reason, without a usable `Arn`. */
export function readIdentity(value: JsonObject, kind: IdentityKind, site: Site): Principal | undefined {
  const arn = text(value, "Arn");
  if (arn === undefined) return refuse(site, `a ${kind} without \`Arn\``);
  const parsed = parseArn(arn);
  if (parsed?.service !== "iam" || !parsed.resource.startsWith(`${kind}/`)) {
    return refuse(below(site, "Arn"), `\`${arn.slice(0, 120)}\` is not the ARN of a ${kind}`);
  }
  const [nameKey, idKey] = idNames[kind];
  const account = accountOfArn(arn);
  const uniqueId = text(value, idKey);
  const createdAt = timeOf(member(value, "CreateDate"));
  const immutable = immutability(arn);
  return {
    id: principalId(arn),
    kind,
    provider: "aws",
    ...(account === undefined ? {} : { account }),
    name: text(value, nameKey) ?? nameOfArn(arn),
    path: text(value, "Path") ?? pathOfArn(arn),
    ...(uniqueId === undefined ? {} : { uniqueId }),
    ...(createdAt === undefined ? {} : { createdAt }),
    tags: readTags(member(value, "Tags")),
    inline: [],
    attached: [],
    groups: [],
    ...(immutable === undefined ? {} : { immutable }),
    instanceProfiles: [],
    origin: originOf(site),
  };
}

/** A role as `get-role`, `list-roles` and `get-account-authorization-details` give it. */
export function readRole(value: JsonObject, site: Site): Principal | undefined {
  const identity = readIdentity(value, "role", site);
  if (identity === undefined) return undefined;
  const trust = member(value, "AssumeRolePolicyDocument");
  const trustPolicy =
    trust === undefined
      ? undefined
      : readPolicy(trust, "trust policy", below(site, "AssumeRolePolicyDocument"));
  const lastUsedAt = timeOf(member(member(value, "RoleLastUsed"), "LastUsedDate"));
  const boundary = readBoundary(member(value, "PermissionsBoundary"), below(site, "PermissionsBoundary"));
  const profiles = objects(member(value, "InstanceProfileList")).map((profile) => text(profile, "Arn"));
  return {
    ...identity,
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    inline: readInlinePolicies(member(value, "RolePolicyList"), below(site, "RolePolicyList")),
    attached: readAttached(member(value, "AttachedManagedPolicies"), below(site, "AttachedManagedPolicies")),
    ...(boundary === undefined ? {} : { boundary }),
    ...(trustPolicy === undefined ? {} : { trustPolicy }),
    instanceProfiles: profiles.filter((arn) => arn !== undefined).sort(),
  };
}

/** A group's id by its name: with its path where the group is listed, else at the root until pages are merged. */
export function groupArn(account: string, partition: string, name: string): PrincipalId {
  return principalId(`arn:${partition}:iam::${account}:group/${name}`);
}

/** A managed policy of any account with all its versions (`iam:SetDefaultPolicyVersion` can bring one back). */
export function readManagedPolicy(value: JsonObject, site: Site): ManagedPolicy | undefined {
  const arn = text(value, "Arn");
  if (arn === undefined) return refuse(site, "a managed policy without `Arn`");
  const name = text(value, "PolicyName") ?? nameOfArn(arn);
  const versions: ManagedPolicy["versions"][number][] = [];
  const list = member(value, "PolicyVersionList");
  const defaultId = text(value, "DefaultVersionId");
  for (const [index, version] of items(list).entries()) {
    const at = Array.isArray(list)
      ? below(site, "PolicyVersionList", index)
      : below(site, "PolicyVersionList");
    const id = text(version, "VersionId");
    const document = member(version, "Document");
    if (id === undefined || document === undefined) {
      refuse(at, `a version of policy \`${name}\` without \`VersionId\` or \`Document\``);
      continue;
    }
    const use = readPolicy(document, name, below(at, "Document"));
    const isDefault = member(version, "IsDefaultVersion") === true || id === defaultId;
    if (use !== undefined) versions.push({ id, isDefault, use });
  }
  // AWS managed policies live under the pseudo account `aws` in every partition, not only in `arn:aws:`.
  const awsManaged = parseArn(arn)?.account === "aws";
  versions.sort((a, b) => versionNumber(a.id) - versionNumber(b.id));
  return { arn, name, awsManaged, versions };
}

/** `v12` → 12: AWS numbers versions upwards and never reuses a number. */
export const versionNumber = (id: string): number => Number(/^v(\d+)/.exec(id)?.[1] ?? 0);
