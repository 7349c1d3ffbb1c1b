import { evidenceAt } from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, open, type Formula } from "../formula.js";
import { declaresPublicPolicy, publicStatementsOf } from "../policy-weakness.js";
import type { WeaknessFormula } from "../weakness-formula.js";
import { accessPoints, viaAccessPoint } from "./s3-access-point.js";
import { block, guardOn, objects, onBucket, policyMissing, rcp } from "./s3-guards.js";

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
      { formula: reads(context), verb: "may read its objects", counts: "outside" },
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
    "s3:CreateMultiRegionAccessPoint": "may create a public access point",
    "s3:PutMultiRegionAccessPointPolicy": "may change an access point's policy",
    "s3:PutAccessPointPolicy": "may change an access point's policy",
    "s3:GetObject": "may read its objects",
  },
};

/**
 * While a public statement sleeps under `RestrictPublicBuckets`, the policy lets in nobody of another account, whoever
 * it names: only services and identities of the owner ("Blocking public access to your Amazon S3 storage").
 */
function reads(context: FormulaContext): Formula {
  const { account } = context;
  const right = can("s3:GetObject", objects(context.id));
  if (account === undefined) return right;
  const asleep = publicStatements(context).length > 0;
  const narrow = fact(!asleep, "no public statement stands in the bucket policy");
  const restrict = block(context, "RestrictPublicBuckets", "effect");
  return any(can("s3:GetObject", objects(context.id), account), all(right, any(is(narrow), restrict)));
}

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
    any(is(acl), is(objectAcls(context)), write),
    block(context, "IgnorePublicAcls", "effect"),
    ownership(context),
    rcp(context),
  );
}

/** Each object has an ACL of its own (row 1b): one that names everyone sleeps under `IgnorePublicAcls` and wakes with it. */
const objectAcls = (context: FormulaContext): PropertyTruth =>
  context.truth(
    context.id,
    "acl.publicObjects",
    (value) => value === true,
    "an object ACL names everyone",
    `the ACLs of the objects of bucket ${context.name}`,
    "state `acl.publicObjects` of the bucket in a remit.estate/1 document, or disable its ACLs (BucketOwnerEnforced)",
  );

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
