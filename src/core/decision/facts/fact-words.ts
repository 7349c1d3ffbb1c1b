import type { FactName } from "./fact.js";

/** What each fact says when it is true, as `docs/rules.md` prints it. */
export const factWords: Readonly<Record<FactName, string>> = {
  settings_only:
    "no credential, trust, grant or identity is needed to use the exposure, and none but expected administration made it",
  standing_secret_exposed: "a secret value can be read by others; a person's own password is not meant",
  inherited_role: "the path runs through a role that is reached by chain, group, hierarchy or compute",
  overbroad_trust:
    "a trust lets strangers in: wildcard subject, external account without ExternalId, everyone",
  federated_or_service_principal: "a federated workload, app or service principal is on the path",
  secret_reused: "the same value lies in several places or has several consumers",
  can_recur: "a counted path of band 0 to 2 runs through an identity or pipeline, outside shared causes",
  framework_flaw: "the exposure is a flaw in a framework, dependency or code, not a wrong setting",
  exploited: "somebody used it: a declared incident or the triage says so",
  incident_declared: "an incident is declared for the resource, identity, credential, workload or account",
  shared_platform_delegated_admin:
    "one identity manages permissions in accounts of two or more owners, or is a delegated administrator",
  third_party: "somebody else's identity, code or service is on the path",
  customer_facing: "the workload serves customers, as the catalogue or the estate states",
  privileged:
    "the workload or the counted starter manages permissions, is administrator-equivalent, or opens secrets of other workloads",
  secrets_scoped: "every secret of the workload opens at most one service and no wildcard",
  secrets_auto_rotated: "every secret of the workload is rotated by a machine",
  regulated: "a regime demands follow-ups; unknown counts as true and is marked assumed",
  repeat: "a case with the same access path was closed before",
  exposed: "it can be reached from outside",
  kev: "the flaw is on the list of known exploited vulnerabilities",
  automatable: "the flaw can be used by machine",
  technical_impact: "the flaw gives total control",
  mission: "the workload carries a mission of high importance",
  patch_available: "a patch exists; false where the provider documents the behaviour as designed",
  deadline_passed: "the deadline of the policy pack has passed",
  broad_permissions: "the workload's identity holds a whole service, or everything, on everything",
  persistent_secret: "the workload holds a standing secret that no machine rotates",
  weak_separation: "the workload's own identity may act on the control plane",
  guardrail_missing: "a guard rail is off and would have stopped the path",
  owners_joint: "the owners are proven able to change roles, secrets and cloud policy in one workflow",
  bypass:
    "an over-privileged machine identity reaches the asset, around the containment or as the exposure stands",
  drift: "code, a controller or the clock brings it back with nobody deciding",
  deployed: "something runs what carries the flaw; false only where a document says that nothing does",
  metadata_reachable:
    "what runs hands its credentials out to whoever asks the metadata service without a token",
  agentic: "the workload is an autonomous agent or another AI system, as the catalogue or the estate states",
  cloud_setting: "a cloud resource setting is part of the exposure",
  crosses_owners:
    "counted from the first identity of ours, the path reaches administration of, or data in, an account with another owner",
};
