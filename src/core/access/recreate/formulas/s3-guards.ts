import { resourceId, type MissingFact, type OrganizationPolicy } from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { isFalse, missingFact, type FormulaContext } from "../context.js";
import { resourceEffectGuard } from "../effect-guard.js";
import { all, can, canOrGrant, fact, is, open, type Formula } from "../formula.js";
import { liftOrganizationPolicy, organizationPolicyOff } from "../organization-guard.js";

/**
 * What stands in the way of a public bucket: the four settings of its block at bucket, account and organisation, and
 * RCPs. Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export type Flag = "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets";

/**
 * A right on the bucket that its policy can give as well: naming an identity of the account is not public, therefore
 * `BlockPublicPolicy` does not refuse it (Amazon S3 User Guide, "The meaning of public").
 */
export const onBucket = (context: FormulaContext, action: string, resource: string = context.id): Formula =>
  canOrGrant(action, resource, can("s3:PutBucketPolicy", context.id));

/** `open(F) = openAcct(F) ∧ (F off on the bucket ∨ can lift it there)`, recreation.md row 1. */
export function block(context: FormulaContext, flag: Flag, kind: "write" | "effect"): Formula {
  const bucket = open({
    name: `${flag} on the bucket`,
    kind,
    off: context.truth(
      context.id,
      `publicAccessBlock.${flag}`,
      isFalse,
      `${flag} is off on the bucket`,
      `public access block of bucket ${context.name}`,
      `aws s3api get-public-access-block --bucket ${context.name}`,
    ),
    lift: onBucket(context, "s3:PutBucketPublicAccessBlock"),
  });
  return all(accountBlock(context, flag, kind), bucket);
}

function accountBlock(context: FormulaContext, flag: Flag, kind: "write" | "effect"): Formula {
  const { account } = context;
  if (account === undefined) {
    return is(fact("unknown", `${flag} is off on the account`, [], [ownerMissing(context)]));
  }
  const organization = organizationPolicyOff(
    context.estate,
    account,
    "s3",
    "org-s3-policy",
    blocksAll,
    "the S3 block of every account",
  );
  const own = open({
    name: `${flag} on the account`,
    kind,
    off: context.truth(
      resourceId(account),
      `s3.publicAccessBlock.${flag}`,
      isFalse,
      `${flag} is off on the account`,
      `public access block of account ${context.estate.account(account)?.name ?? account}`,
      `aws s3control get-public-access-block --account-id ${account.slice(4)}`,
    ),
    // With an organisation S3 policy of either kind the account level cannot be changed (Organizations, S3 policies).
    lift: all(is(noOrganizationPolicy(context)), can("s3:PutAccountPublicAccessBlock", "*", account)),
  });
  const guard = open({
    name: "organisation S3 policy",
    kind,
    off: organization,
    lift: liftOrganizationPolicy(context.estate, account, "s3"),
  });
  return all(guard, own);
}

const noOrganizationPolicy = (context: FormulaContext): PropertyTruth =>
  organizationPolicyOff(
    context.estate,
    context.account,
    "s3",
    "org-s3-policy",
    () => true,
    "the S3 block of the account",
  );

function blocksAll(policy: OrganizationPolicy): boolean {
  const content = policy.content as
    { s3_attributes?: { public_access_block_configuration?: unknown } } | undefined;
  const setting = content?.s3_attributes?.public_access_block_configuration;
  const value =
    typeof setting === "object" && setting !== null && "@@assign" in setting ? setting["@@assign"] : setting;
  return value === "all";
}

export const rcp = (context: FormulaContext): Formula =>
  resourceEffectGuard(context, "s3:GetObject", objects(context.id), "s3");

export function guardOn(context: FormulaContext, flag: Flag): boolean {
  const account = context.account;
  const own = context.property(context.id, `publicAccessBlock.${flag}`)?.value === true;
  return (
    own ||
    (account !== undefined &&
      context.property(resourceId(account), `s3.publicAccessBlock.${flag}`)?.value === true)
  );
}

export const objects = (bucket: string): string => `${bucket}/*`;
const ownerMissing = (context: FormulaContext) =>
  missingFact(
    "account",
    context.id,
    `the account that owns bucket ${context.name}`,
    "aws s3api list-buckets",
  );
export const policyMissing = (context: FormulaContext): MissingFact =>
  missingFact(
    "resource-policy",
    context.id,
    `the policy of bucket ${context.name}`,
    `aws s3api get-bucket-policy --bucket ${context.name}`,
  );
