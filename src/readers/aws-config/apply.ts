import { awsAccount } from "../../core/estate/index.js";
import {
  applyDatabase,
  applyDomain,
  applyFunction,
  applyInstance,
  applySecurityGroup,
  applyTaskDefinition,
} from "../aws-compute/index.js";
import { applyCluster } from "../aws-eks/index.js";
import { queueEncryption, splitFunctionArn, topicEncryption } from "../aws-resource-policies/index.js";
import { ownershipOf, publicGrants, setAccessBlock } from "../aws-s3/index.js";
import {
  booleanOf,
  isRecord,
  parseJson,
  pick,
  tagsOf,
  textOf,
  type Draft,
  type JsonRecord,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";
import type { ConfigItem } from "./items.js";

interface Kind {
  readonly kind: string;
  /** The item's ARN where the item itself leaves it out (select results). */
  readonly arn?: (item: ConfigItem) => string | undefined;
  readonly apply: (draft: Draft, resource: ResourceDraft, item: ConfigItem) => void;
}

const kinds: Readonly<Record<string, Kind>> = {
  "AWS::S3::Bucket": {
    kind: "s3:bucket",
    arn: (item) =>
      item.name === undefined && item.id === undefined
        ? undefined
        : `arn:aws:s3:::${item.name ?? item.id ?? ""}`,
    apply: (draft, bucket, item) => {
      applyBucketItem(draft, bucket, item);
    },
  },
  "AWS::S3::AccountPublicAccessBlock": {
    kind: "aws:account",
    arn: (item) => (item.account === undefined ? undefined : `aws:${item.account}`),
    apply: (_, account, item) => {
      setAccessBlock(account, "s3.publicAccessBlock.", item.configuration, item.configurationPlace);
    },
  },
  "AWS::EC2::SecurityGroup": {
    kind: "ec2:security-group",
    apply: (_, group, item) => {
      applySecurityGroup(group, item.configuration, item.configurationPlace);
    },
  },
  "AWS::EC2::Instance": {
    kind: "ec2:instance",
    apply: (_, instance, item) => {
      applyInstance(instance, item.configuration, item.configurationPlace);
    },
  },
  "AWS::RDS::DBInstance": {
    kind: "rds:db-instance",
    arn: (item) => textOf(pick(item.configuration, "dBInstanceArn")),
    apply: (_, database, item) => {
      applyDatabase(database, item.configuration, item.configurationPlace);
    },
  },
  "AWS::RDS::DBSnapshot": snapshotKind("rds:snapshot", "encrypted", "DBSnapshotAttributes"),
  "AWS::RDS::DBClusterSnapshot": snapshotKind(
    "rds:cluster-snapshot",
    "storageEncrypted",
    "DBClusterSnapshotAttributes",
  ),
  "AWS::KMS::Key": {
    kind: "kms:key",
    arn: (item) => textOf(pick(item.configuration, "arn")),
    apply: (_, key, item) => {
      key.set("keyManager", textOf(pick(item.configuration, "keyManager")), item.configurationPlace);
      applyPolicy(
        key,
        pick(item.supplementary, "Policy"),
        item.supplementaryPlace.at("Policy"),
        "key policy",
      );
    },
  },
  "AWS::Lambda::Function": {
    kind: "lambda:function",
    arn: (item) => textOf(pick(item.configuration, "functionArn")),
    apply: (draft, fn, item) => {
      applyFunction(draft, fn, item.configuration, item.configurationPlace);
      applyPolicy(
        fn,
        pick(item.supplementary, "Policy"),
        item.supplementaryPlace.at("Policy"),
        "function policy",
      );
    },
  },
  "AWS::SQS::Queue": {
    kind: "sqs:queue",
    arn: (item) => textOf(pick(item.configuration, "QueueArn")),
    apply: (_, queue, item) => {
      queue.set("encryption", queueEncryption(item.configuration), item.configurationPlace);
      applyPolicy(
        queue,
        pick(item.configuration, "Policy"),
        item.configurationPlace.at("Policy"),
        "queue policy",
      );
    },
  },
  "AWS::SNS::Topic": {
    kind: "sns:topic",
    arn: (item) => textOf(pick(item.configuration, "TopicArn")),
    apply: (_, topic, item) => {
      topic.set("encryption", topicEncryption(item.configuration), item.configurationPlace);
      applyPolicy(
        topic,
        pick(item.configuration, "Policy"),
        item.configurationPlace.at("Policy"),
        "topic policy",
      );
    },
  },
  "AWS::ECR::Repository": {
    kind: "ecr:repository",
    arn: (item) => textOf(pick(item.configuration, "Arn")),
    apply: (_, repository, item) => {
      const text = pick(item.configuration, "RepositoryPolicyText");
      const place = item.configurationPlace.at("RepositoryPolicyText");
      // Config writes `{}` for a repository without a policy.
      if (text === "" || (isRecord(text) && Object.keys(text).length === 0)) repository.noPolicy(place);
      else applyPolicy(repository, text, place, "repository policy");
    },
  },
  "AWS::SecretsManager::Secret": {
    kind: "secretsmanager:secret",
    apply: (_, secret, item) => {
      secret.set(
        "rotationEnabled",
        booleanOf(pick(item.configuration, "RotationEnabled")),
        item.configurationPlace,
      );
    },
  },
  "AWS::ECS::TaskDefinition": {
    kind: "ecs:task-definition",
    apply: (draft, task, item) => {
      applyTaskDefinition(draft, task, item.configuration, item.configurationPlace);
    },
  },
  "AWS::ECS::Service": {
    kind: "ecs:service",
    apply: (_, service, item) => {
      service.set(
        "taskDefinition",
        textOf(pick(item.configuration, "TaskDefinition")),
        item.configurationPlace.at("TaskDefinition"),
      );
    },
  },
  "AWS::EKS::Cluster": {
    kind: "eks:cluster",
    apply: (_, cluster, item) => {
      applyCluster(cluster, item.configuration, item.configurationPlace);
    },
  },
  "AWS::OpenSearch::Domain": domainKind(),
  "AWS::Elasticsearch::Domain": domainKind(),
  "AWS::CloudFormation::Stack": {
    kind: "cloudformation:stack",
    apply: (_, stack, item) => {
      stack.set(
        "serviceRole",
        textOf(pick(item.configuration, "roleARN", "roleArn")),
        item.configurationPlace,
      );
    },
  },
  "AWS::CodeBuild::Project": { kind: "codebuild:project", apply: () => undefined },
};

/** Applies one item; an item of a kind that nothing reads is only counted. */
export function applyItem(draft: Draft, item: ConfigItem): void {
  const type = item.type ?? typeOfConfiguration(item);
  const kind =
    type === undefined || !Object.prototype.hasOwnProperty.call(kinds, type) ? undefined : kinds[type];
  if (kind === undefined || item.deleted) {
    draft.count(item.deleted ? "deleted" : "otherKinds");
    return;
  }
  const arn = kind.arn?.(item) ?? item.arn ?? built(type ?? "", item);
  if (arn === undefined) {
    draft.reject(item.configurationPlace, `this item does not name its ${kind.kind}`, {
      hint: "select `arn` or `resourceId`, `accountId` and `awsRegion` as well",
    });
    return;
  }
  const id = kind.kind === "lambda:function" ? splitFunctionArn(arn).id : arn;
  const resource = draft.resource(
    id,
    {
      kind: kind.kind,
      ...(item.account === undefined || !/^\d{12}$/.test(item.account)
        ? {}
        : { account: awsAccount(item.account) }),
      ...(item.region === undefined || item.region === "global" ? {} : { region: item.region }),
      ...(item.name === undefined ? {} : { name: item.name }),
    },
    item.configurationPlace,
  );
  kind.apply(draft, resource, item);
  resource.tags(tagsOf(item.tags));
  resource.tags(tagsOf(pick(item.supplementary, "Tags")));
}

/** Select results hold only the columns asked for: the ARN inside tells what it is. */
function typeOfConfiguration({ configuration }: ConfigItem): string | undefined {
  if ("QueueArn" in configuration) return "AWS::SQS::Queue";
  if ("TopicArn" in configuration) return "AWS::SNS::Topic";
  if (textOf(pick(configuration, "functionArn")) !== undefined) return "AWS::Lambda::Function";
  const arn = textOf(pick(configuration, "Arn")) ?? "";
  if (/^arn:[^:]+:ecr:/.test(arn)) return "AWS::ECR::Repository";
  if (/^arn:[^:]+:kms:.*:key\//.test(arn)) return "AWS::KMS::Key";
  if (/^arn:[^:]+:eks:.*:cluster\//.test(arn)) return "AWS::EKS::Cluster";
  return undefined;
}

const ec2Types: Readonly<Record<string, string>> = {
  "AWS::EC2::SecurityGroup": "security-group",
  "AWS::EC2::Instance": "instance",
};

function built(type: string, { id, account, region }: ConfigItem): string | undefined {
  const name = ec2Types[type];
  if (name === undefined || id === undefined || account === undefined || region === undefined)
    return undefined;
  return `arn:aws:ec2:${region}:${account}:${name}/${id}`;
}

function applyPolicy(resource: ResourceDraft, value: unknown, place: Place, name: string): void {
  if (value === undefined || value === null) return;
  if (value === "") resource.noPolicy(place);
  else if (typeof value === "string" || (isRecord(value) && "Statement" in value))
    resource.policy(value, place, name);
}

function applyBucketItem(
  draft: Draft,
  bucket: ResourceDraft,
  { supplementary, supplementaryPlace: place }: ConfigItem,
): void {
  const parsed = (name: string): unknown => {
    const value = pick(supplementary, name);
    return typeof value === "string" ? (parseJson(value) ?? value) : value;
  };
  const policy = parsed("BucketPolicy");
  if (isRecord(policy) && "policyText" in policy) {
    const at = place.at("BucketPolicy", "policyText");
    if (policy["policyText"] === null) bucket.noPolicy(at);
    else bucket.policy(policy["policyText"], at, "bucket policy");
  }
  const acl = parsed("AccessControlList");
  const record: JsonRecord = isRecord(acl) ? acl : {};
  const grants = publicGrants(pick(record, "grantList", "grants"));
  if (grants !== undefined) bucket.set("acl.publicGrants", [...grants], place.at("AccessControlList"));
  const block = parsed("PublicAccessBlockConfiguration");
  if (block !== undefined && block !== null)
    setAccessBlock(bucket, "publicAccessBlock.", block, place.at("PublicAccessBlockConfiguration"));
  const ownership = ownershipOf(parsed("OwnershipControls") ?? parsed("BucketOwnershipControls"));
  bucket.set("ownershipControls", ownership, place.at("OwnershipControls"));
  draft.count("buckets");
}

function snapshotKind(kind: string, encrypted: string, attributes: string): Kind {
  return {
    kind,
    arn: (item) => textOf(pick(item.configuration, "dBSnapshotArn", "dBClusterSnapshotArn")),
    apply: (_, snapshot, item) => {
      snapshot.set("encrypted", booleanOf(pick(item.configuration, encrypted)), item.configurationPlace);
      snapshot.set("snapshotType", textOf(pick(item.configuration, "snapshotType")), item.configurationPlace);
      const raw = pick(item.supplementary, attributes);
      const list = typeof raw === "string" ? parseJson(raw) : raw;
      if (!Array.isArray(list)) return;
      const restore = (list as unknown[])
        .filter(isRecord)
        .find((entry) => pick(entry, "attributeName") === "restore");
      const values = restore === undefined ? [] : pick(restore, "attributeValues");
      snapshot.set(
        "public",
        Array.isArray(values) && values.includes("all"),
        item.supplementaryPlace.at(attributes),
      );
    },
  };
}

function domainKind(): Kind {
  return {
    kind: "opensearch:domain",
    apply: (_, domain, item) => {
      applyDomain(domain, item.configuration, item.configurationPlace);
    },
  };
}
