import type { Evidence, Origin, Tri } from "../../estate/index.js";
import { evidenceAt } from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";

/** The facts of decision-rules.md. Stable names: they appear in the document, the rules and the tests. */
export type FactName =
  | "settings_only"
  | "standing_secret_exposed"
  | "inherited_role"
  | "overbroad_trust"
  | "federated_or_service_principal"
  | "secret_reused"
  | "can_recur"
  | "framework_flaw"
  | "exploited"
  | "incident_declared"
  | "shared_platform_delegated_admin"
  | "third_party"
  | "customer_facing"
  | "privileged"
  | "secrets_scoped"
  | "secrets_auto_rotated"
  | "regulated"
  | "repeat"
  | "exposed"
  | "kev"
  | "automatable"
  | "technical_impact"
  | "mission"
  | "patch_available"
  | "deadline_passed"
  | "broad_permissions"
  | "persistent_secret"
  | "weak_separation"
  | "guardrail_missing"
  | "owners_joint"
  | "bypass"
  | "drift"
  | "deployed"
  | "metadata_reachable"
  | "agentic"
  | "cloud_setting"
  | "crosses_owners";

export type FactSet = Readonly<Record<FactName, FactRecord>>;

export const known = (value: Tri, because: readonly Evidence[] = [], note?: string): FactRecord => ({
  value,
  because,
  ...(note === undefined ? {} : { note }),
});

export const assumed = (value: boolean, note: string): FactRecord => ({
  value,
  assumed: true,
  because: [],
  note,
});

/** A fact that a document states outright. */
export const stated = (value: Tri, origin: Origin, excerpt: string): FactRecord =>
  known(value, [evidenceAt(origin, excerpt)]);

/** True if any says so, unknown if any is unknown, else false; evidence of what decided. */
export function anyFact(facts: readonly FactRecord[]): FactRecord {
  const yes = facts.filter((fact) => fact.value === true);
  if (yes.length > 0) return { ...joined(yes), value: true };
  const open = facts.filter((fact) => fact.value === "unknown");
  if (open.length > 0) return { ...joined(open), value: "unknown" };
  return { ...joined(facts), value: false };
}

function joined(facts: readonly FactRecord[]): FactRecord {
  const notes = [...new Set(facts.flatMap((fact) => fact.note ?? []))];
  return known(
    false,
    facts.flatMap((fact) => fact.because),
    notes.length === 0 ? undefined : notes.join("; "),
  );
}

/** Reads a boolean, the words yes/no or unknown from a free-form fact of the estate. */
export function triOf(value: unknown): Tri {
  if (value === true || value === false) return value;
  return "unknown";
}
