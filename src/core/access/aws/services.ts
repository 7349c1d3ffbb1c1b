import type { PolicyMode } from "./model.js";

/**
 * Which resources carry a policy of their own. Source: IAM user guide, "AWS services that work with IAM" (column
 * "Resource-based policies"), and the actions of the service authorization reference that set such a policy
 * (`PutResourcePolicy`, `PutClusterPolicy`, …): a type that is missing here would be closed to other accounts wrongly.
 * The pattern is matched against the sixth part of the ARN.
 */
const policyResources: Readonly<Record<string, RegExp>> = {
  s3: /./,
  "s3-object-lambda": /^accesspoint\//,
  "s3-outposts": /^outpost\//,
  s3express: /^bucket\//,
  s3files: /^file-system\//,
  s3tables: /^bucket\//,
  s3vectors: /^bucket\//,
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
  "agent-registry": /^registry\//,
  apigateway: /^\/domainnames/,
  appsync: /./,
  aps: /^workspace\//,
  "arc-region-switch": /./,
  "aws-marketplace": /./,
  "bedrock-agentcore": /^(gateway|runtime)\//,
  billing: /./,
  "cleanrooms-ml": /^configured-audience-model\//,
  cloudfront: /^vpcorigin\//,
  cloudhsm: /^backup\//,
  "codeguru-profiler": /./,
  comprehend: /^(document-classifier|entity-recognizer)\//,
  dsql: /^cluster\//,
  ec2: /^(ipam-pool|placement-group|verified-access-group|verified-access-endpoint)\//,
  entityresolution: /./,
  fsx: /^volume\//,
  imagebuilder: /^(component|container-recipe|image|image-recipe)\//,
  iot: /^$/,
  kafka: /^cluster\//,
  lookoutequipment: /./,
  mediapackagev2: /./,
  mediatailor: /^channel\//,
  mpa: /./,
  "network-firewall": /^(firewall|firewall-policy|stateful-rulegroup|stateless-rulegroup)\//,
  odb: /./,
  omics: /^sequenceStore\//,
  organizations: /./,
  osis: /^pipeline\//,
  "payment-cryptography": /^key\//,
  qbusiness: /^application\//,
  "acm-pca": /^certificate-authority\//,
  mediastore: /^container\//,
  rekognition: /^project\//,
  schemas: /^registry\//,
  serverlessrepo: /^applications\//,
  ses: /^(identity|configuration-set)\//,
  signer: /^\/signing-profiles\//,
  "route53-recovery-control-config": /./,
  rum: /^appmonitor\//,
  sagemaker: /^(model-package-group|lineage-group|feature-group|hub|mlflow-tracking-server|partner-app)\//,
  servicecatalog: /^\/(applications|attribute-groups)\//,
  servicediscovery: /^namespace\//,
  "sms-voice": /./,
  ssm: /^(parameter|document|opsitemgroup)\//,
  "ssm-contacts": /^contact\//,
  "ssm-incidents": /^response-plan\//,
  "vpc-lattice": /^(service|servicenetwork|resourceconfiguration)\//,
  waf: /^rulegroup\//,
  "waf-regional": /^rulegroup\//,
  wafv2: /\/rulegroup\//,
  workspaces: /^(workspaceimage|connectionalias)\//,
  "redshift-serverless": /^(namespace|snapshot)\//,
  redshift: /^namespace:/,
  lex: /^bot/,
  "mq-rest": /^$/,
  bedrock: /^(custom-model|guardrail|knowledge-base)/,
  cloudtrail: /^(eventdatastore|channel|dashboard)\//,
  networkmanager: /^core-network\//,
  "refactor-spaces": /^environment\//,
  "resource-explorer-2": /^view\//,
  route53resolver: /^(firewall-rule-group|resolver-query-log-config|resolver-rule)\//,
  "timestream-influxdb": /^$/,
  workmail: /^$/,
  xray: /^$/,
};

/** How the resource's own policy counts for this action. */
export function policyMode(actionService: string, arnService: string, resource: string): PolicyMode {
  if (arnService === "kms")
    return resource.startsWith("key/") && actionService === "kms" ? "required" : "none";
  // A trust policy speaks about becoming the role, not about changing it. A privileged root session is let in by the
  // organisation and by nothing in the account itself (STS API reference, AssumeRoot).
  if (arnService === "iam")
    return (resource.startsWith("role/") || resource === "root") && actionService === "sts"
      ? "required"
      : "none";
  if (arnService !== actionService) return "none";
  return policyResources[arnService]?.test(resource) === true ? "additive" : "none";
}

/** What these make does not exist yet, and so has no policy that could speak of it; it comes to be in the caller's account. */
export const creations: ReadonlySet<string> = new Set(
  ["s3:CreateAccessPoint", "s3:CreateMultiRegionAccessPoint"].map((action) => action.toLowerCase()),
);

/**
 * Refused to callers of other accounts even where the policy allows them. Source: S3 API reference ("must belong
 * to the bucket owner's account", error 405) and SQS developer guide ("cross-account permissions don't apply").
 * Not SNS: its developer guide lists AddPermission, DeleteTopic, RemovePermission and SetTopicAttributes among the
 * actions that a topic policy may grant ("Amazon SNS API permissions: Actions and resources reference").
 */
export const ownerOnlyActions: ReadonlySet<string> = new Set(
  [
    "s3:DeleteBucketPolicy",
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
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

/**
 * The root user of the owning account passes a Deny of the resource's policy (S3 API reference, PutBucketPolicy; IAM
 * user guide, "Tasks that require root user credentials": S3 bucket and SQS queue policies that deny all principals).
 */
export const rootPassesPolicyDeny: ReadonlySet<string> = new Set([
  "s3:getbucketpolicy",
  "s3:putbucketpolicy",
  "s3:deletebucketpolicy",
  "sqs:getqueueattributes",
  "sqs:setqueueattributes",
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

/**
 * Services that resource control policies covered early on (the first five, then ECR): used only without the action
 * dictionary, which carries today's list of "List of AWS services that support RCPs" (Organizations user guide).
 */
export const wellKnownRcpServices: readonly string[] = ["ecr", "kms", "s3", "secretsmanager", "sqs", "sts"];
