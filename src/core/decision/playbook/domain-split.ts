import type { Role } from "../../accountability/index.js";
import type { FixItem } from "../analysis.js";
import { domains, type Contact, type Domain, type DomainShare, type PlaybookStep } from "./playbook.js";

/** Which part of the house a role belongs to (R39: cloud operations hold the setting, identity whoever has access). */
const domainOf: Readonly<Record<Role, Domain>> = {
  CLOUD_OPS: "cloud",
  SEC_ENG: "cloud",
  RUNTIME_OWNER: "cloud",
  IDGOV: "identity",
  WLID: "identity",
  REVOKER: "identity",
  PRIV_APPROVER: "identity",
  SECRETS: "secrets",
  APP: "code",
  BUILD_OWNER: "code",
  PLATFORM: "runtime",
  SECOPS: "incident",
  INCIDENT_OWNER: "incident",
  IC: "incident",
  CC_APPROVER: "incident",
  RISK_SIGNER: "incident",
  EMERGENCY_APPROVER: "incident",
  VENDOR: "supplier",
  VENDOR_MGR: "supplier",
};

/** Who holds which part: every domain that has a step or a durable item, with who is first in each of its roles. */
export function domainSplit(
  steps: readonly PlaybookStep[],
  fix: readonly FixItem[],
  contacts: (role: string) => readonly Contact[],
): readonly DomainShare[] {
  return domains.flatMap((domain): readonly DomainShare[] => {
    const own = steps.filter(({ role }) => domainOf[role] === domain);
    const items = fix.filter(({ accountable }) => domainOf[accountable] === domain);
    if (own.length + items.length === 0) return [];
    const roles = [
      ...new Set([...own.map(({ role }) => role), ...items.map(({ accountable }) => accountable)]),
    ];
    return [
      {
        domain,
        roles,
        who: [
          ...new Set(
            roles.flatMap(
              (role) =>
                contacts(role)[0]?.who ?? own.find((step) => step.role === role)?.contacts[0]?.who ?? [],
            ),
          ),
        ],
        steps: own.map(({ step }) => step),
        fixes: [...new Set(items.map(({ item }) => item))],
      },
    ];
  });
}
