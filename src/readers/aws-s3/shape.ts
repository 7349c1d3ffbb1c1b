import type { ParsedDocument } from "../document.js";
import { isRecord, listOf, policyServices, textOf, type JsonRecord } from "../drafting/index.js";
import { bucketMembers, errorOf } from "./apply.js";
import { bucketOfPath, bucketOfPolicy } from "./bucket-name.js";

/** Which answer a document is. */
export type Shape =
  | "assembled"
  | "named-policy"
  | "policy"
  | "bare-policy"
  | "acl"
  | "ownership"
  | "access-block"
  | "error"
  | "access-points"
  | "access-point"
  | "buckets";

const s3Errors =
  /^(NoSuchPublicAccessBlockConfiguration|NoSuchBucketPolicy|NoSuchBucket|OwnershipControlsNotFoundError|NoSuchAccessPointPolicy|NoSuchAccessPoint)$/;

/** Recognises an answer by its members; undefined when it is none of S3. */
export function shapeOf({ value, source }: ParsedDocument): Shape | undefined {
  if (!isRecord(value)) return undefined;
  const error = errorOf(value);
  if (error !== undefined) return s3Errors.test(textOf(error["Code"]) ?? "") ? "error" : undefined;
  if (typeof value["bucket"] === "string" && "policy" in value) return "named-policy";
  if (isRecord(value["PublicAccessBlockConfiguration"]))
    return "NetworkOrigin" in value ? "access-point" : "access-block";
  if (isRecord(value["OwnershipControls"])) return "ownership";
  if (Array.isArray(value["AccessPointList"])) return "access-points";
  if (
    Array.isArray(value["Buckets"]) &&
    listOf(value["Buckets"]).every((item) => isRecord(item) && "Name" in item)
  )
    return "buckets";
  if (Array.isArray(value["Grants"])) {
    const grants = listOf(value["Grants"]);
    return grants.every((grant) => isRecord(grant) && "Grantee" in grant) &&
      ("Owner" in value || grants.length > 0)
      ? "acl"
      : undefined;
  }
  if ("Policy" in value) return speaksOfS3(value["Policy"], source.path) ? "policy" : undefined;
  if (Array.isArray(value["Statement"])) return isBarePolicy(value, source.path) ? "bare-policy" : undefined;
  return isAssembled(value) ? "assembled" : undefined;
}

function speaksOfS3(policy: unknown, path: string): boolean {
  const services = policyServices(policy);
  if (services.has("s3")) return true;
  return (
    services.size > 0 &&
    [...services].every((service) => service === "*") &&
    /(^|[/\\-])(s3|bucket)/i.test(path)
  );
}

/** An RCP looks the same but only denies; a bucket policy says so by its path, or allows somebody on one bucket. */
function isBarePolicy(value: JsonRecord, path: string): boolean {
  if (!policyServices(value).has("s3") || bucketOfPolicy(value) === undefined) return false;
  if (/(^|[/\\])(get-)?bucket-policy[^/\\]*$/i.test(path) || bucketOfPath(path) !== undefined) return true;
  return listOf(value["Statement"]).some(
    (item) => isRecord(item) && item["Effect"] === "Allow" && "Principal" in item,
  );
}

function isAssembled(value: JsonRecord): boolean {
  const named = isRecord(value["buckets"]) ? value["buckets"] : undefined;
  const entries = Object.entries(named ?? value).filter(([key]) => named !== undefined || key !== "account");
  const settings = entries.every(
    ([, item]) => isRecord(item) && Object.keys(item).every((key) => bucketMembers.includes(key)),
  );
  const account = value["account"];
  const block = isRecord(account) && "publicAccessBlock" in account;
  return settings && (entries.length > 0 || block) && (account === undefined || block);
}
