import type { JsonValue } from "../../core/estate/index.js";
import { isRecord, pick, textOf, textsOf } from "../drafting/index.js";
import { arnOf, type Attributes, type Declaration, type Declare } from "./attributes.js";

const cannedGrants: Readonly<Record<string, readonly string[]>> = {
  "public-read": ["AllUsers:READ"],
  "public-read-write": ["AllUsers:READ", "AllUsers:WRITE"],
  "authenticated-read": ["AuthenticatedUsers:READ"],
  private: [],
  "log-delivery-write": [],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
  "aws-exec-read": [],
};

const group = (uri: string | undefined): string | undefined =>
  /groups\/global\/(AllUsers|AuthenticatedUsers)$/.exec(uri ?? "")?.[1];

const bucketArn = (attributes: Attributes, name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  return name.startsWith("arn:") ? name : `arn:${attributes.home.partition}:s3:::${name}`;
};

function block(attributes: Attributes | undefined, prefix: string): Record<string, JsonValue | undefined> {
  if (attributes === undefined) return {};
  // The provider's default of each flag is false.
  return {
    [`${prefix}BlockPublicAcls`]: attributes.flag("block_public_acls") ?? false,
    [`${prefix}IgnorePublicAcls`]: attributes.flag("ignore_public_acls") ?? false,
    [`${prefix}BlockPublicPolicy`]: attributes.flag("block_public_policy") ?? false,
    [`${prefix}RestrictPublicBuckets`]: attributes.flag("restrict_public_buckets") ?? false,
  };
}

/** Public grants of `grant` blocks, each with one `uri` and a list of permissions. */
function grantsOf(items: readonly unknown[]): readonly string[] {
  const found = items.flatMap((item) => {
    if (!isRecord(item)) return [];
    const grantee = Array.isArray(item["grantee"])
      ? (item["grantee"] as unknown[]).find(isRecord)
      : undefined;
    const name = group(textOf(pick(grantee ?? item, "uri")));
    const permission = textOf(item["permission"]);
    const permissions = permission === undefined ? textsOf(item["permissions"]) : [permission];
    return name === undefined ? [] : permissions.map((text) => `${name}:${text}`);
  });
  return [...new Set(found)].sort();
}

function aclGrants(attributes: Attributes): readonly string[] | undefined {
  const canned = attributes.text("acl");
  if (canned !== undefined && canned in cannedGrants) return cannedGrants[canned];
  const grants = attributes.list("grant");
  const policy = attributes.block("access_control_policy");
  if (grants.length > 0) return grantsOf(grants);
  return policy === undefined ? undefined : grantsOf(policy.list("grant"));
}

const bucket: Declare = (a) => ({
  target: a.text("arn") ?? bucketArn(a, a.text("bucket") ?? a.text("id")),
  declares: { policy: a.policy("policy"), "acl.publicGrants": aclGrants(a) },
});

const onBucket =
  (declares: (a: Attributes) => Declaration["declares"]): Declare =>
  (a) => ({ target: bucketArn(a, a.text("bucket")), declares: declares(a) });

const publicSnapshot = (a: Attributes): boolean | undefined =>
  a.has("shared_accounts") ? a.texts("shared_accounts").includes("all") : undefined;

export const storageDeclarations: Readonly<Record<string, Declare>> = {
  aws_s3_bucket: bucket,
  aws_s3_bucket_policy: onBucket((a) => ({ policy: a.policy("policy") })),
  aws_s3_bucket_acl: onBucket((a) => ({ "acl.publicGrants": aclGrants(a) })),
  aws_s3_bucket_public_access_block: onBucket((a) => block(a, "publicAccessBlock.")),
  aws_s3_bucket_ownership_controls: onBucket((a) => ({
    ownershipControls: a.block("rule")?.text("object_ownership"),
  })),
  aws_s3_account_public_access_block: (a) => {
    const account = a.text("account_id") ?? a.text("id") ?? a.home.account;
    return {
      target: account === undefined ? undefined : `aws:${account}`,
      declares: block(a, "s3.publicAccessBlock."),
    };
  },
  aws_s3_access_point: (a) => ({
    target: a.text("arn"),
    declares: {
      bucket: bucketArn(a, a.text("bucket")),
      networkOrigin: a.text("network_origin"),
      policy: a.policy("policy"),
      ...block(a.block("public_access_block_configuration"), "publicAccessBlock."),
    },
  }),
  aws_s3control_access_point_policy: (a) => ({
    target: a.text("access_point_arn"),
    declares: { policy: a.policy("policy") },
  }),
  aws_ebs_snapshot: (a) => ({ target: a.text("arn"), declares: { encrypted: a.flag("encrypted") } }),
  aws_ebs_snapshot_block_public_access: (a) => regional(a, "ec2.snapshotBlockPublicAccess", a.text("state")),
  aws_ec2_image_block_public_access: (a) => regional(a, "ec2.imageBlockPublicAccess", a.text("state")),
  aws_ami_launch_permission: (a) => {
    const image = a.text("image_id");
    const region = a.home.region;
    return {
      target:
        image === undefined || region === undefined
          ? image
          : `arn:${a.home.partition}:ec2:${region}::image/${image}`,
      declares: { public: a.text("group") === "all" ? true : undefined },
    };
  },
  aws_db_instance: (a) => ({
    target:
      a.text("arn") ??
      (a.text("identifier") === undefined
        ? undefined
        : arnOf(a.home, "rds", `db:${a.text("identifier") ?? ""}`)),
    declares: {
      publiclyAccessible: a.flag("publicly_accessible"),
      securityGroups: a.has("vpc_security_group_ids") ? a.texts("vpc_security_group_ids") : undefined,
    },
  }),
  aws_rds_cluster_instance: (a) => ({
    target: a.text("arn"),
    declares: { publiclyAccessible: a.flag("publicly_accessible") },
  }),
  aws_db_snapshot: (a) => ({
    target: a.text("db_snapshot_arn"),
    declares: {
      public: publicSnapshot(a),
      encrypted: a.flag("encrypted"),
      snapshotType: a.text("snapshot_type"),
    },
  }),
  aws_db_snapshot_copy: (a) => ({
    target: a.text("db_snapshot_arn"),
    declares: {
      public: publicSnapshot(a),
      encrypted: a.flag("encrypted"),
      snapshotType: a.text("snapshot_type"),
    },
  }),
  aws_db_cluster_snapshot: (a) => ({
    target: a.text("db_cluster_snapshot_arn"),
    declares: {
      public: publicSnapshot(a),
      encrypted: a.flag("storage_encrypted"),
      snapshotType: a.text("snapshot_type"),
    },
  }),
  azurerm_storage_account: (a) => ({
    target: a.text("id")?.toLowerCase(),
    declares: {
      // The provider renamed the attribute in version 3.
      allowBlobPublicAccess: a.flag("allow_nested_items_to_be_public") ?? a.flag("allow_blob_public_access"),
      allowSharedKeyAccess: a.flag("shared_access_key_enabled"),
      publicNetworkAccess: a.flag("public_network_access_enabled"),
    },
  }),
  azurerm_key_vault: (a) => {
    const rbac = a.flag("rbac_authorization_enabled") ?? a.flag("enable_rbac_authorization");
    return {
      target: a.text("id")?.toLowerCase(),
      declares: {
        permissionModel: rbac === undefined ? undefined : rbac ? "rbac" : "access-policy",
        publicNetworkAccess: a.flag("public_network_access_enabled"),
      },
    };
  },
};

/** A setting of an account in one Region. */
export function regional(a: Attributes, property: string, value: JsonValue | undefined): Declaration {
  const { account } = a.home;
  const region = a.text("region") ?? a.home.region;
  return {
    target: account === undefined ? undefined : `aws:${account}`,
    declares: region === undefined ? {} : { [`${property}.${region}`]: value },
  };
}
