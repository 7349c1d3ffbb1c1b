import type { JsonValue } from "../../core/estate/index.js";
import { isRecord, listOf, secretNames, textOf, textsOf } from "../drafting/index.js";

type Properties = Readonly<Record<string, JsonValue>>;
type Declared = Readonly<Record<string, JsonValue | undefined>>;

const record = (value: JsonValue | undefined): Properties => (isRecord(value) ? value : {});
const flag = (value: JsonValue | undefined): boolean | undefined =>
  value === "true" ? true : value === "false" ? false : typeof value === "boolean" ? value : undefined;
const number = (value: JsonValue | undefined): number | null =>
  typeof value === "number"
    ? value
    : typeof value === "string" && /^-?\d+$/.test(value)
      ? Number(value)
      : null;

function block(value: JsonValue | undefined): Declared {
  const given = record(value);
  if (value === undefined) return {};
  // A flag that the template leaves out is off.
  return Object.fromEntries(
    ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((name) => [
      `publicAccessBlock.${name}`,
      flag(given[name]) ?? false,
    ]),
  );
}

const grants: Readonly<Record<string, readonly string[]>> = {
  PublicRead: ["AllUsers:READ"],
  PublicReadWrite: ["AllUsers:READ", "AllUsers:WRITE"],
  AuthenticatedRead: ["AuthenticatedUsers:READ"],
  Private: [],
};

function ingress(rule: unknown): JsonValue {
  const given = record(rule as JsonValue);
  const some = (...names: string[]): readonly string[] => names.flatMap((name) => textOf(given[name]) ?? []);
  return {
    protocol: textOf(given["IpProtocol"]) ?? String(number(given["IpProtocol"]) ?? "-1"),
    fromPort: number(given["FromPort"]),
    toPort: number(given["ToPort"]),
    cidrs: some("CidrIp", "CidrIpv6"),
    prefixLists: some("SourcePrefixListId"),
    groups: some("SourceSecurityGroupId"),
  };
}

const secrets = (variables: JsonValue | undefined): JsonValue | undefined => {
  const pairs = Object.entries(record(variables)).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return [...secretNames(pairs)];
};

const object = (value: JsonValue | undefined): JsonValue | undefined => (isRecord(value) ? value : undefined);
const list = (value: JsonValue | undefined): JsonValue | undefined =>
  Array.isArray(value) ? value : undefined;

/** What a template's resource sets, in the vocabulary of `resource-properties.ts`. */
export const declarations: Readonly<Record<string, (p: Properties) => Declared>> = {
  "AWS::S3::Bucket": (p) => ({
    ...block(p["PublicAccessBlockConfiguration"]),
    "acl.publicGrants": grants[textOf(p["AccessControl"]) ?? ""],
    ownershipControls: textOf(
      record(listOf(record(p["OwnershipControls"])["Rules"])[0] as JsonValue)["ObjectOwnership"],
    ),
  }),
  "AWS::S3::BucketPolicy": (p) => ({ policy: object(p["PolicyDocument"]) }),
  "AWS::IAM::Role": (p) => ({
    trustPolicy: object(p["AssumeRolePolicyDocument"]),
    attachedPolicies: list(p["ManagedPolicyArns"]),
    inlinePolicies: inline(p["Policies"]),
    permissionsBoundary: textOf(p["PermissionsBoundary"]),
  }),
  "AWS::IAM::User": (p) => ({
    attachedPolicies: list(p["ManagedPolicyArns"]),
    inlinePolicies: inline(p["Policies"]),
  }),
  "AWS::IAM::Policy": (p) => ({ policy: object(p["PolicyDocument"]), policyName: textOf(p["PolicyName"]) }),
  "AWS::IAM::ManagedPolicy": (p) => ({ policy: object(p["PolicyDocument"]) }),
  "AWS::IAM::AccessKey": (p) => ({ user: textOf(p["UserName"]), status: textOf(p["Status"]) }),
  "AWS::IAM::OIDCProvider": (p) => ({ url: textOf(p["Url"]), clientIds: list(p["ClientIdList"]) }),
  "AWS::EC2::SecurityGroup": (p) => ({
    ingress: Array.isArray(p["SecurityGroupIngress"])
      ? listOf(p["SecurityGroupIngress"]).map(ingress)
      : undefined,
    vpc: textOf(p["VpcId"]),
  }),
  "AWS::EC2::SecurityGroupIngress": (p) => ({ ingress: [ingress(p)] }),
  "AWS::EC2::Instance": (p) => ({
    securityGroups: Array.isArray(p["SecurityGroupIds"]) ? textsOf(p["SecurityGroupIds"]) : undefined,
    "metadataOptions.httpTokens": textOf(record(p["MetadataOptions"])["HttpTokens"]),
    instanceProfile: textOf(p["IamInstanceProfile"]),
  }),
  "AWS::EC2::LaunchTemplate": (p) => ({
    "metadataOptions.httpTokens": textOf(
      record(record(p["LaunchTemplateData"])["MetadataOptions"])["HttpTokens"],
    ),
  }),
  "AWS::RDS::DBInstance": (p) => ({ publiclyAccessible: flag(p["PubliclyAccessible"]) }),
  "AWS::KMS::Key": (p) => ({ policy: object(p["KeyPolicy"]) }),
  "AWS::Lambda::Function": (p) => ({
    environmentSecrets:
      p["Environment"] === undefined ? undefined : secrets(record(p["Environment"])["Variables"]),
    runsAs: textOf(p["Role"]),
  }),
  "AWS::Lambda::Url": (p) => ({ "url.authType": textOf(p["AuthType"]) }),
  "AWS::Lambda::Permission": (p) => {
    const principal = textOf(p["Principal"]);
    const action = textOf(p["Action"]);
    if (principal === undefined || action === undefined) return {};
    const who =
      principal === "*" ? "*" : principal.includes(".") ? { Service: principal } : { AWS: principal };
    const equals = {
      "AWS:SourceAccount": textOf(p["SourceAccount"]),
      "lambda:FunctionUrlAuthType": textOf(p["FunctionUrlAuthType"]),
      "aws:PrincipalOrgID": textOf(p["PrincipalOrgID"]),
    };
    const stated = Object.fromEntries(
      Object.entries(equals).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const source = textOf(p["SourceArn"]);
    const condition = {
      ...(Object.keys(stated).length === 0 ? {} : { StringEquals: stated }),
      ...(source === undefined ? {} : { ArnLike: { "AWS:SourceArn": source } }),
    };
    const statement = {
      Effect: "Allow",
      Principal: who,
      Action: action,
      Resource: textOf(p["FunctionName"]) ?? "*",
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    };
    return { policy: { Version: "2012-10-17", Statement: [statement] } };
  },
  "AWS::SQS::QueuePolicy": (p) => ({ policy: object(p["PolicyDocument"]) }),
  "AWS::SNS::TopicPolicy": (p) => ({ policy: object(p["PolicyDocument"]) }),
  "AWS::ECR::Repository": (p) => ({ policy: object(p["RepositoryPolicyText"]) }),
  "AWS::SecretsManager::ResourcePolicy": (p) => ({ policy: object(p["ResourcePolicy"]) }),
  "AWS::EKS::Cluster": (p) => ({
    endpointPublicAccess: flag(record(p["ResourcesVpcConfig"])["EndpointPublicAccess"]),
    publicAccessCidrs: list(record(p["ResourcesVpcConfig"])["PublicAccessCidrs"]),
  }),
  "AWS::OpenSearchService::Domain": (p) => ({
    policy: object(p["AccessPolicies"]),
    vpc: p["VPCOptions"] !== undefined,
  }),
  "AWS::Elasticsearch::Domain": (p) => ({
    policy: object(p["AccessPolicies"]),
    vpc: p["VPCOptions"] !== undefined,
  }),
};

function inline(value: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(value)) return undefined;
  return listOf(value).flatMap((item) => {
    const given = record(item as JsonValue);
    const policy = object(given["PolicyDocument"]);
    return policy === undefined ? [] : [{ name: textOf(given["PolicyName"]) ?? "", policy }];
  });
}
