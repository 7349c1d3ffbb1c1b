import type { AccountId, PrincipalId } from "../../estate/index.js";
import { computeShapes } from "./escalations/compute.js";
import type { ComputeAction } from "./escalations/rule.js";
import type { HeldRights } from "./held-rights.js";
import { speaks } from "./hold.js";
import { holdableRoles } from "./holdable-roles.js";
import type { Parts } from "./step-types.js";
import { takeovers } from "./steps.js";

/** Compute of a kind that nobody listed, or anything. */
export const placeOf = (on: ComputeAction["on"], digits: string): string =>
  on === "*" ? "*" : computeShapes[on].arn.replace("{account}", digits);

/** What changes an identity, sets it free or lets somebody be it, asked on the identity itself. */
const onItself: readonly string[] = [
  ...new Set([
    "iam:PassRole",
    ...["User", "Role"].flatMap((noun) => [
      `iam:Put${noun}Policy`,
      `iam:Attach${noun}Policy`,
      `iam:Delete${noun}Policy`,
      `iam:Detach${noun}Policy`,
      `iam:Put${noun}PermissionsBoundary`,
      `iam:Delete${noun}PermissionsBoundary`,
    ]),
    ...takeovers.flatMap(({ actions }) => actions),
  ]),
];

/** The same asked on a group or a policy, which may concern whoever is in it or carries it. */
const onOthers: readonly string[] = [
  "iam:RemoveUserFromGroup",
  "iam:PutGroupPolicy",
  "iam:DeleteGroupPolicy",
  "iam:AttachGroupPolicy",
  "iam:DetachGroupPolicy",
  "iam:AddUserToGroup",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
];

/**
 * Of the account, whom anything could happen to while nothing was changed yet. These are few: whoever something held may
 * be done to by name, and whoever runs on compute that something held drives. Ascending.
 */
export function concernedIn(
  parts: Parts,
  account: AccountId,
  held: ReadonlySet<number>,
  rights: Pick<HeldRights, "hitBy" | "any">,
): readonly number[] {
  const { model } = parts;
  const isSpokenOf = (action: string): boolean => [...held].some((index) => speaks(model, index, action));
  if (onOthers.some(isSpokenOf)) return model.members(account);
  const found = new Set<number>();
  for (const action of onItself) {
    for (const target of rights.hitBy(action)) {
      const index = model.index(target as PrincipalId);
      if (index !== undefined && model.account(index) === account) found.add(index);
    }
  }
  const digits = account.replace(/^aws:/, "");
  for (const { rule, roles, running } of holdableRoles(parts, account)) {
    if (rule.passRole || roles.length === 0) continue;
    const anywhere = rule.actions.every(({ action, on }) => rights.any(action, placeOf(on, digits)));
    for (const role of anywhere ? roles : running) found.add(role);
  }
  for (const index of held) if (model.account(index) === account) found.add(index);
  return [...found].sort((a, b) => a - b);
}
