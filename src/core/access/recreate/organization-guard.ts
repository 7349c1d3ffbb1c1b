import {
  evidenceAt,
  type AccountId,
  type Estate,
  type OrganizationPolicy,
  type OrganizationPolicyType,
} from "../../estate/index.js";
import { missingFact } from "./context.js";
import { byDelegation } from "./delegation.js";
import { any, can, fact, never, type Formula } from "./formula.js";
import type { PropertyTruth } from "../recreation.js";

/**
 * Organisation policies that stand above an account: S3 account policy, declarative EC2 policies, RCPs. Whether one of
 * them sets `what` for the account, three-valued: false is only said when the chain of the account is known.
 */
export function organizationPolicyOff(
  estate: Estate,
  account: AccountId | undefined,
  type: OrganizationPolicyType,
  topic: "org-s3-policy" | "declarative-policies" | "rcp",
  sets: (policy: OrganizationPolicy) => boolean,
  what: string,
): PropertyTruth {
  const label = `no organisation policy sets ${what}`;
  const collect = "aws organizations list-policies, describe-policy, list-targets-for-policy";
  if (account === undefined) {
    return fact(
      "unknown",
      label,
      [],
      [missingFact("account", what, `the account that it belongs to`, "name the account in the estate")],
    );
  }
  const missing = missingFact(
    topic,
    account,
    `organisation policies (${type}) of account ${estate.account(account)?.name ?? account}`,
    collect,
  );
  if (estate.account(account)?.organization === "none")
    return fact(true, `${label}: the account stands alone`);
  const binding = policiesOf(estate, account, type).filter(sets);
  const first = binding[0];
  if (first !== undefined)
    return fact(false, `organisation policy ${first.name} sets ${what}`, [
      evidenceAt(first.origin, first.name),
    ]);
  return estate.covers(topic, account) ? fact(true, label) : fact("unknown", label, [], [missing]);
}

/** Policies of a type on the account's chain; declarative policies bind the management account too. */
export function policiesOf(
  estate: Estate,
  account: AccountId,
  type: OrganizationPolicyType,
): readonly OrganizationPolicy[] {
  const organization = estate.organizationOf(account);
  if (organization === undefined) return [];
  const chain = new Set<string>();
  let at: string | undefined = account.startsWith("aws:") ? account.slice(4) : account;
  while (at !== undefined && !chain.has(at)) {
    const id: string = at;
    chain.add(id);
    at = organization.nodes.find((node) => node.id === id)?.parent;
  }
  return organization.policies.filter(
    (policy) => policy.type === type && (policy.targets ?? []).some((target) => chain.has(target)),
  );
}

/**
 * Who lifts an organisation policy (recreation.md 2): identities of the management account or of a delegated
 * administrator, those of the accounts that the delegation policy names, and whoever may take the account out of the
 * organisation.
 */
export function liftOrganizationPolicy(
  estate: Estate,
  account: AccountId | undefined,
  type: OrganizationPolicyType,
): Formula {
  if (account === undefined) return never("nobody known lifts it");
  const organization = estate.organizationOf(account);
  const managers = new Set<AccountId>();
  if (organization?.managementAccount !== undefined) managers.add(organization.managementAccount);
  for (const delegated of organization?.delegatedAdministrators ?? []) {
    if (delegated.service.startsWith("organizations")) managers.add(delegated.account);
  }
  const rights = [
    "DetachPolicy",
    "UpdatePolicy",
    "DisablePolicyType",
    "MoveAccount",
    "RemoveAccountFromOrganization",
  ];
  const lifts = [...managers]
    .sort((left, right) => (left < right ? -1 : 1))
    .flatMap((manager) => rights.map((right) => can(`organizations:${right}`, "*", manager)));
  return any(
    ...lifts,
    ...(organization === undefined ? [] : byDelegation(estate, organization, type)),
    can("organizations:LeaveOrganization", "*", account),
  );
}

/** The account from which the organisation is run; the account itself where none is known. */
export const awsAccountOf = (estate: Estate, account: AccountId | undefined): AccountId | undefined =>
  account === undefined ? undefined : (estate.organizationOf(account)?.managementAccount ?? account);
