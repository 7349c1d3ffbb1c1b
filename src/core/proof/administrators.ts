import { judge } from "./judge.js";
import type { Setting } from "./ruling.js";

/** Rights over things that no document names: with all of them an identity is an administrator of its account. */
const everywhere: readonly (readonly [string, string])[] = [
  ["iam:CreateRole", "arn:aws:iam::{account}:role/check-probe"],
  ["ec2:DeleteVpc", "arn:aws:ec2:us-east-1:{account}:vpc/vpc-00000000000000000"],
  ["kms:CreateKey", "*"],
  ["rds:DeleteDBInstance", "arn:aws:rds:us-east-1:{account}:db:check-probe"],
];

const identityRights: readonly (readonly [string, string])[] = [
  ["iam:AttachRolePolicy", "arn:aws:iam::{account}:role/check-probe"],
  ["iam:PutRolePolicy", "arn:aws:iam::{account}:role/check-probe"],
  ["iam:UpdateAssumeRolePolicy", "arn:aws:iam::{account}:role/check-probe"],
  ["iam:AttachUserPolicy", "arn:aws:iam::{account}:user/check-probe"],
  ["iam:CreateAccessKey", "arn:aws:iam::{account}:user/check-probe"],
];

/** Administrator-equivalent: every right, or the right to write itself every right (recreation.md 3, band 3). */
export function administers(setting: Setting, who: string): boolean {
  const account = setting.directory.identities.get(who)?.account;
  if (account === undefined) return false;
  const has = (rights: typeof everywhere): boolean =>
    rights.every(([action, resource]) => {
      const { answer } = judge(setting, who, {
        action,
        resource: resource.replace("{account}", account),
        account: resource === "*" ? account : undefined,
      });
      return answer === "yes" || answer === "if";
    });
  return has(everywhere) || has(identityRights);
}
