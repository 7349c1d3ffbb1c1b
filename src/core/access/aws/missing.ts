import { parseArn, type AccountId, type MissingFact } from "../../estate/index.js";

const digits = (account: AccountId): string => account.replace(/^aws:/, "");

/** The calls that together give every policy of a type with content and targets. */
const organizationPolicies = (type: string): string =>
  `aws organizations list-policies --filter ${type} (then describe-policy and list-targets-for-policy of each)`;

const policyCommands: Readonly<Record<string, string>> = {
  s3: "aws s3api get-bucket-policy --bucket",
  sqs: "aws sqs get-queue-attributes --attribute-names All --queue-url",
  sns: "aws sns get-topic-attributes --topic-arn",
  kms: "aws kms get-key-policy --policy-name default --key-id",
  lambda: "aws lambda get-policy --function-name",
  secretsmanager: "aws secretsmanager get-resource-policy --secret-id",
  ecr: "aws ecr get-repository-policy --repository-name",
};

/** The call that prints the policy of one resource, by its service. */
function resourcePolicyCommand(resource: string): string {
  const arn = parseArn(resource);
  const command = arn === undefined ? undefined : policyCommands[arn.service];
  const name = arn?.resource.split(/[/:]/).at(-1) ?? resource;
  return command === undefined ? "an AWS Config snapshot that holds the resource" : `${command} ${name}`;
}

/** The facts that the engine may find missing, each with its one stable key. */
export const missing = {
  scp: (account: AccountId): MissingFact => ({
    key: `scp|${account}`,
    fact: `service control policies of account ${digits(account)}`,
    collect: organizationPolicies("SERVICE_CONTROL_POLICY"),
  }),
  rcp: (account: AccountId): MissingFact => ({
    key: `rcp|${account}`,
    fact: `resource control policies of account ${digits(account)}`,
    collect: organizationPolicies("RESOURCE_CONTROL_POLICY"),
  }),
  organizationPolicy: (id: string): MissingFact => ({
    key: `organization-policy|${id}`,
    fact: `content and targets of organisation policy \`${id}\``,
    collect: `aws organizations describe-policy --policy-id ${id}; aws organizations list-targets-for-policy --policy-id ${id}`,
  }),
  organization: (account: AccountId): MissingFact => ({
    key: `organization|${account}`,
    fact: `the organisation of account ${digits(account)}`,
    collect: "aws organizations describe-organization",
  }),
  resourcePolicy: (resource: string): MissingFact => ({
    key: `resource-policy|${resource}`,
    fact: `the resource policy of \`${resource}\``,
    collect: resourcePolicyCommand(resource),
  }),
  trust: (role: string): MissingFact => ({
    key: `resource-policy|${role}`,
    fact: `the trust policy of \`${role}\``,
    collect: "aws iam get-account-authorization-details",
  }),
  managedPolicy: (arn: string): MissingFact => ({
    key: `managed-policy|${arn}`,
    fact: `the document of managed policy \`${arn}\``,
    collect: `aws iam get-policy --policy-arn ${arn}; aws iam get-policy-version --policy-arn ${arn} --version-id VERSION`,
  }),
  group: (group: string): MissingFact => ({
    key: `group|${group}`,
    fact: `the policies of group \`${group}\``,
    collect: "aws iam get-account-authorization-details",
  }),
  identities: (account: AccountId): MissingFact => ({
    key: `iam|${account}`,
    fact: `identities and policies of account ${digits(account)}`,
    collect: "aws iam get-account-authorization-details",
  }),
  owner: (resource: string): MissingFact => ({
    key: `owner|${resource}`,
    fact: `which account owns \`${resource}\``,
    collect: "aws s3api list-buckets (in each account)",
  }),
  tags: (resource: string): MissingFact => ({
    key: `tags|${resource}`,
    fact: `the tags of \`${resource}\``,
    collect: "aws resourcegroupstaggingapi get-resources",
  }),
  notPrincipal: (actor: string): MissingFact => ({
    key: `not-principal|${actor}`,
    fact: `whether a NotPrincipal that names \`${actor}\` but not its account spares it`,
    collect: "name the account in the NotPrincipal element too, or use a condition on aws:PrincipalArn",
  }),
};
