import type { JsonValue, ResourceId } from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { isFalse, missingFact, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, type Formula } from "../formula.js";
import { publicStatementsOf } from "../policy-weakness.js";
import { block, policyMissing, rcp } from "./s3-guards.js";

/**
 * Row 1c of recreation.md 4: anyone reads the bucket through an access point. Sources: Amazon S3 User Guide, "Managing
 * public access to access points for general purpose buckets" and "Blocking public access with Amazon S3 Multi-Region
 * Access Points" (the block of a point is set when it is made and never changes; the most restrictive of point, bucket
 * and accounts applies); service authorization reference of S3, `PutAccessPointPublicAccessBlock`: the right to give a
 * point a block of one's own while creating it, without which all four settings are on.
 */
export function viaAccessPoint(context: FormulaContext): Formula {
  const write = block(context, "BlockPublicPolicy", "write");
  const existing = accessPoints(context).map((point) => viaPoint(context, point, write));
  const delegated = any(is(delegates(context)), can("s3:PutBucketPolicy", context.id));
  const own = all(any(...existing, is(unlisted(context)), fresh(context, write)), delegated);
  const effect = block(context, "RestrictPublicBuckets", "effect");
  return all(any(own, ofAnotherAccount(context)), effect, rcp(context));
}

/** A point that does not exist yet, in the Region of the bucket or for several Regions. */
function fresh(context: FormulaContext, write: Formula): Formula {
  const account = context.account?.slice(4) ?? "*";
  const points = `arn:aws:s3:${context.region ?? "*"}:${account}:accesspoint/*`;
  const global = `arn:aws:s3::${account}:accesspoint/*`;
  const ownBlock = can("s3:PutAccessPointPublicAccessBlock", "*", context.account);
  return any(
    all(can("s3:CreateAccessPoint", points), ownBlock, can("s3:PutAccessPointPolicy", points), write),
    all(
      can("s3:CreateMultiRegionAccessPoint", global),
      // The reference speaks of access points; of those for several Regions it does not say so.
      any(ownBlock, is(multiRegionBlock(context))),
      can("s3:PutMultiRegionAccessPointPolicy", global),
      write,
    ),
  );
}

const multiRegionBlock = (context: FormulaContext): PropertyTruth =>
  unknown("a Multi-Region Access Point is made without its block", "multi-region-block", context, {
    asked:
      "whether a Multi-Region Access Point can be made public without s3:PutAccessPointPublicAccessBlock",
    collect: "take away s3:CreateMultiRegionAccessPoint: then nobody has to know",
  });

/** Points that no document lists: one of them may stand open, or be opened by whoever writes its policy. */
function unlisted(context: FormulaContext): PropertyTruth {
  const { account, estate, name } = context;
  const label = "the bucket has an access point that nobody listed";
  if (account !== undefined && estate.covers("inventory", `${account}/s3:access-point`))
    return fact(false, label);
  return unknown(label, "access-points", context, {
    asked: `the access points of bucket ${name}`,
    collect: `aws s3control list-access-points --bucket ${name} (then get-access-point and get-access-point-policy), and state coverage \`inventory\` of \`${account ?? "ACCOUNT"}/s3:access-point\``,
  });
}

/**
 * Delegation to another account, which then makes points of its own: `BlockPublicPolicy` of the bucket refuses public
 * policies of points of the same account only ("Blocking public access to your Amazon S3 storage", BlockPublicPolicy).
 */
function ofAnotherAccount(context: FormulaContext): Formula {
  const opens = unknown("an access point of another account opens the bucket", "foreign-points", context, {
    asked: `whether an access point of another account opens bucket ${context.name}`,
    collect: "set RestrictPublicBuckets on the bucket: then nobody has to know",
  });
  return all(any(is(delegatesAbroad(context)), can("s3:PutBucketPolicy", context.id)), is(opens));
}

function unknown(
  label: string,
  topic: string,
  { id }: FormulaContext,
  { asked, collect }: { readonly asked: string; readonly collect: string },
): PropertyTruth {
  return fact("unknown", label, [], [missingFact(topic, id, asked, collect)]);
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

const delegates = (context: FormulaContext): PropertyTruth =>
  delegation(context, "the bucket policy delegates to access points", () => true);

const delegatesAbroad = (context: FormulaContext): PropertyTruth =>
  delegation(
    context,
    "the bucket policy delegates to access points of another account",
    (value) => value !== context.account?.slice(4),
  );

function delegation(context: FormulaContext, label: string, to: (account: string) => boolean): PropertyTruth {
  const statements = context.statements(context.id);
  if (statements === undefined) return fact("unknown", label, [], [policyMissing(context)]);
  const found = statements.find(
    (item) =>
      item.statement.effect === "Allow" &&
      item.statement.conditions.some(
        (clause) => clause.key.toLowerCase() === "s3:dataaccesspointaccount" && clause.values.some(to),
      ),
  );
  return fact(found !== undefined, label, found === undefined ? [] : [found.evidence]);
}

export function accessPoints(context: FormulaContext): readonly ResourceId[] {
  return context
    .resourcesOf("s3:access-point")
    .filter((item) => item.properties.get("bucket")?.value === context.id)
    .map((item) => item.id);
}

const pointMissing = (point: ResourceId, name: string) =>
  missingFact(
    "resource-policy",
    point,
    `the policy of access point ${name}`,
    "aws s3control get-access-point-policy",
  );
