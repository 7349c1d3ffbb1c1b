import type { Role } from "../accountability/index.js";
import { rowOwner } from "./accountable.js";
import { identitiesOf } from "./case-view.js";
import type { Row } from "./causes.js";
import { isRuntimeConstraint } from "./exposure-row.js";
import { fired, holds, type Settled } from "./decided-facts.js";

export interface Led {
  readonly lead: Role;
  readonly also: readonly Role[];
  readonly because: string;
}

/** decision-rules.md, step B: who leads containment, and who executes what. */
export function containLead(settled: Settled): Led {
  if (fired(settled, "D10")) return { lead: "APP", also: [], because: "D10: the patch owner acts alone" };
  const executors = containExecutors(settled);
  const led = (lead: Role, because: string): Led => ({
    lead,
    also: executors.filter((role) => role !== lead),
    because,
  });
  if (fired(settled, "D1"))
    return { lead: "CLOUD_OPS", also: [], because: "D1: only the setting has to be closed" };
  if (fired(settled, "D6", "D7"))
    return led(
      "SECOPS",
      fired(settled, "D7") ? "D7: an incident; SECOPS coordinates" : "D6: a framework flaw",
    );
  if (liveCredentialOrTrust(settled))
    return led("REVOKER", "a live credential or trust is, or starts, the exposure");
  return led(
    "CLOUD_OPS",
    holds(settled, "cloud_setting")
      ? "the resource setting is closed first"
      : "nothing live to revoke from outside; cloud operations hold the account",
  );
}

const enteredByCredential: ReadonlySet<string> = new Set([
  "standing-credential",
  "secret-reuse",
  "trust",
  "federated-workload",
  "service-principal",
]);

/** A live credential or trust that is the exposure itself, or that starts a band 1 path. */
function liveCredentialOrTrust(settled: Settled): boolean {
  const { input, counted } = settled.view;
  // The ways into a population are its exposure: whichever key opens it is live.
  const band = input.sharedCause === undefined ? 1 : 2;
  const starts = counted.some((path) => path.band <= band && enteredByCredential.has(path.kind));
  const isExposure =
    (input.weaknessClass === "credential" || input.weaknessClass === "trust") &&
    input.exposures.some((item) => item.state === "open");
  return starts || isExposure || holds(settled, "standing_secret_exposed");
}

/** Weaknesses that are a grant themselves: containment takes the grant away. */
const isGrant = (settled: Settled): boolean =>
  /^iam\.(admin-policy|privilege-escalation|broad-grant|standing-administrators)$/.test(
    settled.view.input.weakness,
  );

function containExecutors(settled: Settled): readonly Role[] {
  const roles: Role[] = [];
  const rows = new Set(settled.causes.map((cause) => cause.row));
  if (holds(settled, "cloud_setting")) roles.push("CLOUD_OPS");
  else if (opensCloudAccount(settled)) roles.push("CLOUD_OPS");
  if (liveCredentialOrTrust(settled) || (fired(settled, "D6", "D7") && hasLiveIdentity(settled)))
    roles.push("REVOKER");
  if (isGrant(settled)) roles.push("IDGOV");
  if (rows.has(5) || rows.has(7) || rows.has(10) || holds(settled, "framework_flaw")) roles.push("APP");
  if (holds(settled, "framework_flaw") || isRuntimeConstraint(settled.view.input.weakness))
    roles.push("PLATFORM");
  if (fired(settled, "D9")) roles.push(rowOwner(14, settled).accountable);
  return [...new Set(roles)];
}

/** A right of the exposed identity itself that lies over a whole cloud account: cloud operations close it there. */
const opensCloudAccount = (settled: Settled): boolean =>
  settled.causes.some(
    (cause) => cause.row === 3 && cause.paths.length === 0 && /^(aws|azure|gcp):[^/]+$/.test(cause.hop.to),
  );

/**
 * Sessions, keys or tokens that an intruder may hold: what the exposure hands out, what a counted path runs through,
 * what the incident names. A path that waits for a missing fact is no reason to cut anybody off.
 */
function hasLiveIdentity(settled: Settled): boolean {
  const { view, causes } = settled;
  return (
    causes.some((cause) => cause.row <= 4) ||
    view.exposedIdentities.length > 0 ||
    identitiesOf(view.counted, view.context.estate).length > 0 ||
    view.incidents.some((incident) => incident.used.length > 0)
  );
}

/** Open source has nobody to ask under a contract; a stranger that the catalogue does not name may have one. */
const hasContractSide = ({ view }: Settled): boolean =>
  view.thirdParties.length === 0 || view.thirdParties.some((party) => party.kind !== "open-source");

/** decision-rules.md, step B: who finds out what made the exposure possible. */
export function traceLead(settled: Settled, row: Row | undefined): Led {
  if (fired(settled, "D10")) return { lead: "APP", also: [], because: "D10: the patch owner acts alone" };
  if (fired(settled, "D1")) return { lead: "CLOUD_OPS", also: [], because: "D1: only a setting is wrong" };
  const also: Role[] = [];
  if (fired(settled, "D6", "D7")) also.push("SECOPS");
  if (fired(settled, "D9") && hasContractSide(settled)) also.push("VENDOR_MGR");
  const led = (lead: Role, because: string): Led => ({
    lead,
    also: also.filter((role) => role !== lead),
    because,
  });
  switch (row) {
    case 1:
      return led(rowOwner(1, settled).accountable, "every copy of the secret has to be found");
    case 2:
      return led(rowOwner(2, settled).accountable, "a workload identity starts the path");
    case 3:
    case 4:
    case 8:
    case 9:
      return led("IDGOV", "a grant, trust or person starts the path");
    case 5:
      return led("SECOPS", "the flaw has to be traced");
    case 7:
    case 10:
      return led(rowOwner(row, settled).accountable, "code sets it");
    case 11:
      return led("CLOUD_OPS", "only the setting is left");
    default:
      return fired(settled, "D7")
        ? led("SECOPS", "an incident without a known path")
        : led("IDGOV", "posture without a known path");
  }
}
