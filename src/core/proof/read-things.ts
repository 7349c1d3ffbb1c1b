import { addPolicy, thingOf, type Draft } from "./directory.js";
import { readSettings } from "./read-settings.js";
import { policyAt } from "./policy.js";
import {
  isFields,
  itemsOf,
  opened,
  stringOf,
  stringsOf,
  type Citation,
  type Fields,
} from "./raw-document.js";

/** Answers that hold the policy of a resource, or the settings of buckets. False: not a form that is known here. */
export function readThings(value: unknown, at: Citation, draft: Draft): boolean {
  if (!isFields(value)) return false;
  const forms = [
    readBuckets,
    readAttributes,
    readStatedPolicy,
    readKeyGrants,
    readKeyMetadata,
    readAccessKeys,
    readSettings,
  ];
  return forms.some((read) => read(value, at, draft));
}

/** One document with the buckets of an account: `{account: {id, publicAccessBlock}, buckets: {NAME: {…}}}`. */
function readBuckets(value: Fields, at: Citation, draft: Draft): boolean {
  const buckets = value["buckets"];
  if (!isFields(buckets)) return false;
  const account = isFields(value["account"]) ? value["account"] : undefined;
  const owner = stringOf(account?.["id"])?.replace(/^aws:/, "") ?? accountHint(at.document);
  if (account !== undefined && owner !== undefined)
    readBlock(account, "s3.", { ...at, pointer: "/account" }, `aws:${owner}`, draft);
  for (const [name, item] of Object.entries(buckets)) {
    if (!isFields(item)) continue;
    const place = { ...at, pointer: `/buckets/${name}` };
    const id = `arn:aws:s3:::${name}`;
    const thing = thingOf(draft, id);
    thing.at ??= place;
    if (owner !== undefined) thing.account = owner;
    const policy = item["policy"];
    if (policy === null || isAbsent(policy)) thing.policies ??= new Map();
    else if (policy !== undefined) {
      const told = isFields(policy) && policy["Policy"] !== undefined;
      const where = { ...place, pointer: `${place.pointer}/policy${told ? "/Policy" : ""}` };
      addPolicy(draft, id, policyAt(told ? policy["Policy"] : policy, where));
    }
    readBlock(item, "", place, id, draft);
    const acl = item["acl"];
    if (isFields(acl) && Array.isArray(acl["Grants"]))
      thing.facts.set("acl.publicGrants", {
        value: publicGrants(acl["Grants"]),
        at: { ...place, pointer: `${place.pointer}/acl` },
      });
    const owned = item["ownershipControls"];
    if (owned !== undefined) {
      const inner =
        isFields(owned) && isFields(owned["OwnershipControls"]) ? owned["OwnershipControls"] : owned;
      const rule = isFields(inner) ? itemsOf(inner["Rules"])[0] : undefined;
      thing.facts.set("ownershipControls", {
        value: isFields(rule) ? rule["ObjectOwnership"] : "ObjectWriter",
        at: { ...place, pointer: `${place.pointer}/ownershipControls` },
      });
    }
  }
  return true;
}

/** An error that says there is none: `{Error: {Code: NoSuchBucketPolicy}}`. */
const isAbsent = (value: unknown): boolean =>
  isFields(value) &&
  isFields(value["Error"]) &&
  /^(NoSuch|ResourceNotFound)/.test(String(value["Error"]["Code"]));

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

function readBlock(item: Fields, prefix: string, at: Citation, id: string, draft: Draft): void {
  const raw = item["publicAccessBlock"];
  if (raw === undefined) return;
  const told = isFields(raw) && isFields(raw["PublicAccessBlockConfiguration"]);
  const block = told ? raw["PublicAccessBlockConfiguration"] : raw;
  const pointer = `${at.pointer ?? ""}/publicAccessBlock${told ? "/PublicAccessBlockConfiguration" : ""}`;
  const thing = thingOf(draft, id);
  for (const flag of flags) {
    const none = block === null || isAbsent(raw);
    const value = none ? false : isFields(block) ? (block[flag] ?? false) : undefined;
    if (typeof value === "boolean")
      thing.facts.set(`${prefix}publicAccessBlock.${flag}`, {
        value,
        at: {
          ...at,
          pointer: none || !isFields(block) || block[flag] === undefined ? pointer : `${pointer}/${flag}`,
        },
      });
  }
}

const publicGrants = (grants: unknown): readonly string[] =>
  itemsOf(grants).flatMap((grant) => {
    const grantee = isFields(grant) ? grant["Grantee"] : undefined;
    const uri = isFields(grantee) ? stringOf(grantee["URI"]) : undefined;
    return uri !== undefined && /\/(AllUsers|AuthenticatedUsers)$/.test(uri) ? [uri] : [];
  });

/** `sqs get-queue-attributes`, `sns get-topic-attributes`. */
function readAttributes(value: Fields, at: Citation, draft: Draft): boolean {
  const attributes = value["Attributes"];
  if (!isFields(attributes)) return false;
  const text = attributes["Policy"];
  const id =
    stringOf(attributes["QueueArn"] ?? attributes["TopicArn"]) ?? onlyResource(text, /^arn:[^:]*:s[qn]s:/);
  if (id === undefined) return false;
  const thing = thingOf(draft, id);
  thing.at ??= { ...at, pointer: "/Attributes" };
  if (typeof text === "string" && text !== "")
    addPolicy(draft, id, policyAt(text, { ...at, pointer: "/Attributes/Policy" }));
  else if (Object.keys(attributes).length > 3) thing.policies ??= new Map();
  return true;
}

/** A policy beside the name of what it belongs to, or in an answer whose `Resource` or file name says it. */
function readStatedPolicy(value: Fields, at: Citation, draft: Draft): boolean {
  const key = ["Policy", "policyText", "ResourcePolicy"].find((name) => typeof value[name] === "string");
  if (key === undefined) {
    const secret = stringOf(value["ARN"]);
    if (secret === undefined || !Object.keys(value).every((name) => ["ARN", "Name"].includes(name)))
      return false;
    thingOf(draft, secret).policies ??= new Map();
    return true;
  }
  const text = value[key];
  const stated = stringOf(
    value["FunctionArn"] ?? value["ARN"] ?? value["repositoryArn"] ?? value["KeyId"] ?? value["KeyArn"],
  );
  const id =
    (stated?.startsWith("arn:") === true ? stated : undefined) ??
    repository(value, at.document) ??
    onlyResource(text, /^arn:[^:]*:(lambda|s3|secretsmanager|ecr|kms):/) ??
    keyOfPath(at.document, stated);
  if (id === undefined) return false;
  const bucket = /^(arn:[^:]*:s3:::[^/]+)\//.exec(id)?.[1];
  const parts = id.split(":");
  const qualified = parts[2] === "lambda" && parts.length === 8;
  const holder = bucket ?? (qualified ? parts.slice(0, 7).join(":") : id);
  thingOf(draft, holder).at ??= at;
  addPolicy(draft, holder, policyAt(text, { ...at, pointer: `/${key}` }), qualified ? (parts[7] ?? "") : "");
  return true;
}

function onlyResource(policy: unknown, form: RegExp): string | undefined {
  const body = typeof policy === "string" ? opened(policy) : policy;
  const named = new Set(
    (isFields(body) ? itemsOf(body["Statement"]) : [])
      .flatMap((item) => (isFields(item) ? stringsOf(item["Resource"]) : []))
      .map((arn) => (arn.startsWith("arn:aws:s3:::") ? arn.replace(/\/.*$/, "") : arn))
      .filter((arn) => form.test(arn) && !/[*?]/.test(arn)),
  );
  return named.size === 1 ? [...named][0] : undefined;
}

const accountHint = (path: string): string | undefined => /(?<!\d)(\d{12})(?!\d)/.exec(path)?.[1];
const regionHint = (path: string): string | undefined =>
  /(?<![a-z0-9])((?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov)?-[a-z]+-\d)(?![0-9])/.exec(path)?.[1];

function keyOfPath(path: string, stated: string | undefined): string | undefined {
  const id =
    stated ??
    /(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/.exec(path)?.[1];
  const [account, region] = [accountHint(path), regionHint(path)];
  return id === undefined || account === undefined || region === undefined
    ? undefined
    : `arn:aws:kms:${region}:${account}:key/${id}`;
}

function repository(value: Fields, path: string): string | undefined {
  const name = stringOf(value["repositoryName"]);
  const [account, region] = [stringOf(value["registryId"]) ?? accountHint(path), regionHint(path)];
  return name === undefined || account === undefined || region === undefined
    ? undefined
    : `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

/** `kms list-grants`: every grant names its key. */
function readKeyGrants(value: Fields, at: Citation, draft: Draft): boolean {
  const grants = value["Grants"];
  if (!Array.isArray(grants) || !itemsOf(grants).every((item) => isFields(item) && "GrantId" in item))
    return false;
  const keys = new Set(
    itemsOf(grants).flatMap((item) => (isFields(item) ? (stringOf(item["KeyId"]) ?? []) : [])),
  );
  for (const key of keys) {
    const id = key.startsWith("arn:") ? key : keyOfPath(at.document, key);
    // All grants of one answer are of one key; of several, those of another would be given to it too: left out.
    if (id !== undefined && keys.size === 1)
      thingOf(draft, id).facts.set("grants", { value: grants, at: { ...at, pointer: "/Grants" } });
  }
  return keys.size === 1;
}

/** `kms describe-key`. */
function readKeyMetadata(value: Fields, at: Citation, draft: Draft): boolean {
  const metadata = value["KeyMetadata"];
  const arn = isFields(metadata) ? stringOf(metadata["Arn"]) : undefined;
  if (!isFields(metadata) || arn === undefined) return false;
  thingOf(draft, arn).facts.set("keyManager", {
    value: metadata["KeyManager"],
    at: { ...at, pointer: "/KeyMetadata/KeyManager" },
  });
  return true;
}

/** `iam list-access-keys`, one answer or a list of them. The account is in no answer: the path may say it. */
function readAccessKeys(value: Fields, at: Citation, draft: Draft): boolean {
  const keys = value["AccessKeyMetadata"];
  if (!Array.isArray(keys)) return false;
  const account = accountHint(at.document);
  itemsOf(keys).forEach((item, index) => {
    if (!isFields(item)) return;
    const [id, user, status] = [
      stringOf(item["AccessKeyId"]),
      stringOf(item["UserName"]),
      stringOf(item["Status"]),
    ];
    if (id === undefined || user === undefined || status === undefined) return;
    draft.keys.push({
      id: `aws:access-key/${id}`,
      holder: `${account ?? ""}:user/${user}`,
      status: status.toLowerCase(),
      at: { ...at, pointer: `${at.pointer ?? ""}/AccessKeyMetadata/${index}` },
    });
  });
  return true;
}
