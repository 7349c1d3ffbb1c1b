import { accountId, resourceId, type ResourceId } from "../../../estate/index.js";
import { isFalse, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, open, type Formula } from "../formula.js";
import { organizationPolicyOff } from "../organization-guard.js";
import type { WeaknessFormula } from "../weakness-formula.js";

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/**
 * The guard rail itself is off: nothing is public by that, but nothing keeps it from becoming so. Source: Amazon S3
 * User Guide, "Blocking public access to your Amazon S3 storage": the most restrictive of bucket and account applies,
 * taking a block away needs the Put action. The block of an access point is fixed when it is made, and is not asked here. AWS Organizations,
 * "Amazon S3 policies": with an organisation policy the account's own setting cannot be changed.
 */
export const s3PublicAccessBlock: WeaknessFormula = {
  name: "s3-public-access-block",
  weaknesses: ["s3.public-access-block-off"],
  kinds: ["s3:bucket", "aws:account"],
  weak: (context) => {
    const place = placeOf(context);
    const states = flags.map((flag) => context.property(place.id, `${place.prefix}${flag}`)?.value);
    const label = `the public access block of ${context.name} is not whole`;
    if (states.includes(false)) {
      const off = flags[states.indexOf(false)] ?? "";
      return context.truth(place.id, `${place.prefix}${off}`, isFalse, label, place.asked, place.collect);
    }
    return fact(states.every((state) => state === true) ? false : "unknown", label);
  },
  contain: (context) => {
    const { id, prefix } = placeOf(context);
    return overlayOf({ properties: flags.map((flag) => [id, `${prefix}${flag}`, true] as const) });
  },
  restore: (context) =>
    isAccount(context)
      ? liftOfAccount(context)
      : all(can("s3:PutBucketPublicAccessBlock", context.id), accountBlockOff(context)),
  bypass: () => [],
  declares: (definition) =>
    flags.some((flag) => definition.declares.get(`publicAccessBlock.${flag}`) === false),
  elsewhere: () => [],
  verbs: {
    "s3:PutBucketPublicAccessBlock": "may lift the block on the bucket",
    "s3:PutAccountPublicAccessBlock": "may lift the block of the account",
  },
};

const isAccount = (context: FormulaContext): boolean =>
  context.resource?.kind === "aws:account" || context.id.startsWith("aws:");

interface Place {
  readonly id: ResourceId;
  readonly prefix: string;
  readonly asked: string;
  readonly collect: string;
}

function placeOf(context: FormulaContext): Place {
  const { id, name } = context;
  return isAccount(context)
    ? accountPlace(context)
    : {
        id,
        prefix: "publicAccessBlock.",
        asked: `public access block of bucket ${name}`,
        collect: `aws s3api get-public-access-block --bucket ${name}`,
      };
}

function accountPlace(context: FormulaContext): Place {
  const account = context.account ?? accountId(context.id);
  const known = context.estate.account(account);
  return {
    id: resourceId(account),
    prefix: "s3.publicAccessBlock.",
    asked: `public access block of account ${known?.name ?? account}`,
    collect: `aws s3control get-public-access-block --account-id ${account.replace(/^aws:/, "")}`,
  };
}

const liftOfAccount = (context: FormulaContext): Formula =>
  all(
    is(
      organizationPolicyOff(
        context.estate,
        context.account,
        "s3",
        "org-s3-policy",
        () => true,
        "the S3 block of the account",
      ),
    ),
    can("s3:PutAccountPublicAccessBlock", "*", context.account),
  );

/** While the account's block holds, that of the bucket changes nothing: it has to be off, flag by flag, or be lifted. */
function accountBlockOff(context: FormulaContext): Formula {
  const { id, prefix, asked, collect } = accountPlace(context);
  return any(
    ...flags.map((flag) =>
      open({
        name: `${flag} on the account`,
        kind: "effect",
        off: context.truth(id, `${prefix}${flag}`, isFalse, `${flag} is off on the account`, asked, collect),
        lift: liftOfAccount(context),
      }),
    ),
  );
}
