import { awsAccount } from "../../core/estate/index.js";
import {
  isRecord,
  pick,
  textOf,
  type Draft,
  type JsonRecord,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";
import { ownershipOf, publicGrants, setAccessBlock } from "./settings.js";

export function bucketDraft(draft: Draft, name: string, place: Place, partition = "aws"): ResourceDraft {
  return draft.resource(`arn:${partition}:s3:::${name}`, { kind: "s3:bucket", name }, place);
}

export function accountDraft(draft: Draft, digits: string, place: Place): ResourceDraft {
  return draft.resource(
    `aws:${digits}`,
    { kind: "aws:account", account: awsAccount(digits), name: digits },
    place,
  );
}

/** The members of one bucket in an assembled document; false when a member is no setting of a bucket. */
export const bucketMembers = [
  "policy",
  "acl",
  "ownershipControls",
  "publicAccessBlock",
  "tags",
  "accessPoints",
  "account",
  "region",
];

/** Applies the assembled settings of one bucket: each member is the AWS answer, its inner part, or `none`. */
export function applyBucket(draft: Draft, name: string, settings: JsonRecord, place: Place): void {
  const account = textOf(settings["account"])?.replace(/^aws:/, "");
  const region = textOf(settings["region"]);
  const bucket = draft.resource(
    `arn:aws:s3:::${name}`,
    {
      kind: "s3:bucket",
      name,
      ...(account === undefined ? {} : { account: awsAccount(account) }),
      ...(region === undefined ? {} : { region }),
    },
    place,
  );
  const policy = unwrapPolicy(settings["policy"]);
  if (policy === "none" || isMissing(policy, "NoSuchBucketPolicy")) bucket.noPolicy(place.at("policy"));
  else if (policy !== undefined && policy !== null) {
    const wrapped = isRecord(settings["policy"]) && pick(settings["policy"], "Policy") !== undefined;
    bucket.policy(policy, wrapped ? place.at("policy", "Policy") : place.at("policy"), "bucket policy");
  }
  const acl = settings["acl"];
  if (acl !== undefined && acl !== null) {
    const grants = acl === "none" ? [] : publicGrants(isRecord(acl) ? pick(acl, "Grants") : acl);
    if (grants === undefined) draft.reject(place.at("acl"), "no list of grants");
    else bucket.set("acl.publicGrants", grants, place.at("acl"));
  }
  const controls = settings["ownershipControls"];
  if (controls !== undefined && controls !== null) {
    const missing = isMissing(controls, "OwnershipControlsNotFoundError");
    const ownership = missing ? "none" : ownershipOf(controls);
    if (ownership === undefined) draft.reject(place.at("ownershipControls"), "no ownership rule");
    else bucket.set("ownershipControls", ownership, place.at("ownershipControls"));
  }
  const block = settings["publicAccessBlock"];
  if (block !== undefined && block !== null)
    applyAccessBlock(draft, bucket, "publicAccessBlock.", block, place.at("publicAccessBlock"));
  draft.count("buckets");
}

export function applyAccessBlock(
  draft: Draft,
  target: ResourceDraft,
  prefix: string,
  value: unknown,
  place: Place,
): boolean {
  const inner = isRecord(value) ? pick(value, "PublicAccessBlockConfiguration") : undefined;
  const block = isMissing(value, "NoSuchPublicAccessBlockConfiguration") ? "none" : (inner ?? value);
  const at = inner === undefined ? place : place.at("PublicAccessBlockConfiguration");
  if (setAccessBlock(target, prefix, block, at)) return true;
  draft.reject(at, "no public access block: none of its four flags is stated");
  return false;
}

const unwrapPolicy = (value: unknown): unknown =>
  isRecord(value) ? (pick(value, "Policy") ?? value) : value;

/** An error document of AWS that says that the thing does not exist. */
export const isMissing = (value: unknown, code: string): boolean => errorOf(value)?.["Code"] === code;

export function errorOf(value: unknown): JsonRecord | undefined {
  const error = isRecord(value) ? value["Error"] : undefined;
  return isRecord(error) && typeof error["Code"] === "string" ? error : undefined;
}
