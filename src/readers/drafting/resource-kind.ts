import { parseArn } from "../../core/estate/index.js";

/** The resource kind that an ARN or id names, in the vocabulary of `resource-properties.ts`. */
export function resourceKindOf(id: string): string | undefined {
  if (/^aws:\d{12}$/.test(id)) return "aws:account";
  const arn = parseArn(id);
  if (arn === undefined) {
    if (id.startsWith("workload:")) return "workload";
    if (id.startsWith("repository:")) return "repository";
    if (/\/providers\/microsoft\.storage\/storageaccounts\/[^/]+$/i.test(id)) return "azure:storage-account";
    if (/\/providers\/microsoft\.keyvault\/vaults\/[^/]+$/i.test(id)) return "azure:key-vault";
    return undefined;
  }
  const type = arn.resource.split(/[/:]/)[0] ?? "";
  const kinds: Readonly<Record<string, string>> = {
    "ec2/security-group": "ec2:security-group",
    "ec2/instance": "ec2:instance",
    "ec2/snapshot": "ec2:snapshot",
    "ec2/image": "ec2:image",
    "rds/db": "rds:db-instance",
    "rds/snapshot": "rds:snapshot",
    "rds/cluster-snapshot": "rds:cluster-snapshot",
    "kms/key": "kms:key",
    "lambda/function": "lambda:function",
    "ecr/repository": "ecr:repository",
    "secretsmanager/secret": "secretsmanager:secret",
    "ecs/task-definition": "ecs:task-definition",
    "eks/cluster": "eks:cluster",
    "es/domain": "opensearch:domain",
    "cloudformation/stack": "cloudformation:stack",
    "codebuild/project": "codebuild:project",
    "s3/accesspoint": "s3:access-point",
  };
  if (arn.service === "s3" && arn.region === "") return "s3:bucket";
  if (arn.service === "sqs") return "sqs:queue";
  if (arn.service === "sns") return "sns:topic";
  return kinds[`${arn.service}/${type}`];
}
