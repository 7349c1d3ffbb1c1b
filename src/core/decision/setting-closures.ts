import { parseArn } from "../estate/index.js";
import type { CaseExposure } from "./analysis.js";
import type { Settled } from "./decided-facts.js";
import type { Planned } from "./planned.js";

interface Closure {
  /** IAM action whose right is proven. */
  readonly right: string;
  readonly title: string;
  readonly impact: string;
  readonly command: (exposure: CaseExposure, name: string) => string;
  /** Where the lasting correction is another call than the one that contains. */
  readonly durable?: Closure;
}

/** The call that closes a weak setting, per weakness (R31: close public access). AWS CLI v2 syntax. */
const closures: Readonly<Record<string, Closure>> = {
  "s3.public": {
    right: "s3:PutBucketPublicAccessBlock",
    title: "close public access to the bucket",
    impact: "anonymous readers and writers lose access at once",
    command: (_, name) =>
      `aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
  },
  "ec2.open-ingress": {
    right: "ec2:RevokeSecurityGroupIngress",
    title: "remove the open rule from the security group",
    impact: "connections from outside the named ranges end",
    command: (_, name) =>
      `aws ec2 revoke-security-group-ingress --group-id ${name} --security-group-rule-ids RULE`,
  },
  "rds.public-instance": {
    right: "rds:ModifyDBInstance",
    title: "make the database private",
    impact: "clients outside the network lose the address",
    command: (_, name) =>
      `aws rds modify-db-instance --db-instance-identifier ${name} --no-publicly-accessible --apply-immediately`,
  },
  "rds.public-snapshot": {
    right: "rds:ModifyDBSnapshotAttribute",
    title: "stop sharing the snapshot with everybody",
    impact: "copies already taken by strangers remain theirs",
    command: (_, name) =>
      `aws rds modify-db-snapshot-attribute --db-snapshot-identifier ${name} --attribute-name restore --values-to-remove all`,
  },
  "ec2.public-snapshot": {
    right: "ec2:ModifySnapshotAttribute",
    title: "stop sharing the snapshot with everybody",
    impact: "copies already taken by strangers remain theirs",
    command: (_, name) =>
      `aws ec2 modify-snapshot-attribute --snapshot-id ${name} --attribute createVolumePermission --operation-type remove --group-names all`,
  },
  "ec2.public-image": {
    right: "ec2:ModifyImageAttribute",
    title: "stop sharing the image with everybody",
    impact: "instances already started from it keep running",
    command: (_, name) =>
      `aws ec2 modify-image-attribute --image-id ${name} --launch-permission "Remove=[{Group=all}]"`,
  },
  "kms.open-key": {
    right: "kms:PutKeyPolicy",
    title: "narrow the key policy",
    impact: "principals outside the account lose the key",
    command: (_, name) =>
      `aws kms put-key-policy --key-id ${name} --policy-name default --policy file://key-policy.json`,
  },
  "lambda.public": {
    right: "lambda:RemovePermission",
    title: "remove the public permission of the function",
    impact: "callers without an identity are refused",
    command: (_, name) => `aws lambda remove-permission --function-name ${name} --statement-id SID`,
  },
  "sqs.public": {
    right: "sqs:SetQueueAttributes",
    title: "narrow the queue policy",
    impact: "senders outside the policy are refused",
    command: (exposure) =>
      `aws sqs set-queue-attributes --queue-url ${queueUrl(exposure)} --attributes file://attributes.json`,
  },
  "sns.public": {
    right: "sns:SetTopicAttributes",
    title: "narrow the topic policy",
    impact: "publishers and subscribers outside the policy are refused",
    command: (exposure) =>
      `aws sns set-topic-attributes --topic-arn ${exposure.resource} --attribute-name Policy --attribute-value file://policy.json`,
  },
  "ecr.open-repository": {
    right: "ecr:SetRepositoryPolicy",
    title: "narrow the repository policy",
    impact: "accounts outside the policy can no longer pull",
    command: (_, name) =>
      `aws ecr set-repository-policy --repository-name ${name} --policy-text file://policy.json`,
  },
  "ec2.imdsv1": {
    right: "ec2:ModifyInstanceMetadataOptions",
    title: "demand tokens from the metadata service",
    impact: "software that asks without a token stops working",
    command: (_, name) =>
      `aws ec2 modify-instance-metadata-options --instance-id ${name} --http-tokens required`,
  },
  "eks.public-endpoint": {
    right: "eks:UpdateClusterConfig",
    title: "close the public endpoint of the cluster",
    impact: "administration from outside the network ends",
    command: (_, name) =>
      `aws eks update-cluster-config --name ${name} --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true`,
  },
  "opensearch.public": {
    right: "es:UpdateDomainConfig",
    title: "narrow the access policy of the domain",
    impact: "clients outside the policy are refused",
    command: (_, name) =>
      `aws opensearch update-domain-config --domain-name ${name} --access-policies file://policy.json`,
  },
};

/** The same for Azure settings (Azure CLI 2), and for hosts of workloads. */
const otherClosures: Readonly<Record<string, Closure>> = {
  "azure.public-blob": {
    right: "Microsoft.Storage/storageAccounts/write",
    title: "forbid public access on the storage account",
    impact: "anonymous readers lose access at once",
    command: (_, name) => `az storage account update --name ${name} --allow-blob-public-access false`,
  },
  "storage.sas.exposed": {
    right: "Microsoft.Storage/storageAccounts/write",
    title: "close the storage account to the public network",
    impact: "clients outside the network lose the account",
    command: (_, name) => `az storage account update --name ${name} --public-network-access Disabled`,
    durable: {
      right: "Microsoft.Storage/storageAccounts/write",
      title: "forbid shared keys on the storage account",
      impact: "every client that signs with the account key or a token of it stops",
      command: (_, name) => `az storage account update --name ${name} --allow-shared-key-access false`,
    },
  },
  "vault.access-policy": {
    right: "Microsoft.Authorization/policyAssignments/write",
    title: "deny, or at least alert on, writes to the access policies of the vault",
    impact: "pipelines that write the vault are refused",
    command: (exposure) =>
      `az policy assignment create --name deny-vault-access-policies --policy POLICY --scope ${exposure.resource}`,
    durable: {
      right: "Microsoft.KeyVault/vaults/write",
      title: "move the vault to the roles model",
      impact: "access policies no longer count; give each reader a role first",
      command: (_, name) => `az keyvault update --name ${name} --enable-rbac-authorization true`,
    },
  },
  "azure.vault.public-network": {
    right: "Microsoft.KeyVault/vaults/write",
    title: "close the vault to the public network",
    impact: "clients outside the network lose the vault",
    command: (_, name) => `az keyvault update --name ${name} --public-network-access Disabled`,
  },
};

/** The right and the command that close the exposure's own setting; nothing when the weakness has no single call. */
export function settingClosure(settled: Settled, task: "contain" | "fix"): Planned {
  const { input, use } = settled.view;
  const [exposure] = input.exposures;
  // The setting may be that of the host behind the exposed workload.
  const set = use.find((hop) => hop.cause === "setting" && hop.from !== exposure?.resource);
  const weakness = set !== undefined && input.weakness === "edge.ssrf" ? "ec2.imdsv1" : input.weakness;
  const found = closures[weakness] ?? otherClosures[weakness];
  const closure = task === "fix" ? (found?.durable ?? found) : found;
  if (exposure === undefined || closure === undefined) return {};
  const target = set?.from ?? exposure.resource;
  return {
    duty: { action: closure.right, resource: target },
    action: {
      title: closure.title,
      kind: "close-setting",
      impact: closure.impact,
      command: closure.command(exposure, resourceShortName(target)),
      requires: [],
    },
  };
}

/** The name that the command line takes: the last part of the ARN's resource. */
function resourceShortName(id: string): string {
  const resource = parseArn(id)?.resource ?? id;
  return resource.split(/[/:]/).at(-1) ?? resource;
}

function queueUrl(exposure: CaseExposure): string {
  const arn = parseArn(exposure.resource);
  return arn === undefined
    ? exposure.resource
    : `https://sqs.${arn.region}.amazonaws.com/${arn.account}/${arn.resource}`;
}
