import type { FactValue } from "./analysis.js";
import type { FactName, FactSet } from "./facts/fact.js";

/** Version of the rules below: part of every analysis, so that a decision can be made again. */
export const rulesVersion = "remit-rules/1";

export type RuleId =
  "D1" | "D2" | "D3" | "D4" | "D5" | "D6" | "D7" | "D8" | "D9" | "D10" | "D11" | "D12" | "D13" | "D14";

/** What a rule reads beyond single facts. */
export interface RuleInput {
  readonly value: (fact: FactName) => FactValue;
  readonly tier: number;
  /** Distinct roles leading a task or accountable for an item (authority holders and VENDOR not counted). */
  readonly domains: number;
  readonly maxDomains: number;
  readonly patchOwnershipAlone: boolean;
  readonly onlyOpenSource: boolean;
  readonly lowReach: boolean;
}

export interface Rule {
  readonly id: RuleId;
  /** In words, as docs/rules.md prints it. */
  readonly when: string;
  readonly adds: string;
  readonly holds: (input: RuleInput) => boolean;
  /** The facts that a reader should look at first. */
  readonly reads: readonly FactName[];
}

const is = (input: RuleInput, fact: FactName): boolean => input.value(fact) === true;

/** D7 is read by D8 and D10 too. */
export const incidentHolds = (input: RuleInput): boolean =>
  is(input, "incident_declared") ||
  is(input, "exploited") ||
  (input.value("exploited") === "unknown" && is(input, "kev") && is(input, "exposed"));

/** R7: any of the three raises a flaw from code issue to organisational case. */
export const organisational = (input: RuleInput): boolean =>
  is(input, "broad_permissions") || is(input, "persistent_secret") || is(input, "weak_separation");

/** Access is involved = not settings only, or it can recur (decision-rules.md, Facts). */
const accessInvolved = (input: RuleInput): boolean =>
  input.value("settings_only") !== true || is(input, "can_recur");

/** R7: before anything runs it, a flaw is its builder's alone; a secret that others can read, or an incident, is not. */
const runsNowhere = (input: RuleInput): boolean =>
  is(input, "framework_flaw") &&
  input.value("deployed") === false &&
  !is(input, "standing_secret_exposed") &&
  !incidentHolds(input);

const commanderByFacts = (input: RuleInput): boolean =>
  is(input, "shared_platform_delegated_admin") ||
  input.value("owners_joint") === false ||
  (input.tier >= 3 && incidentHolds(input)) ||
  (incidentHolds(input) && input.tier >= 2 && input.domains >= input.maxDomains);

export const rules: readonly Rule[] = [
  {
    id: "D1",
    when: "settings only, and it cannot recur through an identity",
    adds: "CLOUD_OPS leads contain, trace and fix; SEC_ENG supports",
    holds: (input) =>
      is(input, "settings_only") &&
      input.value("can_recur") === false &&
      !incidentHolds(input) &&
      !is(input, "framework_flaw"),
    reads: ["settings_only", "can_recur"],
  },
  {
    id: "D2",
    when: "access is involved and a cloud resource setting is part of the exposure",
    adds: "IDGOV owns the access item, CLOUD_OPS the resource item",
    holds: (input) => accessInvolved(input) && is(input, "cloud_setting") && !is(input, "framework_flaw"),
    reads: ["settings_only", "can_recur", "cloud_setting"],
  },
  {
    id: "D3",
    when: "a standing secret is exposed",
    adds: "REVOKER revokes; SECRETS owns the root cause; rotation is mandatory",
    holds: (input) => is(input, "standing_secret_exposed"),
    reads: ["standing_secret_exposed"],
  },
  {
    id: "D4",
    when: "a federated workload or service principal is on the path",
    adds: "WLID drives the permanent fix; IDGOV supports; REVOKER disables trust or principal",
    holds: (input) => is(input, "federated_or_service_principal"),
    reads: ["federated_or_service_principal"],
  },
  {
    id: "D5",
    when: "an over-privileged service account makes the asset reachable",
    adds: "IDGOV owns the grant; SECRETS and workload access review in scope",
    holds: (input) => is(input, "bypass"),
    reads: ["bypass"],
  },
  {
    id: "D6",
    when: "a framework flaw",
    adds: "SECOPS contains and does the forensics; APP owns the flaw, PLATFORM the guard rail; a detection item for SECOPS",
    holds: (input) => is(input, "framework_flaw"),
    reads: ["framework_flaw"],
  },
  {
    id: "D7",
    when: "an incident is declared, or exploited, or exploitation is unknown of an exposed known-exploited flaw",
    adds: "SECOPS coordinates containment, everyone else executes; forensics; detection item",
    holds: incidentHolds,
    reads: ["incident_declared", "exploited", "kev"],
  },
  {
    id: "D8",
    when: "a shared platform identity manages permissions for several owners, the owners cannot act jointly, or an incident is large",
    adds: "a commander is required; all domains support",
    holds: commanderByFacts,
    reads: ["shared_platform_delegated_admin", "owners_joint", "incident_declared", "exploited"],
  },
  {
    id: "D9",
    when: "a third party, outsourced or embedded component is involved",
    adds: "VENDOR_MGR accountable for the contract item; the owner of our lever for the technical item",
    holds: (input) => is(input, "third_party"),
    reads: ["third_party"],
  },
  {
    id: "D10",
    when: "low-risk internal service with scoped, automatically rotated secrets and nothing else against it; or a flaw that is proven to run nowhere",
    adds: "APP leads contain, trace and fix alone; tier 0",
    holds: (input) =>
      runsNowhere(input) ||
      (input.patchOwnershipAlone &&
        is(input, "framework_flaw") &&
        input.value("exposed") === false &&
        input.value("customer_facing") === false &&
        input.value("privileged") === false &&
        is(input, "secrets_scoped") &&
        is(input, "secrets_auto_rotated") &&
        (!is(input, "third_party") || input.onlyOpenSource) &&
        input.lowReach &&
        !organisational(input) &&
        input.value("broad_permissions") === false &&
        !incidentHolds(input) &&
        !commanderByFacts(input) &&
        input.value("repeat") === false),
    reads: ["deployed", "exposed", "customer_facing", "privileged", "secrets_scoped", "secrets_auto_rotated"],
  },
  {
    id: "D11",
    when: "customer-facing or privileged",
    adds: "PRIV_APPROVER, CC_APPROVER and EMERGENCY_APPROVER are named; tier 2 or more",
    holds: (input) => is(input, "customer_facing") || is(input, "privileged"),
    reads: ["customer_facing", "privileged"],
  },
  {
    id: "D12",
    when: "regulated",
    adds: "access review, secret rotation and privilege reduction on every case",
    holds: (input) => is(input, "regulated"),
    reads: ["regulated"],
  },
  {
    id: "D13",
    when: "past the deadline, or no patch will come",
    adds: "compensating control through CC_APPROVER; RISK_SIGNER signs with expiry",
    holds: (input) => is(input, "deadline_passed") || input.value("patch_available") === false,
    reads: ["deadline_passed", "patch_available"],
  },
  {
    id: "D14",
    when: "a repeat of the same access path",
    adds: "level rises; the old trace reopens; an item on why the earlier fix did not hold",
    holds: (input) => is(input, "repeat"),
    reads: ["repeat"],
  },
];

/** Facts whose being false, or unknown, is what a rule rests on; every other one counts when it is true. */
const restsOn: Partial<Record<RuleId, readonly FactName[]>> = {
  D1: ["can_recur"],
  D10: ["exposed", "customer_facing", "privileged"],
  D13: ["patch_available"],
};

/** Why a rule fired, from its facts: short, with the notes of those that are not plain. */
export function ruleBecause(rule: Rule, facts: FactSet, tier?: number): string {
  const notes = rule.reads
    .filter((name) => {
      const { value } = facts[name];
      if (value === true) return true;
      if (value === false) return restsOn[rule.id]?.includes(name) === true;
      // D7 holds on what is not known of a known-exploited flaw; D2 on access that cannot be ruled out.
      return (rule.id === "D7" && facts.kev.value === true) || (rule.id === "D2" && name === "settings_only");
    })
    .map((name) => {
      const { value, assumed, note } = facts[name];
      const word = assumed === true ? "assumed" : value === true ? "yes" : value === false ? "no" : "unknown";
      return `${name.replaceAll("_", " ")}: ${word}${note === undefined ? "" : ` (${note})`}`;
    });
  if (rule.id === "D8" && tier !== undefined && notes.length > 0) notes.push(`tier ${String(tier)}`);
  return notes.length === 0 ? rule.when : notes.join("; ");
}
