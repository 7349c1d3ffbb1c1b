import type { Found } from "../../api/index.js";

/** Teams whose entry carries the role, by name. */
export const heldBy = (role: string, teams: readonly Found[]): readonly string[] =>
  teams
    .filter(({ kind, detail }) => kind === "team" && (detail ?? "").split(", ").includes(role))
    .map(({ name }) => name)
    .sort();

const authorities = ["REVOKER", "CC_APPROVER", "RISK_SIGNER", "PRIV_APPROVER", "EMERGENCY_APPROVER"];
const planes = ["BUILD_OWNER", "RUNTIME_OWNER", "INCIDENT_OWNER"];

/** Where else the catalogue names who has it; undefined: nowhere but with teams. */
export function placeOfRole(role: string): string | undefined {
  if (authorities.includes(role))
    return "named by place and until a date, under authorities of the catalogue";
  if (planes.includes(role)) return "named for each workload, under workloads of the catalogue";
  return role === "IC" ? "whoever holds the command of a declared incident, until the term ends" : undefined;
}
