import { resourceId, type AccountId, type Estate } from "../../estate/index.js";

/**
 * Who can always, whatever the grants say (recreation.md 3): listed, never counted. A root user with a key or without
 * MFA is no floor; it is a way into the shared case of the account.
 */
export function floorOf(estate: Estate, account: AccountId | undefined): readonly string[] {
  if (account === undefined || !account.startsWith("aws:")) return [];
  const lines: string[] = [];
  const name = estate.account(account)?.name ?? account.slice(4);
  const resource = estate.resource(resourceId(account));
  const key = resource?.properties.get("root.accessKeyActive")?.value;
  const mfa = resource?.properties.get("root.mfa")?.value;
  const state = [
    key === undefined ? "key not known" : key === true ? "has a key" : "no key",
    mfa === undefined ? "MFA not known" : mfa === true ? "MFA on" : "no MFA",
  ];
  lines.push(`account root of ${name} (${state.join(", ")})`);
  const management = estate.organizationOf(account)?.managementAccount;
  if (management !== undefined && management !== account) {
    lines.push(`organisation management (${estate.account(management)?.name ?? management.slice(4)})`);
  }
  return lines;
}
