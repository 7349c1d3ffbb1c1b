import { awsAccount, parseArn, resourceId } from "../../core/estate/index.js";
import type { PolicyUse, PropertyFact, Rejection, Resource } from "../../core/estate/index.js";
import { nameOfArn, readPolicy } from "../aws-iam/identity.js";
import type { EstateReading } from "../estate-reader.js";
import { isObject } from "../json-value.js";
import { siteOf, type EntityFile, type EntityFiles } from "./files.js";
import { tagsOf } from "./identities.js";

/** Resource types whose folders hold one policy. */
const kinds: Readonly<Record<string, string>> = {
  s3: "s3:bucket",
  kms: "kms:key",
  sqs: "sqs:queue",
  sns: "sns:topic",
  secretsmanager: "secretsmanager:secret",
  ecr: "ecr:repository",
};

/**
 * A resource with its policy. A folder without `policy.json` says nothing about one: the store leaves the file out
 * both when there is no policy and when it could not be read.
 */
export function readResourceFolder(files: EntityFiles, arn: string, service: string): EstateReading {
  const kind = Object.hasOwn(kinds, service) ? kinds[service] : undefined;
  const metadata = files.get("metadata");
  if (kind === undefined || metadata === undefined) return { facts: {}, rejected: [], entities: {} };
  const rejected: Rejection[] = [];
  const file = files.get("policy");
  const use =
    file === undefined ? undefined : readPolicy(file.value, "resource policy", siteOf(file, rejected));
  const region = parseArn(arn)?.region ?? "";
  const resource: Resource = {
    id: resourceId(arn),
    kind,
    account: awsAccount(files.place.owner),
    ...(region === "" ? {} : { region }),
    name: nameOfArn(arn).slice(nameOfArn(arn).lastIndexOf(":") + 1),
    properties: kind === "s3:bucket" ? blockOf(files.get("bpa")) : new Map(),
    ...(use === undefined ? {} : { policies: new Map<string, PolicyUse>([["", use]]) }),
    tags: tagsOf(files.get("tags")),
    ...(files.get("tags") === undefined ? {} : { tagsCollected: true as const }),
    origin: { source: metadata.source, pointer: "" },
  };
  const covered = use !== undefined && rejected.length === 0;
  return {
    facts: {
      resources: [resource],
      coverage: covered ? [{ topic: "resource-policy", scope: resource.id, origin: use.origin }] : [],
    },
    rejected,
    entities: { resources: 1 },
  };
}

const blockNames = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
] as const;

/** `bpa.json`: the bucket's public access block, keys in either case. */
function blockOf(file: EntityFile | undefined): ReadonlyMap<string, PropertyFact> {
  const properties = new Map<string, PropertyFact>();
  if (file === undefined || !isObject(file.value)) return properties;
  const byName = new Map(
    Object.entries(file.value).map(([key, value]) => [key.toLowerCase(), { key, value }]),
  );
  for (const name of blockNames) {
    const found = byName.get(name.toLowerCase());
    if (typeof found?.value !== "boolean") continue;
    properties.set(`publicAccessBlock.${name}`, {
      value: found.value,
      origin: { source: file.source, pointer: `/${found.key}` },
    });
  }
  return properties;
}
