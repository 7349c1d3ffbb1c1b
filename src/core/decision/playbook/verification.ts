import { parseArn } from "../../estate/index.js";
import type { PlanStep } from "../plan-step.js";
import { shortName } from "../names.js";
import type { Check } from "./playbook.js";

/** How the effect of one call is seen: a call that reads, and what it then shows. AWS CLI v2 and Azure CLI 2. */
interface Seen {
  readonly expect: string;
  readonly command: (name: string, id: string) => string;
}

const byAction: Readonly<Record<string, Seen>> = {
  "iam:UpdateAccessKey": {
    expect: "the key shows `Inactive`, and a call with it fails with InvalidClientTokenId",
    command: (name) => `aws iam list-access-keys --user-name ${name}`,
  },
  "iam:DeleteAccessKey": {
    expect: "the key is not listed any more, and every consumer works without it",
    command: (name) => `aws iam list-access-keys --user-name ${name}`,
  },
  "iam:DeleteLoginProfile": {
    expect: "it answers NoSuchEntity: there is no password left",
    command: (name) => `aws iam get-login-profile --user-name ${name}`,
  },
  "iam:UpdateAssumeRolePolicy": {
    expect: "the trust no longer names whoever came in; wanted uses still do",
    command: (name) => `aws iam get-role --role-name ${name} --query Role.AssumeRolePolicyDocument`,
  },
  "iam:PutRolePolicy": {
    expect: "the new policy is listed, and calls that it takes away fail with AccessDenied",
    command: (name) => `aws iam list-role-policies --role-name ${name}`,
  },
  "iam:PutUserPolicy": {
    expect: "the new policy is listed, and calls that it takes away fail with AccessDenied",
    command: (name) => `aws iam list-user-policies --user-name ${name}`,
  },
  "iam:DeleteOpenIDConnectProvider": {
    expect: "the provider is not listed any more",
    command: () => "aws iam list-open-id-connect-providers",
  },
  "lambda:PutFunctionConcurrency": {
    expect: "reserved concurrency is 0: nothing runs",
    command: (name) => `aws lambda get-function-concurrency --function-name ${name}`,
  },
  "lambda:RemovePermission": {
    expect: "no statement has `*` as principal",
    command: (name) => `aws lambda get-policy --function-name ${name}`,
  },
  "ec2:StopInstances": {
    expect: "the state is `stopped`; the disks are still attached",
    command: (name) =>
      `aws ec2 describe-instances --instance-ids ${name} --query Reservations[].Instances[].State.Name`,
  },
  "s3:PutBucketPublicAccessBlock": {
    expect: "it answers AccessDenied to a caller without an identity",
    command: (name) => `aws s3api list-objects-v2 --bucket ${name} --max-items 1 --no-sign-request`,
  },
  "ec2:RevokeSecurityGroupIngress": {
    expect: "no rule is left that lets 0.0.0.0/0 or ::/0 in",
    command: (name) =>
      `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${name} --query SecurityGroupRules[?!IsEgress]`,
  },
  "rds:ModifyDBInstance": {
    expect: "it prints `false`",
    command: (name) =>
      `aws rds describe-db-instances --db-instance-identifier ${name} --query DBInstances[0].PubliclyAccessible`,
  },
  "rds:ModifyDBSnapshotAttribute": {
    expect: "`restore` no longer names `all`",
    command: (name) => `aws rds describe-db-snapshot-attributes --db-snapshot-identifier ${name}`,
  },
  "ec2:ModifySnapshotAttribute": {
    expect: "no group `all` is listed",
    command: (name) =>
      `aws ec2 describe-snapshot-attribute --snapshot-id ${name} --attribute createVolumePermission`,
  },
  "ec2:ModifyImageAttribute": {
    expect: "no group `all` is listed",
    command: (name) => `aws ec2 describe-image-attribute --image-id ${name} --attribute launchPermission`,
  },
  "kms:PutKeyPolicy": {
    expect: "no statement names a principal outside the wanted accounts",
    command: (name) => `aws kms get-key-policy --key-id ${name} --policy-name default --output text`,
  },
  "sqs:SetQueueAttributes": {
    expect: "the policy has no `*` principal without a condition",
    command: (name) =>
      `aws sqs get-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name ${name} --query QueueUrl --output text) --attribute-names Policy`,
  },
  "sns:SetTopicAttributes": {
    expect: "the policy has no `*` principal without a condition",
    command: (_, id) => `aws sns get-topic-attributes --topic-arn ${id}`,
  },
  "ecr:SetRepositoryPolicy": {
    expect: "the policy names no account beyond the wanted ones",
    command: (name) => `aws ecr get-repository-policy --repository-name ${name}`,
  },
  "ec2:ModifyInstanceMetadataOptions": {
    expect: "it prints `required`",
    command: (name) =>
      `aws ec2 describe-instances --instance-ids ${name} --query Reservations[].Instances[].MetadataOptions.HttpTokens --output text`,
  },
  "eks:UpdateClusterConfig": {
    expect: "it prints `false`",
    command: (name) =>
      `aws eks describe-cluster --name ${name} --query cluster.resourcesVpcConfig.endpointPublicAccess`,
  },
  "es:UpdateDomainConfig": {
    expect: "the access policy has no `*` principal without a condition",
    command: (name) =>
      `aws opensearch describe-domain --domain-name ${name} --query DomainStatus.AccessPolicies`,
  },
  "Microsoft.Storage/storageAccounts/write": {
    expect: "the switch that was set shows its new value",
    command: (name) =>
      `az storage account show --name ${name} --query "{publicBlobs:allowBlobPublicAccess,network:publicNetworkAccess,sharedKey:allowSharedKeyAccess}"`,
  },
  "Microsoft.KeyVault/vaults/write": {
    expect: "the switch that was set shows its new value",
    command: (name) =>
      `az keyvault show --name ${name} --query "{roles:properties.enableRbacAuthorization,network:properties.publicNetworkAccess}"`,
  },
  "Microsoft.Authorization/policyAssignments/write": {
    expect: "the assignment is listed and enforced",
    command: (_, id) =>
      `az policy assignment list --scope ${id} --query "[].{name:name,mode:enforcementMode}"`,
  },
};

/** What shows that the step has worked; at least one check for every step, with a call where there is one. */
export function checksOf(step: PlanStep): readonly Check[] {
  const { asks } = step;
  const seen = asks === undefined ? undefined : byAction[asks.action];
  if (asks === undefined || seen === undefined) return [{ text: withoutCall(step), command: "" }];
  if (!isPlain(asks.resource)) return [{ text: seen.expect, command: "" }];
  const command = `${seen.command(nameFor(asks.resource), asks.resource)}${regionOf(asks.resource)}`;
  if (step.kind !== "revoke-sessions") return [{ text: seen.expect, command }];
  return [
    {
      text: "the condition holds the moment it was run; calls of sessions from before fail with AccessDenied",
      command: `aws iam get-role-policy --role-name ${nameFor(asks.resource)} --policy-name AWSRevokeOlderSessions`,
    },
  ];
}

/** Steps that no single call does are seen by what stops, or by what somebody else finds. */
function withoutCall({ phase, kind }: PlanStep): string {
  switch (phase) {
    case "stop":
      if (kind === "lever") return "a try of theirs is refused, and our own telemetry shows the refusal";
      return kind === "remove-code"
        ? "the next run uses the corrected code, and the old version is nowhere in force"
        : "a request from outside is refused, and what runs cannot open connections outwards";
    case "revoke":
      return "a try with it is refused, and the log shows the refusal";
    case "trace":
      return "what was found is written down with its place; a second person finds the same";
    case "rotate":
      return "a call with the old value is refused, and every consumer works with the new one";
    case "narrow":
      return "collect the documents again: the right is gone, and nobody is refused what they need";
    case "retest":
      return "the answer is `cannot`, `only admins` or `governed`, and its proof passes `remit check-proof`";
    case "review":
      return "whoever signs is not whoever did the work";
  }
}

/** Names come from documents: one that a shell would obey is never part of a line that somebody copies. */
export const isPlain = (id: string): boolean => /^[\w+=,.@:/#-]*$/.test(id);

const nameFor = (id: string): string => shortName(parseArn(id)?.resource ?? id);

/** Calls about one Region go there, whatever the terminal is set to. */
function regionOf(id: string): string {
  const region = parseArn(id)?.region ?? "";
  return region === "" ? "" : ` --region ${region}`;
}

/** Every action that has a check of its own. */
export const checkedActions: readonly string[] = Object.keys(byAction).sort();
