import type { AccountId, MissingFact } from "../../estate/index.js";

/** The facts that the engine may find missing, each with its one stable key. */
export const missing = {
  scp: (account: AccountId): MissingFact => ({
    key: `scp|${account}`,
    fact: `service control policies of account \`${account}\``,
    collect: "remit collect aws --only organizations",
  }),
  rcp: (account: AccountId): MissingFact => ({
    key: `rcp|${account}`,
    fact: `resource control policies of account \`${account}\``,
    collect: "remit collect aws --only organizations",
  }),
  organizationPolicy: (id: string): MissingFact => ({
    key: `organization-policy|${id}`,
    fact: `content and targets of organisation policy \`${id}\``,
    collect: `aws organizations describe-policy --policy-id ${id}; aws organizations list-targets-for-policy --policy-id ${id}`,
  }),
  organization: (account: AccountId): MissingFact => ({
    key: `organization|${account}`,
    fact: `the organisation of account \`${account}\`, and its management account`,
    collect: "remit collect aws --only organizations",
  }),
  resourcePolicy: (resource: string): MissingFact => ({
    key: `resource-policy|${resource}`,
    fact: `the resource policy of \`${resource}\``,
    collect: "remit collect aws --only resource-policies",
  }),
  trust: (role: string): MissingFact => ({
    key: `resource-policy|${role}`,
    fact: `the trust policy of \`${role}\``,
    collect: "aws iam get-account-authorization-details",
  }),
  managedPolicy: (arn: string): MissingFact => ({
    key: `managed-policy|${arn}`,
    fact: `the document of managed policy \`${arn}\``,
    collect: `aws iam get-policy-version --policy-arn ${arn} --version-id VERSION`,
  }),
  group: (group: string): MissingFact => ({
    key: `group|${group}`,
    fact: `the policies of group \`${group}\``,
    collect: "aws iam get-account-authorization-details",
  }),
  identities: (account: AccountId): MissingFact => ({
    key: `iam|${account}`,
    fact: `identities and policies of account \`${account}\``,
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
