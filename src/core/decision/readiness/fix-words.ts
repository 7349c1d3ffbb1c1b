import type { OwnershipScope } from "../../accountability/index.js";
import type { Workload } from "../../estate/index.js";
import type { DutyKind } from "./duty.js";
import type { ReadinessGap } from "./readiness.js";

const kinds: Readonly<Partial<Record<DutyKind["id"], string>>> = {
  revoke: "revoke",
  "compensating-control": "compensating-control",
  "residual-risk": "residual-risk",
  "privilege-change": "privilege-change",
  emergency: "emergency",
};

/** The line of the catalogue that closes the gap, with the names left to fill in. */
export function fixOf(
  kind: ReadinessGap["kind"],
  duty: DutyKind,
  workload: Workload,
  scope: OwnershipScope,
): string {
  if (kind === "cannot-act")
    return "give one of their sign-ins the right, or name somebody who has it: remit who-can ACTION RESOURCE";
  if (kind === "bare-team") return "teams: give the team a head or active members";
  if (kind === "unlisted") return "add the person or team to `people` or `teams`";
  if (kind === "unconfirmed") return `confirm it: ${lineOf(duty, workload, scope)}`;
  return lineOf(duty, workload, scope);
}

function lineOf(duty: DutyKind, workload: Workload, scope: OwnershipScope): string {
  const authority = kinds[duty.id];
  if (authority !== undefined)
    return `authorities: - { kind: ${authority}, scope: "workload:${workload.id}", holder: PERSON, deputy: PERSON, until: DATE }`;
  switch (duty.id) {
    case "runtime-authority":
      return `accounts: - { id: "${scope.accounts[0] ?? "PROVIDER:ACCOUNT"}", runtimeAuthority: TEAM }`;
    case "access-decisions":
      return `accounts: - { id: "${scope.accounts[0] ?? "PROVIDER:ACCOUNT"}", accessDecisions: TEAM }`;
    case "identity":
      return `workloadIdentities: - { principal: "${workload.runsAs[0] ?? "PRINCIPAL"}", owner: PERSON, deputy: PERSON, proof: oidc }`;
    case "command":
      return "commanders: - { person: PERSON, deputy: PERSON }";
    case "patch":
    case "run":
    case "respond": {
      const plane = { patch: "build", run: "runtime", respond: "incident" }[duty.id];
      return `workloads: - { id: ${workload.id}, planes: { ${plane}: { owner: TEAM, deputy: PERSON } } }`;
    }
    default:
      return "name somebody in the catalogue";
  }
}
