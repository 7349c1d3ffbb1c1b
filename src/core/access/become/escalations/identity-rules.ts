import type { PairRule, RewriteRule, TakeoverRule } from "./rule.js";

/** Ways to the credentials of an identity, or into it. */
export const takeoverRules: readonly TakeoverRule[] = [
  // A user holds at most two access keys (IAM quotas): with two, one must be deleted first.
  { id: "iam-002", kind: "takeover", target: "user", actions: ["iam:CreateAccessKey"], when: "free-key" },
  {
    id: "iam-003",
    kind: "takeover",
    target: "user",
    actions: ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
    when: "two-keys",
  },
  {
    id: "iam-004",
    kind: "takeover",
    target: "user",
    actions: ["iam:CreateLoginProfile"],
    when: "no-password",
  },
  { id: "iam-006", kind: "takeover", target: "user", actions: ["iam:UpdateLoginProfile"], when: "password" },
  // The trust is rewritten, not the rights: afterwards the actor holds what the role holds now.
  { id: "iam-012", kind: "takeover", target: "role", actions: ["iam:UpdateAssumeRolePolicy"] },
  // An inactive key is no entry; who still has its secret and may switch it on is in.
  {
    id: "iam-022+",
    kind: "takeover",
    target: "user",
    actions: ["iam:UpdateAccessKey"],
    when: "inactive-key",
  },
];

/** Ways to change what an identity may do. */
export const rewriteRules: readonly RewriteRule[] = [
  { id: "iam-007", kind: "rewrite", action: "iam:PutUserPolicy", on: "user", gains: "full" },
  { id: "iam-008", kind: "rewrite", action: "iam:AttachUserPolicy", on: "user", gains: "full" },
  { id: "iam-005", kind: "rewrite", action: "iam:PutRolePolicy", on: "role", gains: "full" },
  { id: "iam-009", kind: "rewrite", action: "iam:AttachRolePolicy", on: "role", gains: "full" },
  { id: "iam-011", kind: "rewrite", action: "iam:PutGroupPolicy", on: "group-of-user", gains: "full" },
  { id: "iam-010", kind: "rewrite", action: "iam:AttachGroupPolicy", on: "group-of-user", gains: "full" },
  { id: "iam-001", kind: "rewrite", action: "iam:CreatePolicyVersion", on: "attached-policy", gains: "full" },
  { id: "iam-013", kind: "rewrite", action: "iam:AddUserToGroup", on: "any-group", gains: "documents" },
  {
    id: "iam-023+",
    kind: "rewrite",
    action: "iam:SetDefaultPolicyVersion",
    on: "attached-policy",
    gains: "documents",
  },
];

/** The published pairs: rewrite another identity and become it. The pair names the path; the parts decide it. */
export const pairRules: readonly PairRule[] = [
  { id: "iam-014", kind: "pair", rewrite: "iam:AttachRolePolicy", access: "sts:AssumeRole" },
  { id: "iam-015", kind: "pair", rewrite: "iam:AttachUserPolicy", access: "iam:CreateAccessKey" },
  { id: "iam-016", kind: "pair", rewrite: "iam:CreatePolicyVersion", access: "sts:AssumeRole" },
  { id: "iam-017", kind: "pair", rewrite: "iam:PutRolePolicy", access: "sts:AssumeRole" },
  { id: "iam-018", kind: "pair", rewrite: "iam:PutUserPolicy", access: "iam:CreateAccessKey" },
  { id: "iam-019", kind: "pair", rewrite: "iam:AttachRolePolicy", access: "iam:UpdateAssumeRolePolicy" },
  { id: "iam-020", kind: "pair", rewrite: "iam:CreatePolicyVersion", access: "iam:UpdateAssumeRolePolicy" },
  { id: "iam-021", kind: "pair", rewrite: "iam:PutRolePolicy", access: "iam:UpdateAssumeRolePolicy" },
];
