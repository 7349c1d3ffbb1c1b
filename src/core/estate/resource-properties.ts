/**
 * The property vocabulary that readers write and the recreation formulas read. Names are the provider's own
 * words where it has them. A property that no document stated is absent, never defaulted, except where a
 * provider's documented answer means "none" (e.g. `NoSuchPublicAccessBlockConfiguration` = all four false).
 */
export const resourceProperties = {
  "s3:bucket": {
    "publicAccessBlock.BlockPublicAcls": "boolean",
    "publicAccessBlock.IgnorePublicAcls": "boolean",
    "publicAccessBlock.BlockPublicPolicy": "boolean",
    "publicAccessBlock.RestrictPublicBuckets": "boolean",
    "acl.publicGrants": "string[] such as AllUsers:READ; empty = none",
    "acl.publicObjects": "boolean: an object of the bucket has an ACL that names everyone",
    ownershipControls: "BucketOwnerEnforced | BucketOwnerPreferred | ObjectWriter | none",
    accessPoints: "ids of access points",
  },
  "s3:access-point": {
    bucket: "bucket ARN",
    networkOrigin: "Internet | VPC",
    "publicAccessBlock.BlockPublicPolicy": "boolean",
    "publicAccessBlock.RestrictPublicBuckets": "boolean",
  },
  "aws:account": {
    "s3.publicAccessBlock.BlockPublicAcls": "boolean",
    "s3.publicAccessBlock.IgnorePublicAcls": "boolean",
    "s3.publicAccessBlock.BlockPublicPolicy": "boolean",
    "s3.publicAccessBlock.RestrictPublicBuckets": "boolean",
    "ec2.snapshotBlockPublicAccess.REGION": "unblocked | block-new-sharing | block-all-sharing",
    "ec2.imageBlockPublicAccess.REGION": "unblocked | block-new-sharing",
    "ec2.instanceMetadataDefaults.httpTokens.REGION": "no-preference | optional | required",
    "ec2.httpTokensEnforced.REGION": "boolean",
    "ec2.vpcBlockPublicAccess.REGION": "off | block-ingress | block-bidirectional",
    "root.accessKeyActive": "boolean (any of the two)",
    "root.mfa": "boolean",
    "root.lastUsedAt": "ISO 8601",
    "root.mailboxControlled": "boolean (whoever may reset the root password reads its mailbox)",
  },
  "ec2:security-group": {
    ingress: "[{protocol, fromPort, toPort, cidrs: string[], prefixLists: string[], groups: string[]}]",
    vpc: "id",
  },
  "ec2:instance": {
    "metadataOptions.httpTokens": "optional | required",
    "metadataOptions.httpEndpoint": "enabled | disabled",
    "metadataOptions.hopLimit": "number",
    securityGroups: "ids",
    publicIp: "string or null",
    subnet: "id",
    internetReachable:
      "boolean (public address, route and network ACL taken together: could be reached, by what its security groups let in)",
    internetRoute: "boolean (its subnet has a route to an internet gateway)",
    networkAclOpen: "boolean (the network ACL of its subnet lets the internet in)",
    userDataSecrets: "boolean",
    instanceProfile: "ARN; the role is the principal whose instanceProfiles name it (runsAs, once known)",
  },
  "ec2:snapshot": { public: "boolean", encrypted: "boolean" },
  "ec2:image": { public: "boolean", encrypted: "boolean" },
  "rds:db-instance": {
    publiclyAccessible: "boolean",
    securityGroups: "ids",
    subnets: "ids",
    publicSubnets: "boolean",
  },
  "rds:subnet-group": { subnets: "ids" },
  "ec2:route-table": {
    vpc: "id",
    subnets: "ids",
    main: "boolean (the table of all subnets of the VPC without one of their own)",
    internetRoute: "boolean",
  },
  "ec2:network-acl": { vpc: "id", subnets: "ids", networkAclOpen: "boolean" },
  "rds:snapshot": { public: "boolean", encrypted: "boolean", snapshotType: "manual | automated | awsbackup" },
  "rds:cluster-snapshot": { public: "boolean", encrypted: "boolean", snapshotType: "manual | automated" },
  "kms:key": {
    keyManager: "AWS | CUSTOMER",
    grants: "[{id, grantee, operations: string[]}]",
  },
  "lambda:function": {
    "url.authType": "NONE | AWS_IAM | absent-url",
    environmentSecrets: "names of variables that look like secrets, never values",
    internetReachable: "boolean",
  },
  "sqs:queue": { encryption: "none | SSE-SQS | SSE-KMS" },
  "sns:topic": { encryption: "none | SSE-KMS" },
  "ecr:repository": {},
  "secretsmanager:secret": {
    rotationEnabled: "boolean",
    secretsOf: "ids of the workloads whose secrets lie in it",
  },
  "ecs:task-definition": { environmentSecrets: "names" },
  "ecs:service": { taskDefinition: "ARN" },
  "ecs:task": { taskDefinition: "ARN" },
  "eks:cluster": {
    endpointPublicAccess: "boolean",
    publicAccessCidrs: "string[]",
    authenticationMode: "string",
  },
  "opensearch:domain": { vpc: "boolean" },
  "cloudformation:stack": {
    serviceRole: "role ARN or null",
    resources: "physical ids",
    logicalIds: "logical id: physical id",
  },
  "codebuild:project": {},
  "azure:storage-account": {
    allowBlobPublicAccess: "boolean",
    containersPublic: "boolean (some container has public access level blob or container)",
    allowSharedKeyAccess: "boolean",
    publicNetworkAccess: "boolean",
    denyPolicy: "boolean (Azure Policy deny on the property at the scope)",
    secretsOf: "ids of the workloads whose secrets lie in it",
  },
  "azure:key-vault": {
    permissionModel: "access-policy | rbac",
    denyPolicy: "boolean (Azure Policy deny on the permission model or access policies)",
    publicNetworkAccess: "boolean",
    secretsOf: "ids of the workloads whose secrets lie in it",
  },
  workload: {
    internetReachable: "boolean",
    tokenlessMetadata: "boolean",
  },
} as const;

export type ResourceKind = keyof typeof resourceProperties;
