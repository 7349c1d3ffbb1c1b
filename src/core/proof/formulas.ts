/**
 * What has to be true so that a weakness is back, as data: `all` and `any` over leaves. The check keeps its own copy of
 * recreation.md 4, so that an engine which forgets a conjunct is found out.
 *
 * Leaves (`R`: the resource of the exposure, `~`: any resource that the weakness names, `*`: the account):
 * `can ACTION [R|R/*|~|*]`  the actor of the path may do it;
 * `set NAME=VALUE[|VALUE]`  the resource has this setting; `account …` and `region …`: the account, in this Region;
 * `public`                  a public statement stands after containment;
 * `delegates [abroad]`      the bucket's policy leaves the decision to access points (of another account);
 * `not-listed THING`        no document lists these things, one of which would do; known to be none where one does;
 * `no-rcp ACTION`           no resource control policy keeps strangers from it;
 * `no-organization-policy TYPE [NAME]`  none sets the thing;
 * `lift-organization-policy` the actor may lift such a policy, or take the account out;
 * `secret-alive`            a credential that the path cites is active where a document lists it;
 * `reaches`                 the actor has some right over something: what the flaw, file or login hands out is used;
 * `is-root`                 it is the root user of the account itself;
 * `administers`             the actor has every right in its account, or may give itself every right.
 */
export type Formula = string | { readonly all: readonly Formula[] } | { readonly any: readonly Formula[] };

const all = (...parts: readonly Formula[]): Formula => ({ all: parts });
const any = (...parts: readonly Formula[]): Formula => ({ any: parts });

export interface WeaknessRule {
  readonly restore: Formula;
  /** Ways around containment: any one of them. */
  readonly bypass: readonly Formula[];
  /** What containment takes away beside the setting itself (recreation.md 2). */
  readonly contains: "public-statements" | "trust" | "setting" | "credential" | "nothing";
}

const lifted = (type: string, name = ""): Formula =>
  any(`no-organization-policy ${type}${name === "" ? "" : ` ${name}`}`, "lift-organization-policy");

/** No resource control policy takes the effect away, or the actor lifts it. */
const effective = (action: string): Formula => any(`no-rcp ${action}`, "lift-organization-policy");

/** `open(F)` of recreation.md row 1: off on bucket and account, or lifted by the actor. */
const blockOff = (flag: string): Formula =>
  all(
    lifted("s3", "all"),
    any(
      `account s3.publicAccessBlock.${flag}=false`,
      all("no-organization-policy s3", "can s3:PutAccountPublicAccessBlock *"),
    ),
    any(`set publicAccessBlock.${flag}=false`, "can s3:PutBucketPublicAccessBlock"),
  );

const aclsOn = any(
  "set ownershipControls=ObjectWriter|BucketOwnerPreferred",
  "can s3:PutBucketOwnershipControls",
);

/** A switch of the account in one Region, which a declarative policy may pin. */
const regionOff = (property: string, values: string, pinned: string, ...lifts: readonly string[]): Formula =>
  any(
    `region ${property}=${values}`,
    all(any(...lifts.map((lift) => `can ${lift} *`)), lifted("declarative-ec2", pinned)),
  );

const existingPoint = all(
  "said networkOrigin",
  any("not-listed public-point", all("can s3:PutAccessPointPolicy ~", blockOff("BlockPublicPolicy"))),
);

const newPoint = any(
  all(
    "can s3:CreateAccessPoint ~",
    "can s3:PutAccessPointPublicAccessBlock *",
    "can s3:PutAccessPointPolicy ~",
    blockOff("BlockPublicPolicy"),
  ),
  all(
    "can s3:CreateMultiRegionAccessPoint ~",
    any("can s3:PutAccessPointPublicAccessBlock *", "not-listed multi-region-block"),
    "can s3:PutMultiRegionAccessPointPolicy ~",
    blockOff("BlockPublicPolicy"),
  ),
);

const publicBucket = any(
  all(
    any("public", all("can s3:PutBucketPolicy", blockOff("BlockPublicPolicy"))),
    blockOff("RestrictPublicBuckets"),
    effective("s3:GetObject"),
  ),
  all(
    any(
      "set acl.publicGrants=some",
      "set acl.publicObjects=true",
      all(blockOff("BlockPublicAcls"), any("can s3:PutBucketAcl", "can s3:PutObjectAcl R/*")),
    ),
    blockOff("IgnorePublicAcls"),
    aclsOn,
    effective("s3:GetObject"),
  ),
  all(
    any(
      all(
        any(existingPoint, "not-listed access-points", newPoint),
        any("delegates", "can s3:PutBucketPolicy"),
      ),
      all(any("delegates abroad", "can s3:PutBucketPolicy"), "not-listed foreign-points"),
    ),
    blockOff("RestrictPublicBuckets"),
    effective("s3:GetObject"),
  ),
);

const reachesEveryBucket = all(
  "can s3:GetObject R/*",
  "can s3:PutBucketPolicy",
  "can s3:ListAllMyBuckets *",
  "can s3:PutAccountPublicAccessBlock *",
);

const trustWriters = any(
  "can iam:UpdateAssumeRolePolicy",
  all("can iam:DeleteRole", "can iam:CreateRole", any("can iam:AttachRolePolicy", "can iam:PutRolePolicy")),
);

const identityCenter = any(
  "can sso:CreateAccountAssignment *",
  all(
    any("can sso:PutInlinePolicyToPermissionSet *", "can sso:AttachManagedPolicyToPermissionSet *"),
    "can sso:ProvisionPermissionSet *",
  ),
);

const policyWriters = any(
  ...["Role", "User", "Group"].flatMap((noun) => [
    `can iam:Attach${noun}Policy ~`,
    `can iam:Put${noun}Policy ~`,
  ]),
  ..."CreatePolicyVersion SetDefaultPolicyVersion AddUserToGroup"
    .split(" ")
    .map((name) => `can iam:${name} ~`),
);

const newOrOldKey = any(
  "can iam:UpdateAccessKey ~",
  all("can iam:CreateAccessKey ~", any("room-for-a-key", "can iam:DeleteAccessKey ~")),
);
const passwords: readonly Formula[] = ["can iam:CreateLoginProfile ~", "can iam:UpdateLoginProfile ~"];
const key: WeaknessRule = { restore: newOrOldKey, bypass: passwords, contains: "credential" };
const policy = (restore: Formula, bypass: readonly Formula[] = []): WeaknessRule => ({
  restore,
  bypass,
  contains: "public-statements",
});
const setting = (restore: Formula, bypass: readonly Formula[] = []): WeaknessRule => ({
  restore,
  bypass,
  contains: "setting",
});

const storage = "Microsoft.Storage/storageAccounts";
const vault = "Microsoft.KeyVault/vaults";

/** No Azure Policy denies the change, or the actor takes it off. */
const azureAllows = any(
  "set denyPolicy=false",
  ...["policyAssignments/write", "policyAssignments/delete", "policyExemptions/write"].map(
    (name) => `can Microsoft.Authorization/${name}`,
  ),
);
const storageWriter = all(`can ${storage}/write`, azureAllows);
/** Whoever lists the keys of an account signs tokens with them, unless the account refuses shared keys. */
const signsTokens = all(
  `can ${storage}/listKeys/action`,
  any("set allowSharedKeyAccess=true", storageWriter),
);

const secretWriters = any(
  "can lambda:UpdateFunctionConfiguration",
  all(
    "can ecs:RegisterTaskDefinition *",
    any("can ecs:UpdateService *", "can ecs:RunTask"),
    "can iam:PassRole ~",
  ),
  all("can ec2:StopInstances", "can ec2:ModifyInstanceAttribute"),
);
/** The value that was handed out still opens something, and the actor can read it there. */
const secretRead = all(
  "secret-alive",
  any(
    "can lambda:GetFunctionConfiguration",
    "can ecs:DescribeTaskDefinition *",
    "can ec2:DescribeInstanceAttribute",
  ),
);

const snapshotBlock = (values: string, ...lifts: readonly string[]): Formula =>
  regionOff("ec2.snapshotBlockPublicAccess", values, "snapshot_block_public_access", ...lifts);

export const weaknessRules: Readonly<Record<string, WeaknessRule>> = {
  "s3.public": policy(publicBucket, [
    "can s3:GetObject R/*",
    reachesEveryBucket,
    all("can s3:PutReplicationConfiguration", "can iam:PassRole ~"),
  ]),
  "kms.open-key": policy(all("can kms:PutKeyPolicy", effective("kms:Decrypt")), ["can kms:CreateGrant"]),
  "sqs.public": policy(all("can sqs:SetQueueAttributes", effective("sqs:ReceiveMessage"))),
  "sns.public": policy("can sns:SetTopicAttributes"),
  "ecr.open-repository": policy(all("can ecr:SetRepositoryPolicy", effective("ecr:BatchGetImage"))),
  "lambda.public": policy(any("can lambda:AddPermission", "can lambda:PutResourcePolicy")),
  "ec2.imdsv1": setting(
    all(
      "can ec2:ModifyInstanceMetadataOptions",
      regionOff(
        "ec2.httpTokensEnforced",
        "false",
        "instance_metadata_defaults",
        "ec2:ModifyInstanceMetadataDefaults",
      ),
    ),
  ),
  "ec2.public-snapshot": setting(
    all(
      "can ec2:ModifySnapshotAttribute",
      snapshotBlock("unblocked", "ec2:DisableSnapshotBlockPublicAccess"),
      snapshotBlock(
        "unblocked|block-new-sharing",
        "ec2:DisableSnapshotBlockPublicAccess",
        "ec2:EnableSnapshotBlockPublicAccess",
      ),
      "set encrypted=false",
    ),
  ),
  "ec2.public-image": setting(
    all(
      "can ec2:ModifyImageAttribute",
      regionOff(
        "ec2.imageBlockPublicAccess",
        "unblocked",
        "image_block_public_access",
        "ec2:DisableImageBlockPublicAccess",
      ),
      "set encrypted=false",
    ),
  ),
  "rds.public-snapshot": setting(
    all(
      any("can rds:ModifyDBSnapshotAttribute", "can rds:ModifyDBClusterSnapshotAttribute"),
      "set encrypted=false",
      any("set snapshotType=manual", "can rds:CopyDBSnapshot", "can rds:CopyDBClusterSnapshot"),
    ),
    ["can rds:StartExportTask *"],
  ),
  "rds.public-instance": setting(
    all(
      "can rds:ModifyDBInstance",
      any("set publicSubnets=true", "can ec2:CreateRoute ~", "can ec2:ReplaceRoute ~"),
      any("said ingress", "can ec2:AuthorizeSecurityGroupIngress ~", "can ec2:ModifySecurityGroupRules ~"),
    ),
  ),
  "ec2.open-ingress": setting(
    all(
      any(
        "can ec2:AuthorizeSecurityGroupIngress ~",
        "can ec2:ModifySecurityGroupRules ~",
        "can ec2:ModifyManagedPrefixList ~",
      ),
      any(
        "said internetReachable",
        "can ec2:AssociateAddress ~",
        "can ec2:CreateRoute ~",
        "can ec2:ReplaceRoute ~",
      ),
    ),
    [any("can ec2:ModifyInstanceAttribute ~", "can ec2:ModifyNetworkInterfaceAttribute ~")],
  ),
  "iam.key.exposed": key,
  "iam.key.stale": key,
  "iam.trust.broad": {
    restore: any(all(trustWriters, effective("sts:AssumeRole")), identityCenter),
    bypass: [],
    contains: "trust",
  },
  "oidc.trust.broad": {
    restore: any(
      trustWriters,
      identityCenter,
      "can iam:AddClientIDToOpenIDConnectProvider",
      "can iam:CreateOpenIDConnectProvider",
    ),
    bypass: [],
    contains: "trust",
  },
  "iam.admin-policy": { restore: any(policyWriters, identityCenter), bypass: [], contains: "nothing" },
  "iam.privilege-escalation": {
    restore: any(policyWriters, identityCenter),
    bypass: [],
    contains: "nothing",
  },
  ...Object.fromEntries(
    [
      ...["edge.ssrf", "vulnerability.component", "web.dotenv", "secret.exposed", "secret.in-code"],
      ...["ci.untrusted-step", "vendor.compromised", "oauth.app.exposed", "saas.weak-login"],
    ].map((weakness): readonly [string, WeaknessRule] => [
      weakness,
      { restore: "reaches", bypass: ["reaches"], contains: "credential" },
    ]),
  ),
  // Containment switches the vault to the role model: its writer has to switch it back first.
  "vault.access-policy": setting(
    all(any(`can ${vault}/write`, `can ${vault}/accessPolicies/write`), `can ${vault}/write`, azureAllows),
    ["can Microsoft.Authorization/roleAssignments/write"],
  ),
  "azure.vault.public-network": setting(`can ${vault}/write`),
  // Containment closes the account and its containers: both have to be open again.
  "azure.public-blob": setting(
    all(
      any(`can ${storage}/blobServices/containers/write`, signsTokens),
      storageWriter,
      any("set publicNetworkAccess=true", `can ${storage}/write`),
    ),
    [signsTokens],
  ),
  "storage.sas.exposed": { restore: signsTokens, bypass: [], contains: "credential" },
  "secret.in-config": setting(all(secretWriters, secretRead), [secretRead]),
  "iam.credential.unused": {
    restore: any("can iam:CreateLoginProfile", "can iam:CreateAccessKey", "can iam:UpdateAccessKey"),
    bypass: [],
    contains: "credential",
  },
  "iam.root-key": setting(any("can sts:AssumeRoot ~", "is-root")),
  "iam.root-mfa": setting(any("can sts:AssumeRoot ~", "is-root")),
  "s3.public-access-block-off": setting(
    any("can s3:PutBucketPublicAccessBlock", "can s3:PutAccountPublicAccessBlock *"),
  ),
  "iam.standing-administrators": { restore: "administers", bypass: [], contains: "nothing" },
  "iam.user.no-mfa": setting("can iam:DeactivateMFADevice"),
  "eks.public-endpoint": setting("can eks:UpdateClusterConfig"),
  "opensearch.public": policy(any("can es:UpdateDomainConfig", "can es:UpdateElasticsearchDomainConfig")),
};

/** Every action that a leaf of the formula asks, in order. */
export function actionsOf(formula: Formula): readonly string[] {
  if (typeof formula === "string") return formula.startsWith("can ") ? [formula.split(" ")[1] ?? ""] : [];
  return [...new Set(("all" in formula ? formula.all : formula.any).flatMap(actionsOf))];
}
