import type { PolicyMode } from "./model.js";

/**
 * Which resources carry a policy of their own. Source: IAM user guide, "AWS services that work with IAM"
 * (column "Resource-based policies"). The pattern is matched against the sixth part of the ARN.
 */
const policyResources: Readonly<Record<string, RegExp>> = {
  s3: /./,
  "s3-object-lambda": /^accesspoint\//,
  "s3-outposts": /^outpost\//,
  s3express: /^bucket\//,
  s3tables: /^bucket\//,
  sqs: /./,
  sns: /./,
  lambda: /^(function|layer):/,
  secretsmanager: /^secret:/,
  ecr: /^repository\//,
  "ecr-public": /^repository\//,
  dynamodb: /^table\//,
  elasticfilesystem: /^file-system\//,
  es: /^domain\//,
  aoss: /^$/,
  events: /^event-bus\//,
  logs: /./,
  kinesis: /^stream\//,
  glacier: /^vaults\//,
  backup: /^backup-vault:/,
  "backup-search": /^$/,
  glue: /./,
  codeartifact: /^(domain|repository)\//,
  codebuild: /^(project|report-group)\//,
  "execute-api": /./,
  iot: /^$/,
  "acm-pca": /^certificate-authority\//,
  mediastore: /^container\//,
  rekognition: /^project\//,
  schemas: /^registry\//,
  serverlessrepo: /^applications\//,
  ses: /^(identity|configuration-set)\//,
  signer: /^\/signing-profiles\//,
  ssm: /^parameter\//,
  "ssm-incidents": /^response-plan\//,
  "vpc-lattice": /^(service|servicenetwork)\//,
  "redshift-serverless": /^(namespace|snapshot)\//,
  redshift: /^namespace:/,
  lex: /^bot/,
  "mq-rest": /^$/,
  bedrock: /^(custom-model|guardrail)/,
  cloudtrail: /^(eventdatastore|channel|dashboard)\//,
  networkmanager: /^core-network\//,
  "refactor-spaces": /^environment\//,
  "resource-explorer-2": /^view\//,
  route53resolver: /^$/,
  "timestream-influxdb": /^$/,
  workmail: /^$/,
  xray: /^$/,
};

/** How the resource's own policy counts for this action. */
export function policyMode(actionService: string, arnService: string, resource: string): PolicyMode {
  if (arnService === "kms")
    return resource.startsWith("key/") && actionService === "kms" ? "required" : "none";
  // A trust policy speaks about becoming the role, not about changing it.
  if (arnService === "iam")
    return resource.startsWith("role/") && actionService === "sts" ? "required" : "none";
  if (arnService !== actionService) return "none";
  return policyResources[arnService]?.test(resource) === true ? "additive" : "none";
}

/**
 * Refused to callers of other accounts even where the policy allows them. Source: S3 API reference ("must belong
 * to the bucket owner's account", error 405) and SQS developer guide ("cross-account permissions don't apply").
 */
export const ownerOnlyActions: ReadonlySet<string> = new Set(
  [
    "s3:DeleteBucketPolicy",
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "sns:AddPermission",
    "sns:RemovePermission",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sqs:AddPermission",
    "sqs:CancelMessageMoveTask",
    "sqs:CreateQueue",
    "sqs:DeleteQueue",
    "sqs:ListMessageMoveTasks",
    "sqs:ListQueues",
    "sqs:ListQueueTags",
    "sqs:RemovePermission",
    "sqs:SetQueueAttributes",
    "sqs:StartMessageMoveTask",
    "sqs:TagQueue",
    "sqs:UntagQueue",
  ].map((action) => action.toLowerCase()),
);

/** The root user of the bucket's account passes a Deny of the bucket policy (S3 user guide, "Bucket policies"). */
export const rootPassesPolicyDeny: ReadonlySet<string> = new Set([
  "s3:getbucketpolicy",
  "s3:putbucketpolicy",
  "s3:deletebucketpolicy",
]);

/** Changes to a role that are refused when the role belongs to a service or to Identity Center. */
export const roleMutations: ReadonlySet<string> = new Set(
  [
    "iam:AddRoleToInstanceProfile",
    "iam:AttachRolePolicy",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
  ].map((action) => action.toLowerCase()),
);

/** RCPs do not apply to these (Organizations user guide, "Resource control policies"). */
export const rcpExempt: ReadonlySet<string> = new Set(["kms:retiregrant"]);

/** Services whose calls go to one Region whatever the caller's (global services of the `aws` partition). */
export const globalRegion: Readonly<Record<string, string>> = {
  iam: "us-east-1",
  organizations: "us-east-1",
  cloudfront: "us-east-1",
  route53: "us-east-1",
};

/** The services that resource control policies covered when they were introduced; the action dictionary knows today's. */
export const wellKnownRcpServices: readonly string[] = ["ecr", "kms", "s3", "secretsmanager", "sqs", "sts"];
