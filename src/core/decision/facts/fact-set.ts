import { allOf, anyOf, notOf } from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { originOf } from "../origin.js";
import { known, type FactName, type FactSet } from "./fact.js";
import {
  bypass,
  canRecur,
  drift,
  federatedOrServicePrincipal,
  guardrailMissing,
  inheritedRole,
  overbroadTrust,
} from "./path-facts.js";
import {
  broadPermissions,
  crossesOwners,
  privileged,
  sharedPlatformDelegatedAdmin,
} from "./privilege-facts.js";
import {
  persistentSecret,
  secretReused,
  secretsAutoRotated,
  secretsScoped,
  standingSecretExposed,
} from "./secret-facts.js";
import { agentic, deployed, metadataReachable } from "./runtime-facts.js";
import {
  automatable,
  cloudSetting,
  customerFacing,
  deadlinePassed,
  exploited,
  exposed,
  frameworkFlaw,
  incidentDeclared,
  kev,
  mission,
  patchAvailable,
  regulated,
  repeat,
  technicalImpact,
  thirdParty,
  weakSeparation,
} from "./workload-facts.js";

/** Every fact of decision-rules.md about one case; pure, in a fixed order. */
export function factsOf(view: CaseView, accessPathKey: string): FactSet {
  const recur = canRecur(view);
  const secret = standingSecretExposed(view);
  // What rule books of deadlines read (D13: late, or no patch).
  const asked = {
    exploited: exploited(view),
    incident_declared: incidentDeclared(view),
    exposed: exposed(view),
    kev: kev(view),
    automatable: automatable(view),
    technical_impact: technicalImpact(view),
  };
  const facts: Record<FactName, FactRecord> = {
    settings_only: settingsOnly(view, recur, secret),
    standing_secret_exposed: secret,
    inherited_role: inheritedRole(view),
    overbroad_trust: overbroadTrust(view),
    federated_or_service_principal: federatedOrServicePrincipal(view),
    secret_reused: secretReused(view),
    can_recur: recur,
    framework_flaw: frameworkFlaw(view),
    shared_platform_delegated_admin: sharedPlatformDelegatedAdmin(view),
    third_party: thirdParty(view),
    customer_facing: customerFacing(view),
    privileged: privileged(view),
    secrets_scoped: secretsScoped(view),
    secrets_auto_rotated: secretsAutoRotated(view),
    regulated: regulated(view),
    repeat: repeat(view, accessPathKey),
    ...asked,
    mission: mission(view),
    patch_available: patchAvailable(view),
    deadline_passed: deadlinePassed(view, asked),
    broad_permissions: broadPermissions(view),
    persistent_secret: persistentSecret(view),
    weak_separation: weakSeparation(view),
    guardrail_missing: guardrailMissing(view),
    owners_joint: known("unknown", [], "whether these owners can act jointly is not proven"),
    bypass: bypass(view),
    drift: drift(view),
    deployed: deployed(view),
    metadata_reachable: metadataReachable(view),
    agentic: agentic(view),
    cloud_setting: cloudSetting(view),
    crosses_owners: crossesOwners(view),
  };
  return facts;
}

const accessClasses: ReadonlySet<string> = new Set([
  "credential",
  "identity-privilege",
  "trust",
  "metadata-credential",
]);

/**
 * R2: no credential, trust, grant or identity is needed to use the exposure, and none but expected
 * administration made it. What made it is known from audit records; a capability is not a deed.
 */
function settingsOnly(view: CaseView, recur: FactRecord, secret: FactRecord): FactRecord {
  const needsIdentity =
    accessClasses.has(view.input.weaknessClass) || secret.value === true || view.input.kind !== "posture";
  if (needsIdentity) return known(false, [], "an identity, trust or credential is part of the exposure");
  const origin = originOf(view);
  const actor = view.events[0]?.actor;
  const madeByOther =
    origin.kind === "event" && actor !== undefined && !isExpectedAdministrator(view, actor)
      ? (true as const)
      : (false as const);
  if (madeByOther) return known(false, origin.evidence, origin.text);
  const bypassed = bypass(view);
  const value = allOf([notOf(bypassed.value), anyOf([notOf(recur.value), true])]);
  return known(value, [], value === true ? "only a resource setting is needed to use it" : bypassed.note);
}

function isExpectedAdministrator(
  view: CaseView,
  actor: NonNullable<CaseView["events"][number]["actor"]>,
): boolean {
  const { become, estate } = view.context;
  const account = estate.principal(actor)?.account;
  const index = become.engine.indexOf(actor);
  if (account === undefined || index === undefined) return false;
  return (
    become.administrators(account).allowed.has(index) &&
    become.entriesOf(actor).every((entry) => entry.band >= 3)
  );
}
