import { expect, test } from "vitest";
import type { Found } from "../../api/index.js";
import { roleMeanings } from "../parts/role-token.js";
import { heldBy, placeOfRole } from "./role-holders.js";

const team = (id: string, detail: string): Found => ({ kind: "team", id, name: id, detail, exact: false });

test("a role is held by the teams that carry it, by its whole name", () => {
  const teams = [team("platform", "PLATFORM, APP"), team("iam", "IDGOV"), team("apps", "APP")];
  expect(heldBy("APP", teams)).toEqual(["apps", "platform"]);
  expect(heldBy("PLAT", teams)).toEqual([]);
  expect(heldBy("IC", [])).toEqual([]);
});

test("what is no role of a team is said to be named elsewhere (R58 to R60, R63, R64)", () => {
  const elsewhere = Object.keys(roleMeanings).filter((role) => placeOfRole(role) !== undefined);
  expect(elsewhere).toEqual([
    "IC",
    "REVOKER",
    "CC_APPROVER",
    "RISK_SIGNER",
    "PRIV_APPROVER",
    "EMERGENCY_APPROVER",
    "BUILD_OWNER",
    "RUNTIME_OWNER",
    "INCIDENT_OWNER",
  ]);
});
