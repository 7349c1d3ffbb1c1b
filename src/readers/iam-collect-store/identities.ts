import { principalId } from "../../core/estate/index.js";
import type { ManagedPolicy, PolicyUse, Principal, Rejection } from "../../core/estate/index.js";
import {
  below,
  groupArn,
  immutability,
  nameOfArn,
  originOf,
  pathOfArn,
  readPolicy,
  readTags,
  refuse,
  type IdentityKind,
} from "../aws-iam/identity.js";
import { parseArn, awsAccount } from "../../core/estate/index.js";
import type { EstateReading } from "../estate-reader.js";
import { isObject, items, member, text, timeOf } from "../json-value.js";
import { siteOf, type EntityFile, type EntityFiles } from "./files.js";

/** The tag file is a map or AWS's list. */
export function tagsOf(file: EntityFile | undefined): Readonly<Record<string, string>> {
  if (file === undefined) return {};
  if (Array.isArray(file.value)) return readTags(file.value);
  if (!isObject(file.value)) return {};
  const pairs = Object.entries(file.value).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

export function readIdentityFolder(files: EntityFiles, arn: string, kind: IdentityKind): EstateReading {
  const metadata = files.get("metadata");
  if (metadata === undefined) return { facts: {}, rejected: [], entities: {} };
  const rejected: Rejection[] = [];
  const trust = files.get("trust-policy");
  const trustPolicy =
    trust === undefined ? undefined : readPolicy(trust.value, "trust policy", siteOf(trust, rejected));
  const boundary = boundaryOf(metadata.value);
  const uniqueId = text(metadata.value, "id");
  const createdAt = timeOf(member(metadata.value, "created") ?? member(metadata.value, "createDate"));
  const immutable = immutability(arn);
  const origin = originOf(siteOf(metadata, rejected));
  const principal: Principal = {
    id: principalId(arn),
    kind,
    provider: "aws",
    account: awsAccount(files.place.owner),
    name: text(metadata.value, "name") ?? nameOfArn(arn),
    path: pathOfArn(arn),
    ...(uniqueId === undefined ? {} : { uniqueId }),
    ...(createdAt === undefined ? {} : { createdAt }),
    tags: tagsOf(files.get("tags")),
    inline: inlineOf(files.get("inline-policies"), rejected),
    attached: attachedOf(files.get("managed-policies")),
    ...(boundary === undefined ? {} : { boundary: { arn: boundary, origin } }),
    groups: groupsOf(files.get("groups"), files.place.owner, files.place.partition),
    ...(trustPolicy === undefined ? {} : { trustPolicy }),
    ...(immutable === undefined ? {} : { immutable }),
    instanceProfiles: [],
    origin,
  };
  return { facts: { principals: [principal] }, rejected, entities: { [`${kind}s`]: 1 } };
}

/** The store keeps the default version only. */
export function readPolicyFolder(files: EntityFiles, arn: string): EstateReading {
  const file = files.get("current-policy") ?? files.get("policy");
  const rejected: Rejection[] = [];
  const metadata = files.get("metadata")?.value;
  const name = text(metadata, "name") ?? nameOfArn(arn);
  const use = file === undefined ? undefined : readPolicy(file.value, name, siteOf(file, rejected));
  const version = text(metadata, "defaultVersionId") ?? text(metadata, "version") ?? "default";
  const policy: ManagedPolicy = {
    arn,
    name,
    awsManaged: parseArn(arn)?.account === "aws",
    versions: use === undefined ? [] : [{ id: version, isDefault: true, use }],
  };
  return { facts: { managedPolicies: [policy] }, rejected, entities: { policies: 1 } };
}

function boundaryOf(metadata: unknown): string | undefined {
  for (const key of ["permissionBoundary", "permissionsBoundary", "PermissionsBoundary"]) {
    const found = text(metadata, key) ?? text(member(metadata, key), "PermissionsBoundaryArn");
    if (found?.startsWith("arn:") === true) return found;
  }
  return undefined;
}

const documentKeys = ["PolicyDocument", "policyDocument", "policy"] as const;

/** A list as AWS gives it, or an object of documents by name. */
function inlineOf(file: EntityFile | undefined, rejected: Rejection[]): readonly PolicyUse[] {
  if (file === undefined) return [];
  const site = siteOf(file, rejected);
  const uses: (PolicyUse | undefined)[] = [];
  if (Array.isArray(file.value)) {
    for (const [index, item] of (file.value as readonly unknown[]).entries()) {
      const name = text(item, "PolicyName") ?? text(item, "policyName") ?? text(item, "name");
      const key = documentKeys.find((candidate) => member(item, candidate) !== undefined);
      if (name === undefined || key === undefined)
        uses.push(refuse(below(site, index), "an inline policy without name or document"));
      else uses.push(readPolicy(member(item, key), name, below(site, index, key)));
    }
  } else if (isObject(file.value)) {
    for (const [name, document] of Object.entries(file.value))
      uses.push(readPolicy(document, name, below(site, name)));
  }
  return uses.filter((use) => use !== undefined);
}

function attachedOf(file: EntityFile | undefined): Principal["attached"] {
  if (file === undefined) return [];
  return items(file.value).flatMap((item, index) => {
    const arn =
      typeof item === "string"
        ? item
        : (text(item, "PolicyArn") ?? text(item, "policyArn") ?? text(item, "arn"));
    return arn === undefined ? [] : [{ arn, origin: { source: file.source, pointer: `/${index}` } }];
  });
}

function groupsOf(file: EntityFile | undefined, account: string, partition: string): Principal["groups"] {
  if (file === undefined) return [];
  const ids = items(file.value).flatMap((item) => {
    const name =
      typeof item === "string"
        ? item
        : (text(item, "arn") ?? text(item, "Arn") ?? text(item, "GroupName") ?? text(item, "name"));
    if (name === undefined) return [];
    return [name.startsWith("arn:") ? principalId(name) : groupArn(account, partition, name)];
  });
  return [...new Set(ids)].sort();
}
