/** The vocabulary of every decision (requirements.md): tokens are fixed in code, API, CLI and UI. */
export const roles = [
  "CLOUD_OPS",
  "SEC_ENG",
  "IDGOV",
  "SECRETS",
  "WLID",
  "APP",
  "PLATFORM",
  "SECOPS",
  "IC",
  "VENDOR",
  "VENDOR_MGR",
  "REVOKER",
  "CC_APPROVER",
  "RISK_SIGNER",
  "PRIV_APPROVER",
  "EMERGENCY_APPROVER",
  "BUILD_OWNER",
  "RUNTIME_OWNER",
  "INCIDENT_OWNER",
] as const;

export type Role = (typeof roles)[number];
