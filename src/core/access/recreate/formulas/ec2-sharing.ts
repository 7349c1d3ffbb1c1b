import { isTrue, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, is, type Formula } from "../formula.js";
import { accountGuard, type AccountGuard } from "../guards.js";
import { declares } from "../policy-weakness.js";
import { weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";
import { encrypted } from "./rds.js";

/**
 * Row 4: a public EBS snapshot, Region by Region. Sources: Amazon EBS User Guide, "Block public access for snapshots"
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html):
 * block-all-sharing hides public snapshots, block-new-sharing leaves them; lowering the first to the second re-exposes
 * old ones with no other call. "Share an Amazon EBS snapshot": encrypted snapshots cannot be public.
 */
export const ec2PublicSnapshot: WeaknessFormula = {
  name: "ec2-public-snapshot",
  weaknesses: ["ec2.public-snapshot"],
  kinds: ["ec2:snapshot"],
  weak: publicNow,
  contain(context) {
    // Under block-all-sharing the attribute sleeps; containment by that switch leaves it in place.
    return stateOf(context) === "block-all-sharing"
      ? {}
      : overlayOf({ properties: [[context.id, "public", false]] });
  },
  restore: (context) =>
    all(
      any(
        is(publicNow(context)),
        all(can("ec2:ModifySnapshotAttribute", context.id), snapshotBlock(context, "write")),
      ),
      snapshotBlock(context, "effect"),
      is(unencrypted(context)),
    ),
  immutable: (context) => encrypted(context, "an encrypted snapshot cannot be made public"),
  bypass: () => [],
  declares: (definition) => declares(definition, "public", true),
  elsewhere: (context) => [["ec2:CreateSnapshot", `arn:aws:ec2:${context.region ?? "*"}::snapshot/*`]],
  verbs: {
    "ec2:ModifySnapshotAttribute": "may share the snapshot",
    "ec2:DisableSnapshotBlockPublicAccess": "may lift the block of the Region",
    "ec2:EnableSnapshotBlockPublicAccess": "may lower the block of the Region",
  },
};

const stateOf = (context: FormulaContext): unknown =>
  context.account === undefined || context.region === undefined
    ? undefined
    : context.property(
        context.account as unknown as typeof context.id,
        `ec2.snapshotBlockPublicAccess.${context.region}`,
      )?.value;

function publicNow(context: FormulaContext) {
  return context.truth(
    context.id,
    "public",
    isTrue,
    "it is shared with everyone",
    `whether ${context.name} is shared with everyone`,
    "aws ec2 describe-snapshot-attribute --attribute createVolumePermission",
  );
}

const unencrypted = (context: FormulaContext) =>
  context.truth(
    context.id,
    "encrypted",
    (value) => value === false,
    "it is not encrypted",
    `whether ${context.name} is encrypted`,
    "aws ec2 describe-snapshots",
  );

function snapshotBlock(context: FormulaContext, kind: AccountGuard["kind"]): Formula {
  const disable = can("ec2:DisableSnapshotBlockPublicAccess", "*", context.account);
  const lower = can("ec2:EnableSnapshotBlockPublicAccess", "*", context.account);
  return accountGuard(context, {
    name:
      kind === "write"
        ? "snapshot block public access (new sharing)"
        : "snapshot block public access (all sharing)",
    kind,
    property: "ec2.snapshotBlockPublicAccess",
    isOff: (value) => value === "unblocked" || (kind === "effect" && value === "block-new-sharing"),
    lift: kind === "write" ? disable : any(disable, lower),
    collect: "aws ec2 get-snapshot-block-public-access-state",
    declarative: "snapshot_block_public_access",
  });
}

/**
 * Row 4b: a public machine image. Source: Amazon EC2 User Guide, "Block public access to your AMIs"
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html): it stops new sharing only; images with an encrypted snapshot cannot be public.
 */
export const ec2PublicImage: WeaknessFormula = {
  name: "ec2-public-image",
  weaknesses: ["ec2.public-image"],
  kinds: ["ec2:image"],
  weak: (context) => weakProperty(context, "public", isTrue, "it is shared with everyone"),
  contain: (context) => overlayOf({ properties: [[context.id, "public", false]] }),
  restore: (context) =>
    all(
      can("ec2:ModifyImageAttribute", context.id),
      accountGuard(context, {
        name: "image block public access",
        kind: "write",
        property: "ec2.imageBlockPublicAccess",
        isOff: (value) => value === "unblocked",
        lift: can("ec2:DisableImageBlockPublicAccess", "*", context.account),
        collect: "aws ec2 get-image-block-public-access-state",
        declarative: "image_block_public_access",
      }),
      is(unencrypted(context)),
    ),
  immutable: (context) => encrypted(context, "an image with an encrypted snapshot cannot be made public"),
  bypass: () => [],
  declares: (definition) => declares(definition, "public", true),
  elsewhere: (context) => [["ec2:CreateImage", `arn:aws:ec2:${context.region ?? "*"}::image/*`]],
  verbs: {
    "ec2:ModifyImageAttribute": "may share the image",
    "ec2:DisableImageBlockPublicAccess": "may lift the block of the Region",
  },
};
