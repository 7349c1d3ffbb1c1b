import { whoMay } from "./holders.js";
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

const known = new WeakMap<Setting, Map<string, boolean>>();

/** Administrator-equivalent: every right, or the right to write itself every right (recreation.md 3, band 3). */
export function administers(setting: Setting, who: string): boolean {
  const answers = known.get(setting) ?? new Map<string, boolean>();
  known.set(setting, answers);
  let answer = answers.get(who);
  if (answer === undefined) answers.set(who, (answer = find(setting, who)));
  return answer;
}

function find(setting: Setting, who: string): boolean {
  const account = setting.directory.identities.get(who)?.account;
  if (account === undefined) return false;
  const may = (action: string, resource: string): boolean => {
    const question = {
      action,
      resource: resource.replace("{account}", account),
      account: resource === "*" ? account : undefined,
    };
    const { answer } = judge(setting, who, question);
    return answer === "yes" || answer === "if";
  };
  const has = (rights: typeof everywhere): boolean =>
    rights.every(([action, resource]) => may(action, resource));
  return (
    has(everywhere) ||
    has(identityRights) ||
    ((writesItself(setting, who, may) || createsOne(may)) && leaves(setting, who, account))
  );
}

/** It writes its own policies, by its own name or through a policy that it holds. */
function writesItself(
  setting: Setting,
  who: string,
  may: (action: string, resource: string) => boolean,
): boolean {
  const identity = setting.directory.identities.get(who);
  if (identity === undefined || /:role\/aws-(service-role|reserved)\//.test(who)) return false;
  const noun = identity.kind === "user" ? "User" : "Role";
  return (
    may(`iam:Put${noun}Policy`, who) ||
    may(`iam:Attach${noun}Policy`, who) ||
    identity.groups.some(
      (group) => may("iam:PutGroupPolicy", group) || may("iam:AttachGroupPolicy", group),
    ) ||
    identity.attached.some((policy) => may("iam:CreatePolicyVersion", policy))
  );
}

/** It makes a new identity with policies of its choice, and takes it: the role trusts its maker, the user has a key. */
const createsOne = (may: (action: string, resource: string) => boolean): boolean => {
  const role = "arn:aws:iam::{account}:role/check-probe";
  const user = "arn:aws:iam::{account}:user/check-probe";
  return (
    (may("iam:CreateRole", role) && (may("iam:AttachRolePolicy", role) || may("iam:PutRolePolicy", role))) ||
    (may("iam:CreateUser", user) &&
      (may("iam:AttachUserPolicy", user) || may("iam:PutUserPolicy", user)) &&
      (may("iam:CreateAccessKey", user) || may("iam:CreateLoginProfile", user)))
  );
};

/** What stays in force after that leaves every right over identities. */
function leaves(setting: Setting, who: string, account: string): boolean {
  return identityRights.every(([action, resource]) => {
    const untouched = { inline: true, attached: true, boundary: true };
    const { answer } = judge(
      setting,
      who,
      { action, resource: resource.replace("{account}", account) },
      untouched,
    );
    return answer === "yes" || answer === "if";
  });
}

/** Every administrator of an account: those who hold a right that all of them have, judged one by one. */
export function administratorsOf(setting: Setting, account: string): readonly string[] {
  const probes = [
    ...["iam:CreateRole", "iam:AttachRolePolicy"].map((action) =>
      whoMay(setting, action, `arn:aws:iam::${account}:role/check-probe`),
    ),
    ...[
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:PutUserPolicy",
      "iam:AttachUserPolicy",
      "iam:PutGroupPolicy",
      "iam:AttachGroupPolicy",
      "iam:CreatePolicyVersion",
    ].map((action) => whoMay(setting, action, undefined)),
  ];
  const candidates = new Set(
    probes.flatMap(({ answers }) => [...answers].filter(([, answer]) => answer !== "no").map(([arn]) => arn)),
  );
  return [...candidates]
    .filter((arn) => setting.directory.identities.get(arn)?.account === account && administers(setting, arn))
    .sort();
}
