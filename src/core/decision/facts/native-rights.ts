import { globMatches } from "../../access/index.js";
import {
  evidenceAt,
  type AccountId,
  type Estate,
  type Evidence,
  type Grant,
  type PrincipalId,
} from "../../estate/index.js";

/**
 * Rights of the native estate document that hand out rights, beside AWS whose reference says it action by action.
 * Azure: role and policy assignments, the vault's own policies. Microsoft Graph: permissions that Microsoft Learn,
 * "Understanding application-only access", names as leading to any other. Google Cloud: `setIamPolicy` and keys.
 * Kubernetes: bindings, `bind`, `escalate`, `impersonate`. Last, plain words for a service that has no language.
 */
const patterns: readonly string[] = [
  "microsoft.authorization/roleassignments/write",
  "microsoft.authorization/policyassignments/write",
  "microsoft.keyvault/vaults/write",
  "microsoft.keyvault/vaults/accesspolicies/write",
  "microsoft.directory/applications/credentials/update",
  "rolemanagement.readwrite.directory",
  "approleassignment.readwrite.all",
  "application.readwrite.all",
  "directory.readwrite.all",
  "*.setiampolicy",
  "iam.serviceaccountkeys.create",
  "clusterrolebindings/*",
  "*/bind",
  "*/escalate",
  "*/impersonate",
  "directory:role/*",
  "permissions:*",
];

export const managesPermissions = (action: string): boolean =>
  patterns.some((pattern) => globMatches(pattern, action.toLowerCase()));

export interface NativeRight {
  readonly action: string;
  readonly evidence: Evidence;
}

/** Rights to manage permissions that the document states of an identity. */
export const nativePrivileges = (estate: Estate, id: PrincipalId): readonly NativeRight[] =>
  grantsOf(estate, id).flatMap((grant) =>
    grant.actions.filter(managesPermissions).map((action) => ({
      action,
      evidence: evidenceAt(grant.origin, `${grant.id}: ${grant.actions.join(", ")}`),
    })),
  );

/** Accounts in which the rights lie that the document states of an identity; of all rights, or of those over permissions. */
export function accountsOfGrants(
  estate: Estate,
  id: PrincipalId,
  which: "all" | "permissions",
): readonly AccountId[] {
  const found = new Set<AccountId>();
  for (const grant of grantsOf(estate, id)) {
    if (which === "permissions" && !grant.actions.some(managesPermissions)) continue;
    for (const account of estate.accounts)
      if (grant.resources.some((pattern) => liesIn(pattern, account.id, estate))) found.add(account.id);
  }
  return [...found];
}

const grantsOf = (estate: Estate, id: PrincipalId): readonly Grant[] =>
  estate.grants.filter((grant) => grant.holder === id && grant.effect === "Allow");

/** A pattern over an account or what is in it, or a resource that the estate places there. */
function liesIn(pattern: string, account: AccountId, estate: Estate): boolean {
  if (pattern === "*" || pattern === account || pattern.startsWith(`${account}/`)) return true;
  if (!/[*?]/.test(pattern))
    return estate.resources.some((item) => item.id === pattern && item.account === account);
  return globMatches(pattern, account) || globMatches(pattern, `${account}/`);
}
