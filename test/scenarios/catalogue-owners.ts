import type { AuthorityKind, Catalogue, OwnerFinder, Role } from "../../src/core/accountability/index.js";

const authorityOf: Partial<Record<Role, AuthorityKind>> = {
  REVOKER: "revoke",
  CC_APPROVER: "compensating-control",
  RISK_SIGNER: "residual-risk",
  PRIV_APPROVER: "privilege-change",
  EMERGENCY_APPROVER: "emergency",
};

/** Owners straight from the catalogue: teams by role, authorities by kind while they hold. */
export function catalogueOwners(catalogue: Catalogue, now: string): OwnerFinder {
  return {
    exists: (role) => catalogue.teams.some((team) => team.roles.includes(role)) || role === "WLID",
    owners(role) {
      const kind = authorityOf[role];
      const people =
        kind === undefined
          ? catalogue.teams.filter((team) => team.roles.includes(role)).flatMap((team) => team.members)
          : catalogue.authorities
              .filter((grant) => grant.kind === kind && grant.until >= now.slice(0, 10))
              .map((grant) => grant.holder);
      return {
        answerables: [...new Set(people)].map((person) => ({
          role,
          person,
          via: "catalogue",
          confidence: 1,
          inferred: false,
          evidence: [],
          authority: { verdict: "unknown", proof: [] },
        })),
        ...(people.length === 0 ? { gap: `nobody is named as ${role}` } : {}),
      };
    },
  };
}
