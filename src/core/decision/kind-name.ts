/** Kinds that go by the name of their service alone. */
const mainKinds = new Set([
  ...["s3:bucket", "lambda:function", "kms:key", "ec2:instance", "sqs:queue", "sns:topic", "ecr:repository"],
  ...["opensearch:domain", "eks:cluster", "secretsmanager:secret"],
]);

/** `s3:bucket` → `s3`, `iam:user` → `user`, `rds:snapshot` → `rds snapshot`, `ec2:security-group` → `security group`. */
export function kindName(kind: string): string {
  const [service = "", type = ""] = kind.split(":");
  if (mainKinds.has(kind) || type === "") return service;
  if (service === "iam" || type === "account" || type === "security-group") return type.replaceAll("-", " ");
  return `${service} ${type.replaceAll("-", " ")}`;
}
