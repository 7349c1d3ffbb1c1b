import { isRecord, listOf, pick, textOf, type JsonRecord } from "../drafting/index.js";
import { queueArn } from "../terraform/index.js";

interface Setting {
  readonly partition: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly service: string;
}

/** What a call named, as canonical ids: `resources`, known request parameters, and the ids that the answer made. */
export function targetsOf(record: JsonRecord, setting: Setting): readonly string[] {
  const found = new Set<string>();
  const add = (id: string | undefined): void => {
    if (id !== undefined) found.add(id);
  };
  for (const item of listOf(record["resources"])) {
    if (isRecord(item)) add(arnText(textOf(pick(item, "ARN", "arn"))));
  }
  const request = isRecord(record["requestParameters"]) ? record["requestParameters"] : {};
  for (const [name, make] of Object.entries(parameters)) {
    const value = textOf(pick(request, name));
    if (value !== undefined) add(value.startsWith("arn:") ? value : make(value, setting));
  }
  const answer = isRecord(record["responseElements"]) ? record["responseElements"] : {};
  for (const member of ["user", "role", "group", "policy", "trustAnchor", "profile"]) {
    const made = answer[member];
    if (isRecord(made)) add(arnText(textOf(pick(made, "arn", "trustAnchorArn", "profileArn"))));
  }
  for (const name of madeArns) add(arnText(textOf(pick(answer, name))));
  for (const instance of listOf(isRecord(answer["instancesSet"]) ? answer["instancesSet"]["items"] : [])) {
    const id = isRecord(instance) ? textOf(instance["instanceId"]) : undefined;
    if (id !== undefined) add(local("ec2", "instance/")(id, setting));
  }
  const group = textOf(answer["groupId"]);
  if (group !== undefined) add(local("ec2", "security-group/")(group, setting));
  const key = answer["accessKey"];
  const keyId = isRecord(key) ? textOf(key["accessKeyId"]) : undefined;
  if (keyId !== undefined) add(`aws:access-key/${keyId}`);
  return [...found].sort();
}

/** Members of an answer that name what the call made, by the spelling of its service. */
const madeArns = ["functionArn", "openIDConnectProviderArn", "sAMLProviderArn", "stackId", "certificateArn"];

const arnText = (text: string | undefined): string | undefined =>
  text?.startsWith("arn:") === true ? text : undefined;

type Make = (value: string, setting: Setting) => string | undefined;

/** A name says nothing of an IAM path: such an id is right for path `/` and matches nothing otherwise. */
const iam =
  (type: string): Make =>
  (name, { partition, account, service }) =>
    account === undefined || service !== "iam"
      ? undefined
      : `arn:${partition}:iam::${account}:${type}/${name}`;

const local =
  (service: string, prefix: string): Make =>
  (name, { partition, account, region, service: called }) =>
    account === undefined || region === undefined || called !== service
      ? undefined
      : `arn:${partition}:${service}:${region}:${account}:${prefix}${name}`;

const parameters: Readonly<Record<string, Make>> = {
  bucketName: (name, { partition }) => `arn:${partition}:s3:::${name}`,
  roleName: iam("role"),
  userName: iam("user"),
  groupName: iam("group"),
  policyArn: (text) => arnText(text),
  roleArn: (text) => arnText(text),
  topicArn: (text) => arnText(text),
  resourceArn: (text) => arnText(text),
  accessKeyId: (id) => `aws:access-key/${id}`,
  functionName: local("lambda", "function:"),
  queueUrl: (url, { partition }) => queueArn(url, partition),
  keyId: local("kms", "key/"),
  secretId: (text) => arnText(text),
  repositoryName: local("ecr", "repository/"),
  groupId: local("ec2", "security-group/"),
  instanceId: local("ec2", "instance/"),
  snapshotId: (id, { partition, region, service }) =>
    region === undefined || service !== "ec2" ? undefined : `arn:${partition}:ec2:${region}::snapshot/${id}`,
  imageId: (id, { partition, region, service }) =>
    region === undefined || service !== "ec2" ? undefined : `arn:${partition}:ec2:${region}::image/${id}`,
  dBInstanceIdentifier: local("rds", "db:"),
  dBSnapshotIdentifier: local("rds", "snapshot:"),
  dBClusterSnapshotIdentifier: local("rds", "cluster-snapshot:"),
  domainName: local("es", "domain/"),
  stackName: (text) => arnText(text),
};
