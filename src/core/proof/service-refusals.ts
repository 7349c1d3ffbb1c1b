import type { Actor, Target } from "./ruling.js";

/**
 * Which resources carry a policy of their own, by the sixth part of the ARN: those that a proof can be about. Source:
 * IAM user guide, "AWS services that work with IAM", column "Resource-based policies".
 */
export const policyResources: Readonly<Record<string, RegExp>> = {
  s3: /./,
  sqs: /./,
  sns: /./,
  lambda: /^(function|layer):/,
  secretsmanager: /^secret:/,
  ecr: /^repository\//,
  dynamodb: /^table\//,
  elasticfilesystem: /^file-system\//,
  es: /^domain\//,
  events: /^event-bus\//,
  logs: /./,
  kinesis: /^stream\//,
  backup: /^backup-vault:/,
  glue: /./,
  codebuild: /^(project|report-group)\//,
  codeartifact: /^(domain|repository)\//,
  organizations: /./,
  ssm: /^(parameter|document|opsitemgroup)\//,
  glacier: /^vaults\//,
  "bedrock-agentcore": /^(gateway|runtime)\//,
  sagemaker: /^(model-package-group|lineage-group|feature-group|hub|mlflow-tracking-server|partner-app)\//,
};

const ownerOnly = new Set(
  "s3:deletebucketpolicy s3:getbucketpolicy s3:putbucketpolicy sqs:addpermission sqs:deletequeue sqs:createqueue sqs:listqueues sqs:listqueuetags sqs:removepermission sqs:setqueueattributes sqs:tagqueue sqs:untagqueue sqs:cancelmessagemovetask sqs:startmessagemovetask sqs:listmessagemovetasks".split(
    " ",
  ),
);

const roleChanges =
  /^iam:(addroletoinstanceprofile|(attach|detach|delete|put)rolepolicy|deleterole|(delete|put)rolepermissionsboundary|updateassumerolepolicy|updaterole)$/;

const policyChanges = /^iam:(createpolicyversion|deletepolicy|deletepolicyversion|setdefaultpolicyversion)$/;

/** What no policy can allow. Undefined: nothing refuses. */
export function refusal(action: string, actor: Actor, target: Target, same: boolean): string | undefined {
  if (roleChanges.test(action) && /:role\/aws-service-role\//.test(target.text))
    return 'service-linked roles are changed by their service only (IAM user guide, "Service-linked roles")';
  if (roleChanges.test(action) && /:role\/aws-reserved\//.test(target.text))
    return "roles under aws-reserved are changed by Identity Center only";
  if (policyChanges.test(action) && /^arn:[a-z-]+:iam::aws:policy\//.test(target.text))
    return "AWS managed policies cannot be changed by customers";
  if (
    /^kms:(putkeypolicy|schedulekeydeletion|disablekey)$/.test(action) &&
    target.thing?.facts.get("keyManager")?.value === "AWS"
  )
    return "the policy of an AWS managed key cannot be changed";
  if (actor.kind === "root" && /^sts:assumer(ole|oot)$/.test(action))
    return "root users cannot assume roles (STS API reference, AssumeRole)";
  if (action === "sts:assumeroot" && same)
    return "root sessions are for member accounts of other accounts only";
  if (same || target.ownerUnknown) return undefined;
  if (ownerOnly.has(action)) return `only the owning account may call ${action}`;
  return target.mode === "none" ? "no resource policy exists that could let another account in" : undefined;
}

/** Tasks that the root user does past a Deny of the resource's own policy (IAM user guide, "Tasks that require root"). */
export const rootPassesDeny = (action: string, actor: Actor, target: Target): boolean =>
  actor.kind === "root" &&
  actor.account === target.account &&
  /^(s3:(get|put|delete)bucketpolicy|sqs:[gs]etqueueattributes)$/.test(action);
