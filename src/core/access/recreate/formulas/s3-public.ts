import {
  evidenceAt,
  resourceId,
  type JsonValue,
  type OrganizationPolicy,
  type ResourceId,
} from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { isFalse, missingFact, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, canOrGrant, fact, is, open, type Formula } from "../formula.js";
import { liftOrganizationPolicy, organizationPolicyOff } from "../organization-guard.js";
import { declaresPublicPolicy, publicStatementsOf } from "../policy-weakness.js";
import { resourceEffectGuard } from "../effect-guard.js";
import type { WeaknessFormula } from "../weakness-formula.js";

type Flag = "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets";

/**
 * Rows 1, 1b and 1c of recreation.md 4: anyone reads or writes the bucket, by policy, by ACL or through an access
 * point. Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage" (four settings at three
 * levels, most restrictive wins; deleting a block needs the Put action), "Controlling ownership of objects" (ACLs are
 * off under BucketOwnerEnforced), "Managing public access to access points" (a point's block cannot be changed after
 * creation), AWS Organizations "Amazon S3 policy syntax" (an organisation policy forbids account-level changes).
 */
export const s3Public: WeaknessFormula = {
  name: "s3-public",
  weaknesses: ["s3.public"],
  kinds: ["s3:bucket"],
  weak: publicNow,
  contain(context) {
    // Containment may have been a block that leaves a public policy or ACL asleep: what has no effect now stays.
    const statements = publicStatements(context);
    const asleep = guardOn(context, "RestrictPublicBuckets");
    const acl =
      guardOn(context, "IgnorePublicAcls") ||
      context.property(context.id, "ownershipControls")?.value === "BucketOwnerEnforced";
    const points = accessPoints(context).flatMap((point) =>
      publicStatementsOf(context, point).map((item) => item.key),
    );
    return overlayOf({
      statements: [...(asleep ? [] : statements.map((item) => item.key)), ...(asleep ? [] : points)],
      properties: acl ? [] : [[context.id, "acl.publicGrants", []]],
    });
  },
  restore(context) {
    return any(viaPolicy(context), viaAcl(context), viaAccessPoint(context));
  },
  bypass(context) {
    return [
      { formula: can("s3:GetObject", objects(context.id)), verb: "may read its objects", counts: "outside" },
      {
        // Decision rule D5: a machine that may do everything with every bucket reaches the data whatever this one's
        // settings say. Rights on this bucket alone are its job.
        formula: all(
          can("s3:GetObject", objects(context.id)),
          can("s3:PutBucketPolicy", context.id),
          can("s3:ListAllMyBuckets", "*", context.account),
          can("s3:PutAccountPublicAccessBlock", "*", context.account),
        ),
        verb: "reads every bucket of the account",
        counts: "machines-too",
        overPrivileged: true,
      },
      {
        formula: all(
          can("s3:PutReplicationConfiguration", context.id),
          can("iam:PassRole", `arn:aws:iam::${context.account?.slice(4) ?? "*"}:role/*`),
        ),
        verb: "may replicate it elsewhere",
        counts: "outside",
      },
    ];
  },
  declares(definition) {
    const grants = definition.declares.get("acl.publicGrants");
    return declaresPublicPolicy(definition) || (Array.isArray(grants) && grants.length > 0);
  },
  elsewhere: () => [["s3:CreateBucket", "arn:aws:s3:::*"]],
  verbs: {
    "s3:PutBucketPolicy": "may change the bucket policy",
    "s3:PutBucketAcl": "may change the bucket ACL",
    "s3:PutObjectAcl": "may make its objects public",
    "s3:PutBucketPublicAccessBlock": "may lift the block on the bucket",
    "s3:PutAccountPublicAccessBlock": "may lift the block of the account",
    "s3:PutBucketOwnershipControls": "may switch ACLs on",
    "s3:CreateAccessPoint": "may create a public access point",
    "s3:PutAccessPointPolicy": "may change an access point's policy",
    "s3:GetObject": "may read its objects",
  },
};

/** Public by a statement or by the ACL, and no block of bucket or account is known to keep it from having effect. */
function publicNow(context: FormulaContext): PropertyTruth {
  const statements = guardOn(context, "RestrictPublicBuckets") ? [] : publicStatements(context);
  if (statements.length > 0) return publicTruth(context, true);
  const acl = context.property(context.id, "acl.publicGrants");
  const enforced = context.property(context.id, "ownershipControls")?.value === "BucketOwnerEnforced";
  const open = Array.isArray(acl?.value) && acl.value.length > 0;
  if (acl !== undefined && open && !enforced && !guardOn(context, "IgnorePublicAcls"))
    return fact(true, "the ACL names everyone", [evidenceAt(acl.origin, JSON.stringify(acl.value))]);
  const known = context.statements(context.id) !== undefined && acl !== undefined;
  return known
    ? fact(false, "policy or ACL lets anyone in")
    : fact("unknown", "policy or ACL lets anyone in", [], [policyMissing(context)]);
}

function viaPolicy(context: FormulaContext): Formula {
  const standing = publicStatements(context);
  const grant = any(
    is(publicTruth(context, standing.length > 0)),
    all(can("s3:PutBucketPolicy", context.id), block(context, "BlockPublicPolicy", "write")),
  );
  return all(grant, block(context, "RestrictPublicBuckets", "effect"), rcp(context));
}

function viaAcl(context: FormulaContext): Formula {
  const acl = context.truth(
    context.id,
    "acl.publicGrants",
    (value) => Array.isArray(value) && value.length > 0,
    "the ACL names everyone",
    `the ACL of bucket ${context.name}`,
    `aws s3api get-bucket-acl --bucket ${context.name}`,
  );
  const write = all(
    block(context, "BlockPublicAcls", "write"),
    any(onBucket(context, "s3:PutBucketAcl"), onBucket(context, "s3:PutObjectAcl", objects(context.id))),
  );
  return all(
    any(is(acl), write),
    block(context, "IgnorePublicAcls", "effect"),
    ownership(context),
    rcp(context),
  );
}

/** Under BucketOwnerEnforced ACLs have no effect and cannot be written; they sleep and are not gone. */
function ownership(context: FormulaContext): Formula {
  return open({
    name: "ACLs are disabled (BucketOwnerEnforced)",
    kind: "write",
    off: context.truth(
      context.id,
      "ownershipControls",
      (value) => value !== "BucketOwnerEnforced",
      "ACLs are enabled",
      `the ownership controls of bucket ${context.name}`,
      `aws s3api get-bucket-ownership-controls --bucket ${context.name}`,
    ),
    lift: onBucket(context, "s3:PutBucketOwnershipControls"),
  });
}

function viaAccessPoint(context: FormulaContext): Formula {
  const account = context.account?.slice(4) ?? "*";
  const points = `arn:aws:s3:${context.region ?? "*"}:${account}:accesspoint/*`;
  const write = block(context, "BlockPublicPolicy", "write");
  const existing = accessPoints(context).map((point) => viaPoint(context, point, write));
  const fresh = all(
    can("s3:CreateAccessPoint", points),
    can("s3:PutAccessPointPublicAccessBlock", "*", context.account),
    can("s3:PutAccessPointPolicy", points),
    write,
  );
  const delegated = any(is(delegates(context)), can("s3:PutBucketPolicy", context.id));
  const effect = block(context, "RestrictPublicBuckets", "effect");
  return all(any(...existing, fresh), delegated, effect, rcp(context));
}

/**
 * One access point. Its own block is fixed when it is made; `BlockPublicPolicy` at any level refuses new policies and
 * leaves a public one that stands; a point of VPC origin is never public (same page, "Access points").
 */
function viaPoint(context: FormulaContext, point: ResourceId, write: Formula): Formula {
  const name = point.slice(point.lastIndexOf("/") + 1);
  const collect = `aws s3control get-access-point --name ${name}`;
  const said = (property: string, holds: (value: JsonValue) => boolean, label: string): Formula =>
    is(context.truth(point, property, holds, label, `the settings of access point ${name}`, collect));
  const standing =
    context.statements(point) === undefined
      ? fact("unknown", `the policy of access point ${name} is public`, [], [pointMissing(point, name)])
      : fact(
          publicStatementsOf(context, point).length > 0,
          "access point policy is public",
          publicStatementsOf(context, point).map((item) => item.evidence),
        );
  return all(
    said(
      "networkOrigin",
      (value) => value === "Internet",
      `access point ${name} is reached from the internet`,
    ),
    said("publicAccessBlock.RestrictPublicBuckets", isFalse, `RestrictPublicBuckets is off on ${name}`),
    any(
      is(standing),
      all(
        can("s3:PutAccessPointPolicy", point),
        said("publicAccessBlock.BlockPublicPolicy", isFalse, `BlockPublicPolicy is off on ${name}`),
        write,
      ),
    ),
  );
}

function delegates(context: FormulaContext): PropertyTruth {
  const statements = context.statements(context.id);
  const label = "the bucket policy delegates to access points";
  if (statements === undefined) return fact("unknown", label, [], [policyMissing(context)]);
  const found = statements.find(
    (item) =>
      item.statement.effect === "Allow" &&
      item.statement.conditions.some((clause) => clause.key.toLowerCase() === "s3:dataaccesspointaccount"),
  );
  return fact(found !== undefined, label, found === undefined ? [] : [found.evidence]);
}

/**
 * A right on the bucket that its policy can give as well: naming an identity of the account is not public, therefore
 * `BlockPublicPolicy` does not refuse it (Amazon S3 User Guide, "The meaning of public").
 */
const onBucket = (context: FormulaContext, action: string, resource: string = context.id): Formula =>
  canOrGrant(action, resource, can("s3:PutBucketPolicy", context.id));

/** `open(F) = openAcct(F) ∧ (F off on the bucket ∨ can lift it there)`, recreation.md row 1. */
function block(context: FormulaContext, flag: Flag, kind: "write" | "effect"): Formula {
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
    lift: liftOrganizationPolicy(context.estate, account),
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

const rcp = (context: FormulaContext): Formula =>
  resourceEffectGuard(context, "s3:GetObject", objects(context.id), "s3");

const publicStatements = (context: FormulaContext): ReturnType<typeof publicStatementsOf> =>
  publicStatementsOf(context, context.id);

function publicTruth(context: FormulaContext, found: boolean): PropertyTruth {
  const evidence = publicStatements(context).map((item) => item.evidence);
  return fact(
    found,
    found ? "a public statement stands in the bucket policy" : "the public statement is gone",
    evidence,
  );
}

function guardOn(context: FormulaContext, flag: Flag): boolean {
  const account = context.account;
  const own = context.property(context.id, `publicAccessBlock.${flag}`)?.value === true;
  return (
    own ||
    (account !== undefined &&
      context.property(resourceId(account), `s3.publicAccessBlock.${flag}`)?.value === true)
  );
}

function accessPoints(context: FormulaContext): readonly ResourceId[] {
  return context
    .resourcesOf("s3:access-point")
    .filter((item) => item.properties.get("bucket")?.value === context.id)
    .map((item) => item.id);
}

const objects = (bucket: string): string => `${bucket}/*`;
const ownerMissing = (context: FormulaContext) =>
  missingFact(
    "account",
    context.id,
    `the account that owns bucket ${context.name}`,
    "aws s3api list-buckets",
  );
const policyMissing = (context: FormulaContext) =>
  missingFact(
    "resource-policy",
    context.id,
    `the policy of bucket ${context.name}`,
    `aws s3api get-bucket-policy --bucket ${context.name}`,
  );
const pointMissing = (point: ResourceId, name: string) =>
  missingFact(
    "resource-policy",
    point,
    `the policy of access point ${name}`,
    "aws s3control get-access-point-policy",
  );
