import type { AccountId, Principal } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import { rewriteRules } from "./escalations/identity-rules.js";
import { createGrantPatterns, type GrantPatterns } from "./grant-patterns.js";
import type { Handles } from "./handles.js";
import { rememberByEstate } from "./identity-facts.js";
import { mutableRole, type BecomeModel } from "./model.js";
import { creatingActions } from "./names.js";
import { statementsOf } from "./statements.js";

const rememberedNames = rememberByEstate<GrantPatterns>();

const removals: readonly string[] = [
  ...["User", "Role"].flatMap((noun) => [
    `iam:Delete${noun}PermissionsBoundary`,
    `iam:Put${noun}PermissionsBoundary`,
    `iam:Delete${noun}Policy`,
    `iam:Detach${noun}Policy`,
  ]),
  "iam:RemoveUserFromGroup",
  "iam:DeleteGroupPolicy",
  "iam:DetachGroupPolicy",
];

/** Identities of an account with a right to rewrite, create or set free any: ascending. */
export function candidatesIn(model: BecomeModel, handles: Handles, account: AccountId): readonly number[] {
  const { estate } = model;
  const members = model.members(account);
  const users = members.filter((index) => model.kind(index) === "user").map(model.id);
  const roles = members.filter((index) => mutableRole(model.principal(index))).map(model.id);
  const groups = handles.groups(account).map(({ id }) => id);
  const policies = handles.policies(account).map(({ arn }) => arn);
  const found = new Set<number>();
  for (const rule of rewriteRules) {
    const targets: readonly string[] =
      rule.on === "user"
        ? users
        : rule.on === "role"
          ? roles
          : rule.on === "attached-policy"
            ? policies
            : groups;
    for (const { holder } of model.holders(rule.action, targets)) found.add(holder);
  }
  const held = members.filter((index) => {
    const principal = model.principal(index);
    return principal !== undefined && (principal.boundary !== undefined || deniedStill(model, principal, {}));
  });
  const bound = new Set(
    held.flatMap((index) => [model.id(index), ...(model.principal(index)?.groups ?? [])]),
  );
  for (const action of held.length === 0 ? [] : removals)
    for (const { holder } of model.holders(action, [...bound].sort())) found.add(holder);
  const names = rememberedNames(estate, () =>
    createGrantPatterns(
      estate,
      creatingActions.map(({ action }) => action),
    ),
  );
  const digits = account.replace(/^aws:/, "");
  for (const { action, kind } of account.startsWith("aws:") ? creatingActions : []) {
    const targets = [
      `arn:aws:iam::${digits}:${kind}/remit-new`,
      ...names.witnesses(action, ["iam"], account, kind),
    ];
    for (const { holder } of model.holders(action, targets)) found.add(holder);
  }
  // IAM's own actions never cross accounts, and root is the floor.
  return [...found]
    .filter((index) => model.account(index) === account && model.kind(index) !== "root")
    .sort((a, b) => a - b);
}

/** A deny of its own that the lifted layers leave standing, or a policy of its own that may hold one. */
export function deniedStill(model: BecomeModel, as: Principal, lifted: Lifted): boolean {
  const index = model.index(as.id);
  if (index === undefined || (lifted.inline === true && lifted.attached === true)) return false;
  for (const { use, statement } of statementsOf(model.uses(index))) {
    if (statement.effect !== "Deny") continue;
    const off = as.inline.includes(use) ? lifted.inline : lifted.attached;
    if (off !== true) return true;
  }
  return as.attached.some(
    ({ arn }) => model.estate.managedPolicy(arn) === undefined && !/:iam::aws:/.test(arn),
  );
}
