import { arnOf, type Attributes, type Declare } from "./attributes.js";

/** `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME` as the queue's ARN. */
export function queueArn(url: string | undefined, partition = "aws"): string | undefined {
  const found =
    /^https:\/\/(?:sqs\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(
      url ?? "",
    );
  if (found === null) return undefined;
  return `arn:${partition}:sqs:${found[1] ?? found[2] ?? ""}:${found[3] ?? ""}:${found[4] ?? ""}`;
}

const queueEncryption = (a: Attributes): string | undefined => {
  if (a.text("kms_master_key_id") !== undefined) return "SSE-KMS";
  const managed = a.flag("sqs_managed_sse_enabled");
  return managed === undefined ? undefined : managed ? "SSE-SQS" : "none";
};

const domain: Declare = (a) => ({
  target: a.text("arn"),
  declares: {
    policy: a.policy("access_policies"),
    // An empty block list is a stated "no VPC".
    vpc: a.has("vpc_options") ? a.blocks("vpc_options").length > 0 : undefined,
  },
});

const domainPolicy: Declare = (a) => {
  const name = a.text("domain_name");
  return {
    target: name === undefined ? undefined : arnOf(a.home, "es", `domain/${name}`),
    declares: { policy: a.policy("access_policies") },
  };
};

export const serviceDeclarations: Readonly<Record<string, Declare>> = {
  aws_sqs_queue: (a) => ({
    target: a.text("arn") ?? queueArn(a.text("url") ?? a.text("id"), a.home.partition),
    declares: { policy: a.policy("policy"), encryption: queueEncryption(a) },
  }),
  aws_sqs_queue_policy: (a) => ({
    target: queueArn(a.text("queue_url"), a.home.partition) ?? arnText(a.text("queue_url")),
    declares: { policy: a.policy("policy") },
  }),
  aws_sns_topic: (a) => ({
    target: a.text("arn"),
    declares: {
      policy: a.policy("policy"),
      encryption: a.text("kms_master_key_id") === undefined ? undefined : "SSE-KMS",
    },
  }),
  aws_sns_topic_policy: (a) => ({ target: a.text("arn"), declares: { policy: a.policy("policy") } }),
  aws_ecr_repository: (a) => ({ target: a.text("arn") ?? repositoryArn(a, a.text("name")), declares: {} }),
  aws_ecr_repository_policy: (a) => ({
    target: repositoryArn(a, a.text("repository")),
    declares: { policy: a.policy("policy") },
  }),
  aws_secretsmanager_secret: (a) => ({
    target: a.text("arn"),
    declares: { policy: a.policy("policy"), rotationEnabled: a.flag("rotation_enabled") },
  }),
  aws_secretsmanager_secret_policy: (a) => ({
    target: a.text("secret_arn"),
    declares: { policy: a.policy("policy") },
  }),
  aws_secretsmanager_secret_rotation: (a) => ({
    target: a.text("secret_id"),
    declares: { rotationEnabled: a.flag("rotation_enabled") },
  }),
  aws_opensearch_domain: domain,
  aws_elasticsearch_domain: domain,
  aws_opensearch_domain_policy: domainPolicy,
  aws_elasticsearch_domain_policy: domainPolicy,
  aws_cloudformation_stack: (a) => ({
    target: arnText(a.text("id")),
    declares: { serviceRole: a.text("iam_role_arn") ?? (a.has("name") ? null : undefined) },
  }),
};

const arnText = (text: string | undefined): string | undefined =>
  text?.startsWith("arn:") === true ? text : undefined;

function repositoryArn(a: Attributes, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const account = a.text("registry_id") ?? a.home.account;
  return arnOf({ ...a.home, ...(account === undefined ? {} : { account }) }, "ecr", `repository/${name}`);
}
