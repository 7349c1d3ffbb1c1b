import { resourceId, type JsonValue } from "../../estate/index.js";
import { missingFact, type FormulaContext } from "./context.js";
import { all, fact, is, open, type Formula, type Guard } from "./formula.js";
import { liftOrganizationPolicy, organizationPolicyOff } from "./organization-guard.js";
import type { OrganizationPolicy } from "../../estate/index.js";

export interface AccountGuard {
  readonly name: string;
  readonly kind: Guard["kind"];
  /** Property of the `aws:account` resource; the Region is appended. */
  readonly property: string;
  readonly isOff: (value: JsonValue) => boolean;
  readonly lift: Formula;
  readonly collect: string;
  /** The attribute of an EC2 declarative policy that pins the setting, e.g. `snapshot_block_public_access`. */
  readonly declarative: string;
}

/**
 * A switch of the account in one Region. Where an EC2 declarative policy pins it, the account cannot change it at all
 * (AWS Organizations User Guide, "Declarative policies"): only whoever lifts the policy can.
 */
export function accountGuard(context: FormulaContext, guard: AccountGuard): Formula {
  const { account, region } = context;
  if (account === undefined || region === undefined) {
    const place = account === undefined ? "account" : "Region";
    const missing = missingFact(
      "place",
      context.id,
      `the ${place} of ${context.name}`,
      `name the ${place} in the estate`,
    );
    return is(fact("unknown", `${guard.name} is off`, [], [missing]));
  }
  const pinned = organizationPolicyOff(
    context.estate,
    account,
    "declarative-ec2",
    "declarative-policies",
    (policy) => pins(policy, guard.declarative),
    guard.declarative,
  );
  const off = context.truth(
    resourceId(account),
    `${guard.property}.${region}`,
    guard.isOff,
    `${guard.name} is off in ${region}`,
    `${guard.name} of account ${context.estate.account(account)?.name ?? account} in ${region}`,
    `${guard.collect} --region ${region}`,
  );
  // A pinned setting shows in the account's own value: the policy matters to whoever would change it.
  const free = open({
    name: `declarative policy on ${guard.declarative}`,
    kind: "write",
    off: pinned,
    lift: liftOrganizationPolicy(context.estate, account, "declarative-ec2"),
  });
  return open({ name: guard.name, kind: guard.kind, off, lift: all(guard.lift, free) });
}

function pins(policy: OrganizationPolicy, attribute: string): boolean {
  const content = policy.content;
  if (typeof content !== "object" || content === null || !("ec2_attributes" in content)) return false;
  const attributes = content.ec2_attributes;
  return typeof attributes === "object" && attributes !== null && attribute in attributes;
}
