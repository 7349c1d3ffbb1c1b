import {
  principalId,
  resourceId,
  type AccountId,
  type Estate,
  type Evidence,
  type Principal,
  type PrincipalId,
} from "../../estate/index.js";
import type { AccessSet } from "../engine.js";
import { bitmapOf } from "../bitmap.js";
import { managedUse } from "../managed-use.js";
import { witnessOf } from "./arn-pattern.js";
import type { BecomeModel } from "./model.js";
import type { Parts } from "./step-types.js";
import { coversAction, statementsOf } from "./statements.js";

/**
 * Rights from which `*:*` is told apart from a service's administrator: one per large service, none
 * that a resource policy could also grant. */
const everywhere: readonly (readonly [action: string, resource: string])[] = [
  ["iam:CreateRole", "arn:aws:iam::{account}:role/remit-probe"],
  ["ec2:TerminateInstances", "arn:aws:ec2:us-east-1:{account}:instance/i-00000000000000000"],
  ["ec2:DeleteVpc", "arn:aws:ec2:us-east-1:{account}:vpc/vpc-00000000000000000"],
  ["kms:CreateKey", "*"],
  ["rds:DeleteDBInstance", "arn:aws:rds:us-east-1:{account}:db:remit-probe"],
  ["cloudformation:CreateStack", "arn:aws:cloudformation:us-east-1:{account}:stack/remit-probe/x"],
];

/**
 * Azure: who hands out roles on the whole subscription and writes any resource in it (the built-in role Owner; Microsoft
 * Learn, "Azure built-in roles"). Contributor may write and not hand out, User Access Administrator the other way round;
 * neither is an expected administrator of everything.
 */
const azureEverywhere: readonly (readonly [action: string, resource: string])[] = [
  ["Microsoft.Authorization/roleAssignments/write", "/subscriptions/{account}/resourcegroups/remit-probe"],
  [
    "Microsoft.KeyVault/vaults/write",
    "/subscriptions/{account}/resourcegroups/remit-probe/providers/microsoft.keyvault/vaults/remit-probe",
  ],
  [
    "Microsoft.Storage/storageAccounts/write",
    "/subscriptions/{account}/resourcegroups/remit-probe/providers/microsoft.storage/storageaccounts/remitprobe",
  ],
];

const everywhereIn = (account: AccountId): typeof everywhere =>
  account.startsWith("azure:") ? azureEverywhere : everywhere;

/** With these on anything in the account an identity gives itself and others every right that the envelope has. */
const identityRights: readonly (readonly [action: string, resource: string])[] = [
  ["iam:AttachRolePolicy", "arn:aws:iam::{account}:role/remit-probe"],
  ["iam:PutRolePolicy", "arn:aws:iam::{account}:role/remit-probe"],
  ["iam:UpdateAssumeRolePolicy", "arn:aws:iam::{account}:role/remit-probe"],
  ["iam:AttachUserPolicy", "arn:aws:iam::{account}:user/remit-probe"],
  ["iam:CreateAccessKey", "arn:aws:iam::{account}:user/remit-probe"],
];

/** The account's S3, key and service rights that manage permissions (R8, D11): action and a resource nobody has named. */
const permissionsManagement: readonly (readonly [action: string, resource: string])[] = [
  ...identityRights,
  ["iam:PutUserPolicy", "arn:aws:iam::{account}:user/remit-probe"],
  ["iam:CreatePolicyVersion", "arn:aws:iam::{account}:policy/remit-probe"],
  ["iam:SetDefaultPolicyVersion", "arn:aws:iam::{account}:policy/remit-probe"],
  ["iam:PutGroupPolicy", "arn:aws:iam::{account}:group/remit-probe"],
  ["iam:AttachGroupPolicy", "arn:aws:iam::{account}:group/remit-probe"],
  ["iam:AddUserToGroup", "arn:aws:iam::{account}:group/remit-probe"],
  ["iam:PassRole", "arn:aws:iam::{account}:role/remit-probe"],
  ["iam:CreateLoginProfile", "arn:aws:iam::{account}:user/remit-probe"],
  ["iam:UpdateLoginProfile", "arn:aws:iam::{account}:user/remit-probe"],
  ["iam:DeleteRolePermissionsBoundary", "arn:aws:iam::{account}:role/remit-probe"],
  ["iam:DeleteUserPermissionsBoundary", "arn:aws:iam::{account}:user/remit-probe"],
  ["kms:PutKeyPolicy", "arn:aws:kms:us-east-1:{account}:key/00000000-0000-0000-0000-000000000000"],
  ["kms:CreateGrant", "arn:aws:kms:us-east-1:{account}:key/00000000-0000-0000-0000-000000000000"],
  ["lambda:AddPermission", "arn:aws:lambda:us-east-1:{account}:function:remit-probe"],
  ["s3:PutBucketPolicy", "arn:aws:s3:::remit-probe"],
  ["s3:PutBucketAcl", "arn:aws:s3:::remit-probe"],
  ["s3:PutAccountPublicAccessBlock", "*"],
  ["sqs:SetQueueAttributes", "arn:aws:sqs:us-east-1:{account}:remit-probe"],
  ["sns:SetTopicAttributes", "arn:aws:sns:us-east-1:{account}:remit-probe"],
  ["secretsmanager:PutResourcePolicy", "arn:aws:secretsmanager:us-east-1:{account}:secret:remit-probe"],
  ["ecr:SetRepositoryPolicy", "arn:aws:ecr:us-east-1:{account}:repository/remit-probe"],
  ["organizations:AttachPolicy", "*"],
  ["sso:CreateAccountAssignment", "*"],
];

const inAccount = (resource: string, account: AccountId): string =>
  resource.replace("{account}", account.replace(/^(aws|azure):/, ""));

/**
 * Administrator-equivalent identities of an account. An identity counts when, after boundary and SCP,
 * 1. it holds rights over everything: each action of `everywhere` on a resource that no document names; or
 * 2. it can rewrite itself, or an identity that it becomes in one step, with any policy it likes, and the envelope of
 *    the rewritten identity has every right of `identityRights` on anything in the account.
 * A permissions-management right alone (`s3:PutBucketPolicy`, `iam:PutRolePolicy` on one other role) makes an identity
 * privileged, not administrator. The account root is not listed: it is the floor (recreation.md 3).
 */
export function administratorsOf(parts: Parts, account: AccountId): AccessSet {
  const { model, rewritings } = parts;
  const { engine } = model;
  const allowed = new Set<number>();
  const unknown = new Set<number>();
  const members = model.members(account).filter((index) => model.kind(index) !== "root");
  const answers = everywhereIn(account).map(([action, resource]) =>
    engine.whoCan(action, inAccount(resource, account)),
  );
  for (const index of members) {
    if (answers.every((answer) => answer.allowed.has(index))) allowed.add(index);
    else if (answers.every((answer) => answer.allowed.has(index) || answer.unknown.has(index)))
      unknown.add(index);
  }
  for (const actor of rewritings.candidates(account)) {
    if (allowed.has(actor)) continue;
    for (const rewriting of rewritings.of(actor)) {
      if (rewriting.gains !== "full") {
        const may = everywhereIn(account).map(([action, resource]) =>
          rewriting.may(action, inAccount(resource, account)),
        );
        if (may.every((value) => value === true) && rewriting.verdict === true) allowed.add(actor);
        else if (may.every((value) => value !== false)) unknown.add(actor);
        continue;
      }
      const may = identityRights.map(([action, resource]) =>
        rewriting.may(action, inAccount(resource, account)),
      );
      if (may.some((value) => value === false)) continue;
      if (rewriting.verdict === true && may.every((value) => value === true)) allowed.add(actor);
      else unknown.add(actor);
    }
  }
  for (const index of allowed) unknown.delete(index);
  return { allowed: bitmapOf(allowed), unknown: bitmapOf(unknown) };
}

/** Permissions-management rights of one identity, on whatever resource its statements name or on any. */
export function privilegesOf(
  parts: Parts,
  principal: PrincipalId,
): readonly { readonly action: string; readonly evidence: Evidence }[] {
  const { model } = parts;
  const index = model.index(principal);
  const account = index === undefined ? undefined : model.account(index);
  if (index === undefined || account === undefined) return [];
  const found: { action: string; evidence: Evidence }[] = [];
  const allowing = [...statementsOf(model.uses(index))].filter(
    ({ statement }) => statement.effect === "Allow",
  );
  const everything = areAllItsGrants(model, principal);
  for (const [action, resource] of permissionsManagement) {
    const asked = new Set([inAccount(resource, account)]);
    const speaking = allowing.filter(({ statement }) => coversAction(statement, action));
    // Nobody lets it, unless the thing that stands for any other is really there and has a policy that does.
    if (everything && speaking.length === 0 && !isThere(model, inAccount(resource, account))) continue;
    for (const { statement } of speaking) {
      if (statement.resource === undefined || statement.resource.negated) continue;
      for (const pattern of statement.resource.patterns)
        asked.add(bucketWitness(pattern) ?? witnessOf(pattern, account) ?? inAccount(resource, account));
    }
    for (const target of [...asked].sort()) {
      // What the asked resource's own policy says is not the question: it stands for whichever there is.
      if (model.engine.verdict(principal, action, target) === false) continue;
      const [grant] = model.engine.decide(principal, action, target).grants;
      if (grant === undefined) continue;
      found.push({ action, evidence: grant });
      break;
    }
  }
  return found.sort((a, b) => (a.action < b.action ? -1 : a.action > b.action ? 1 : 0));
}

/** An identity all of whose rights stand in policies that are here to be read. */
function areAllItsGrants(model: BecomeModel, id: PrincipalId): boolean {
  const principal = model.estate.principal(id);
  return (
    principal?.provider === "aws" &&
    (principal.kind === "user" || principal.kind === "role") &&
    [principal, ...principal.groups.map((group) => model.estate.principal(group))].every(
      (item) =>
        item?.attached.every(
          ({ arn, origin }) => managedUse(model.estate.managedPolicy(arn), origin) !== undefined,
        ) === true,
    ) &&
    !isGranted(model.estate, principal)
  );
}

const granted = new WeakMap<Estate, ReadonlySet<string>>();

/** The native estate document states rights of it, or of a group that it is in. */
function isGranted(estate: Estate, { id, groups }: Principal): boolean {
  let holders = granted.get(estate);
  if (holders === undefined)
    granted.set(estate, (holders = new Set<string>(estate.grants.map(({ holder }) => holder))));
  return [id, ...groups].some((holder) => holders.has(holder));
}

const isThere = ({ estate }: BecomeModel, resource: string): boolean =>
  estate.resource(resourceId(resource)) !== undefined ||
  estate.principal(principalId(resource)) !== undefined;

/** Bucket ARNs carry no account. */
const bucketWitness = (pattern: string): string | undefined =>
  /^arn:[^:]+:s3:::/.test(pattern) ? pattern.replace(/[*?]+/g, "x") : undefined;
