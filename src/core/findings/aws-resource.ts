import { parseArn } from "../estate/index.js";

/** Bare EC2-family ids, as exports without ARNs carry them: `i-0abc`, `sg-0abc`. Longest prefix first. */
const bareIds: readonly (readonly [prefix: string, arnType: string])[] = [
  ["eipalloc-", "elastic-ip"],
  ["vpce-svc-", "vpc-endpoint-service"],
  ["subnet-", "subnet"],
  ["vpce-", "vpc-endpoint"],
  ["snap-", "snapshot"],
  ["vol-", "volume"],
  ["ami-", "image"],
  ["eni-", "network-interface"],
  ["acl-", "network-acl"],
  ["rtb-", "route-table"],
  ["igw-", "internet-gateway"],
  ["nat-", "natgateway"],
  ["tgw-", "transit-gateway"],
  ["vpc-", "vpc"],
  ["pcx-", "vpc-peering-connection"],
  ["lt-", "launch-template"],
  ["sg-", "security-group"],
  ["i-", "instance"],
];

/** The ARN type of a bare id; undefined when the text does not look like one. */
export function arnTypeOfBareId(id: string): string | undefined {
  return /^[a-z-]+[0-9a-z]{4,}$/.test(id)
    ? bareIds.find(([prefix]) => id.startsWith(prefix))?.[1]
    : undefined;
}

/** SERVICE/TYPE of ARNs whose kind has another name in the estate. */
const kinds: Readonly<Record<string, string>> = {
  "rds:db": "rds:db-instance",
  "rds:snapshot": "rds:snapshot",
  "rds:cluster-snapshot": "rds:cluster-snapshot",
  "rds:cluster": "rds:db-cluster",
  "es:domain": "opensearch:domain",
  "logs:log-group": "logs:log-group",
  "s3:accesspoint": "s3:access-point",
  "ecr:repository": "ecr:repository",
  "elasticloadbalancing:loadbalancer": "elasticloadbalancing:load-balancer",
};
/** Services whose ARNs name the resource without its type. */
const untyped: Readonly<Record<string, string>> = { s3: "s3:bucket", sqs: "sqs:queue", sns: "sns:topic" };

/** The estate's kind and the short name of what an ARN names. */
export function describeArn(text: string): { readonly kind: string; readonly name: string } | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const parts = arn.resource.split(/[:/]/).filter((part) => part !== "");
  const [type = "", ...rest] = parts;
  const alone = untyped[arn.service];
  if (alone !== undefined && !(arn.service === "s3" && type === "accesspoint")) {
    return { kind: alone, name: arn.service === "s3" ? type : (parts.at(-1) ?? arn.resource) };
  }
  const key = `${arn.service}:${type}`;
  return { kind: Object.hasOwn(kinds, key) ? (kinds[key] ?? key) : key, name: shortName(type, rest) || type };
}

/** Paths of IAM and versions of task definitions: the part that people say. */
function shortName(type: string, rest: readonly string[]): string {
  if (type === "task-definition") return rest.join(":");
  if (type === "secret") return (rest.join("/") || "").replace(/-[A-Za-z0-9]{6}$/, "");
  if (type === "log-group") return rest.filter((part) => part !== "*").join("/");
  return rest.at(-1) ?? "";
}

/** The same resource, written one way: S3 names, missing type, log group and Lambda suffixes. */
export function repairArn(text: string): { readonly arn: string; readonly repaired: boolean } {
  const arn = parseArn(text);
  if (arn === undefined) return { arn: text, repaired: false };
  const { partition, service, region, account } = arn;
  let resource = arn.resource.replace(/\/+$/, "");
  let head = `arn:${partition}:${service}:${region}:${account}`;
  let repaired = false;
  if (service === "ec2" && arnTypeOfBareId(resource) !== undefined) {
    resource = `${arnTypeOfBareId(resource) ?? ""}/${resource}`;
    repaired = true;
  }
  if (service === "ec2" && /^(snapshot|image)\//.test(resource)) {
    // AWS writes these without the account (service authorization reference); Prowler and others put it in.
    head = `arn:${partition}:ec2:${region}:`;
  } else if (service === "s3" && !/^(accesspoint|storage-lens|job|async-request)\b/.test(resource)) {
    // A bucket ARN has neither region nor account, and is not an object of it.
    resource = resource.replace(/\/\*$/, "");
    if (!resource.includes("/")) head = `arn:${partition}:s3::`;
    if (!resource.includes("/"))
      return { arn: `${head}:${resource}`, repaired: region !== "" || account !== "" };
  } else if (service === "logs") resource = resource.replace(/:\*$/, "");
  else if (service === "lambda") resource = resource.replace(/:\$LATEST$/, "");
  return { arn: `${head}:${resource}`, repaired };
}

/** ASFF and Prowler resource types, for ids that are no ARNs: `AwsS3Bucket` -> S3 bucket ARN. */
export function arnOfNamed(
  type: string,
  name: string,
  place: {
    readonly partition: string;
    readonly account: string | undefined;
    readonly region: string | undefined;
  },
): string | undefined {
  const { partition, account, region } = place;
  const global: Readonly<Record<string, string>> = {
    AwsIamUser: "user",
    AwsIamRole: "role",
    AwsIamGroup: "group",
    AwsIamPolicy: "policy",
  };
  const regional: Readonly<Record<string, string>> = {
    AwsLambdaFunction: "lambda:function:",
    AwsRdsDbInstance: "rds:db:",
    AwsRdsDbSnapshot: "rds:snapshot:",
    AwsRdsDbClusterSnapshot: "rds:cluster-snapshot:",
    AwsSqsQueue: "sqs:",
    AwsSnsTopic: "sns:",
    AwsEcrRepository: "ecr:repository/",
    AwsEksCluster: "eks:cluster/",
    AwsKmsKey: "kms:key/",
  };
  if (!/^[\w+=,.@-]{1,255}$/.test(name)) return undefined;
  if (type === "AwsS3Bucket") return `arn:${partition}:s3:::${name}`;
  if (account === undefined) return undefined;
  const iam = Object.hasOwn(global, type) ? global[type] : undefined;
  if (iam !== undefined) return `arn:${partition}:iam::${account}:${iam}/${name}`;
  const other = Object.hasOwn(regional, type) ? regional[type] : undefined;
  if (other === undefined || region === undefined) return undefined;
  const colon = other.indexOf(":");
  return `arn:${partition}:${other.slice(0, colon)}:${region}:${account}:${other.slice(colon + 1)}${name}`;
}
