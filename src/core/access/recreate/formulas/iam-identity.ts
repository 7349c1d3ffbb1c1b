import { evidenceAt, parsePolicyDocument, principalId } from "../../../estate/index.js";
import type { PropertyTruth } from "../../recreation.js";
import { missingFact, type FormulaContext } from "../context.js";
import { any, can, fact, type Formula } from "../formula.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * A console user without MFA. Source: IAM User Guide, "Deactivate an MFA device". Beside taking the device away, a new
 * password for a user that has none, or had its MFA removed with it, brings the same state.
 */
export const userWithoutMfa: WeaknessFormula = {
  name: "user-without-mfa",
  weaknesses: ["iam.user.no-mfa"],
  kinds: ["iam:user"],
  weak: consoleWithoutMfa,
  contain: () => ({}),
  restore: (context) => can("iam:DeactivateMFADevice", context.id),
  bypass: () => [],
  declares: () => false,
  elsewhere: (context) => [
    ["iam:CreateLoginProfile", `arn:aws:iam::${context.account?.slice(4) ?? "*"}:user/*`],
  ],
  verbs: { "iam:DeactivateMFADevice": "may take its MFA away" },
  // Containment puts MFA on this user: its password alone is no way in.
  excludes: (entry, context) =>
    (entry.principal as string) === context.id && entry.credential?.startsWith("aws:password/") === true,
};

function consoleWithoutMfa(context: FormulaContext): PropertyTruth {
  const user = context.estate.principal(principalId(context.id));
  const label = "it signs in to the console without MFA";
  if (user?.console === undefined) {
    const collect = "aws iam get-credential-report";
    return fact(
      "unknown",
      label,
      [],
      [missingFact("console", context.id, `MFA of ${context.name}`, collect)],
    );
  }
  const { password, mfa, origin } = user.console;
  const value =
    password === false || mfa === true ? false : password === true && mfa === false ? true : "unknown";
  return fact(value, label, [evidenceAt(origin, user.name)]);
}

/**
 * An identity or policy that grants administration, or a way to it. Source: IAM User Guide, "Adding and removing IAM
 * identity permissions", "Versioning IAM policies": what was taken away returns by attaching, by writing an inline
 * policy, by a new version, or by making an old version the default.
 */
function policyGrant(name: string, weakness: string): WeaknessFormula {
  return {
    name,
    weaknesses: [weakness],
    kinds: ["iam:policy", "iam:role", "iam:user", "iam:group"],
    contain: () => ({}),
    restore: writers,
    bypass: () => [],
    declares: (definition) =>
      ["policy", "inlinePolicy"].some((key) => grantsEverything(definition.declares.get(key))),
    elsewhere: (context) => [
      ["iam:CreatePolicy", `arn:aws:iam::${context.account?.slice(4) ?? "*"}:policy/*`],
    ],
    verbs: {
      "iam:AttachRolePolicy": "may attach the policy again",
      "iam:PutRolePolicy": "may write the rights back",
      "iam:AttachUserPolicy": "may attach the policy again",
      "iam:PutUserPolicy": "may write the rights back",
      "iam:AttachGroupPolicy": "may attach the policy again",
      "iam:PutGroupPolicy": "may write the rights back",
      "iam:CreatePolicyVersion": "may write a new version",
      "iam:SetDefaultPolicyVersion": "may bring an old version back",
      "iam:AddUserToGroup": "may put it into a group",
    },
    excludes: (entry, context) => (entry.principal as string) === context.id,
  };
}

export const adminPolicy = policyGrant("admin-policy", "iam.admin-policy");
export const privilegeEscalation = policyGrant("privilege-escalation", "iam.privilege-escalation");

function writers(context: FormulaContext): Formula {
  const { id } = context;
  const kind = /:(role|user|group|policy)\//.exec(id)?.[1];
  const both = (noun: string): Formula =>
    any(can(`iam:Attach${noun}Policy`, id), can(`iam:Put${noun}Policy`, id), ...standingPolicies(context));
  if (kind === "role") return both("Role");
  if (kind === "user") return both("User");
  if (kind === "group") return both("Group");
  if (
    kind === "policy" &&
    context.estate.managedPolicy(id)?.awsManaged !== true &&
    !id.includes(":iam::aws:")
  )
    return any(can("iam:CreatePolicyVersion", id), can("iam:SetDefaultPolicyVersion", id));
  return any(
    ...["role", "user", "group"].map((noun) =>
      can(
        `iam:Attach${noun.charAt(0).toUpperCase()}${noun.slice(1)}Policy`,
        `arn:aws:iam::${context.account?.slice(4) ?? "*"}:${noun}/*`,
      ),
    ),
  );
}

/** What the identity draws its rights from already: a new version of an attached policy, or a wider group. */
function standingPolicies(context: FormulaContext): readonly Formula[] {
  const own = context.estate.principal(principalId(context.id));
  const groups = (own?.groups ?? []).flatMap((id) => context.estate.principal(principalId(id)) ?? []);
  const versions = [own, ...groups]
    .flatMap((holder) => (holder?.attached ?? []).map((item) => item.arn))
    .filter((arn) => !arn.includes(":iam::aws:"));
  const account = context.account?.slice(4) ?? "*";
  return [
    ...[...new Set(versions)].flatMap((arn) => [
      can("iam:CreatePolicyVersion", arn),
      can("iam:SetDefaultPolicyVersion", arn),
    ]),
    ...groups.flatMap((group) => [
      can("iam:AttachGroupPolicy", group.id),
      can("iam:PutGroupPolicy", group.id),
    ]),
    ...(own?.kind === "user" ? [can("iam:AddUserToGroup", `arn:aws:iam::${account}:group/*`)] : []),
  ];
}

function grantsEverything(declared: unknown): boolean {
  if (declared === undefined || declared === null) return false;
  return (
    parsePolicyDocument(declared).document?.statements.some(
      (statement) =>
        statement.effect === "Allow" &&
        !statement.action.negated &&
        statement.action.patterns.some((pattern) => /^(\*|\*:\*|iam:\*)$/.test(pattern)),
    ) ?? false
  );
}
