/**
 * Where the labels and the documents of a lab disagree, and who is right. Worked out by hand from the lab's policy
 * documents; a test holds that every line here is still needed and that nothing else disagrees.
 */

/** What a target or start of a label is called in the documents. */
export const renamedTargets: Readonly<Record<string, { readonly to: string; readonly reason: string }>> = {
  "arn:aws:s3:::pl-sensitive-data-ssm-001-to-bucket-111111111111-{suffix}": {
    to: "arn:aws:s3:::pl-sensitive-data-ssm-001-111111111111-v-resource_suffix",
    reason:
      "the role's policy grants the bucket without `to-bucket` in its name; no document knows the label's bucket",
  },
};

/** Labs whose start is reached only if an address from code stands for what it seems to: verdict unknown, named. */
const address =
  "the grant names `…:aws_instance/target`, a Terraform address: AWS knows no such resource, so what it covers is unknown";
export const unresolved: Readonly<Record<string, string>> = {
  "single-account-cspm-misconfig-cspm-ec2-001-instance-with-privileged-role": address,
  "single-account-privesc-one-hop-to-admin-ec2-003-ec2-instance-connect-sendsshpublickey": address,
  "single-account-privesc-one-hop-to-admin-lambda-003-lambda-updatefunctioncode": address.replace(
    "aws_instance/target",
    "aws_lambda_function/…",
  ),
  "single-account-privesc-one-hop-to-admin-ssm-001-ssm-startsession": address,
  "single-account-privesc-one-hop-to-admin-ssm-002-ssm-sendcommand": address,
  "single-account-privesc-one-hop-to-bucket-ec2-003-ec2-instance-connect-sendsshpublickey": address,
  "single-account-privesc-one-hop-to-bucket-ssm-001-ssm-startsession": address,
  "single-account-privesc-one-hop-to-bucket-ssm-002-ssm-sendcommand": address,
};

/** Permissions that a label calls required although the start gets there without: lab and permission, reason. */
const stays = {
  trustNames:
    "the role's trust names the start itself, in the same account: no identity grant of sts:AssumeRole is needed (IAM, policy evaluation logic)",
  rewritesTrust:
    "who rewrites a trust can name itself in it: then no identity grant of sts:AssumeRole is needed",
  updateAlone:
    "lambda-003 needs UpdateFunctionCode only: whoever invokes the function runs the new code with the role",
  existing: "the remaining grants drive compute that already runs as the role: another published path",
  otherStart: "another way to start what was created remains granted",
  noDefinition:
    "RunTask and StartTask can override the task role of an existing definition: registering one is not needed",
  recon: "only finds the target; changes nothing",
  staging: "only stages files in the lab's own bucket; the job's code can come from elsewhere",
  clusterExists: "a default cluster is enough: the shorter published path remains",
  assumesAnyway:
    "the start's role holds sts:AssumeRole on the target role and its trust already admits it: nothing has to be rewritten",
} as const;

export const notRequired: Readonly<Record<string, string>> = {
  "bedrock-001 to-admin|iam:PassRole": stays.existing,
  "bedrock-001 to-admin|bedrock-agentcore:CreateCodeInterpreter": stays.existing,
  "codebuild-001 to-admin|codebuild:CreateProject": stays.existing,
  "codebuild-001 to-admin|iam:PassRole": stays.existing,
  "ecs-002 to-admin|ecs:CreateCluster": stays.clusterExists,
  "ecs-002 to-admin|ecs:RegisterTaskDefinition": stays.noDefinition,
  "ecs-004 to-admin|ecs:RegisterTaskDefinition": stays.noDefinition,
  "ecs-005 to-admin|ecs:RegisterTaskDefinition": stays.noDefinition,
  "ecs-006 to-admin|ecs:DescribeTasks": stays.recon,
  "iam-005 to-bucket|iam:PutRolePolicy": stays.assumesAnyway,
  "iam-012 to-bucket|iam:UpdateAssumeRolePolicy": stays.assumesAnyway,
  "iam-012 to-bucket|sts:AssumeRole": stays.rewritesTrust,
  "iam-012 to-admin|sts:AssumeRole": stays.rewritesTrust,
  "iam-014 to-admin|sts:AssumeRole": stays.trustNames,
  "iam-016 to-admin|sts:AssumeRole": stays.trustNames,
  "lambda-003 to-admin|lambda:InvokeFunction": stays.updateAlone,
  "lambda-005 to-admin|lambda:AddPermission": stays.updateAlone,
  "lambda-005 to-admin|lambda:InvokeFunction": stays.updateAlone,
  "lambda-006 to-admin|lambda:AddPermission": stays.otherStart,
  "lambda-006 to-admin|lambda:InvokeFunction": stays.otherStart,
  "sagemaker-002 to-admin|s3:PutObject": stays.staging,
  "sagemaker-002 to-admin|s3:GetObject": stays.staging,
  "sagemaker-003 to-admin|s3:PutObject": stays.staging,
  "sagemaker-003 to-admin|s3:GetObject": stays.staging,
  "sts-001 to-bucket|sts:AssumeRole": stays.trustNames,
};
