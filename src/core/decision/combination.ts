import type { CaseExposure, Combination, FactRecord, Severity } from "./analysis.js";
import type { CaseDecision } from "./case-input.js";
import { compareSeverity } from "./sorting.js";

interface Meeting {
  readonly kind: Combination["with"][number]["kind"];
  readonly words: string;
  readonly facts: readonly string[];
}

const meetings: readonly Meeting[] = [
  {
    kind: "excess-rights",
    words: "excess rights",
    facts: ["privileged", "broad_permissions", "weak_separation"],
  },
  {
    kind: "long-lived-secret",
    words: "a long-lived secret",
    facts: ["standing_secret_exposed", "persistent_secret"],
  },
  { kind: "metadata-credentials", words: "reachable metadata credentials", facts: ["metadata_reachable"] },
  { kind: "another-owner", words: "a way into an account with another owner", facts: ["crosses_owners"] },
];

/**
 * R8: a modest defect combined with excess rights, a long-lived secret or reachable metadata credentials outranks its
 * own severity: at least high, in tier 3 critical. Of a flaw, or of what makes a host fetch for others, one of them is
 * enough; any other exposure has to lead to rights or to another owner. Absent where nothing is raised.
 */
export function combinationOf(
  exposures: readonly CaseExposure[],
  decision: Pick<CaseDecision, "facts" | "rules" | "tier">,
): Combination | undefined {
  const [own = "medium"] = exposures.map((exposure) => exposure.severity).sort(compareSeverity);
  if (decision.rules.some((rule) => rule.id === "D1" || rule.id === "D10")) return undefined;
  const fact = (name: string): FactRecord | undefined => decision.facts[name];
  const holds = (name: string): boolean => fact(name)?.value === true;
  const defect = exposures.some(
    ({ class: kind, weakness }) => kind === "vulnerability" || weakness === "edge.ssrf",
  );
  const leads =
    (holds("standing_secret_exposed") || holds("bypass") || holds("crosses_owners") || holds("can_recur")) &&
    (holds("privileged") || holds("crosses_owners"));
  const met = meetings.flatMap(({ kind, words, facts }): Combination["with"] => {
    const [first] = facts.flatMap((name) => (holds(name) ? (fact(name) ?? []) : []));
    if (first === undefined) return [];
    const why = first.note ?? first.because[0]?.excerpt;
    return [
      { kind, text: why === undefined ? words : `${words}: ${why}`, because: first.because.slice(0, 3) },
    ];
  });
  if (met.length === 0 || !(defect || leads)) return undefined;
  const floor: Severity = decision.tier === 3 ? "critical" : "high";
  return compareSeverity(floor, own) < 0 ? { own, severity: floor, with: met } : undefined;
}
