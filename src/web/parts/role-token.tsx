/** What the roles of the requirements do, in words. */
export const roleMeanings: Readonly<Record<string, string>> = {
  CLOUD_OPS: "runs the cloud accounts and their settings",
  SEC_ENG: "builds and runs the security tools; leads only what has no other owner",
  IDGOV: "governs identities and their rights",
  SECRETS: "keeps keys and secrets",
  WLID: "answers for identities of workloads",
  APP: "develops the workload",
  PLATFORM: "runs what all workloads share",
  SECOPS: "coordinates when an incident is declared",
  IC: "commands a declared incident",
  VENDOR: "is the supplier",
  VENDOR_MGR: "holds the contract with a supplier",
  REVOKER: "may end a credential at once",
  CC_APPROVER: "agrees to a compensating control",
  RISK_SIGNER: "signs what risk remains",
  PRIV_APPROVER: "agrees to a change of privileges",
  EMERGENCY_APPROVER: "agrees to what cuts people or workloads off",
  BUILD_OWNER: "answers for what is built",
  RUNTIME_OWNER: "answers for what runs",
  INCIDENT_OWNER: "answers when something happens",
};

/** A role of the requirements, as it stands; its card says in words what it does. */
export function RoleToken({ role }: { readonly role: string }) {
  const meaning = roleMeanings[role];
  return (
    <span className="role" {...(meaning === undefined ? {} : { "data-full": meaning })}>
      {role}
    </span>
  );
}
