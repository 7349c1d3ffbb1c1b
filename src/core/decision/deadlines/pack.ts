import type { FactValue } from "../analysis.js";
import type { FactName } from "../facts/fact.js";

/** What a rule book of deadlines may look at. */
export interface PackQuestion {
  readonly kind: "posture" | "flaw" | "secret" | "identity";
  readonly value: (fact: FactName) => FactValue;
  /** As the catalogue states it of the workload. */
  readonly mission: "low" | "medium" | "high" | undefined;
  /** When the exposure was first seen, when the incident was declared: ISO instants; absent where nobody said. */
  readonly firstSeen: string | undefined;
  readonly declaredAt: string | undefined;
  /** ISO instant: where a start is not known the clock starts here. */
  readonly now: string;
}

/** One thing that is due; `due` is null where the rule book sets no day. */
export interface PackDeadline {
  readonly task: "triage" | "contain" | "fix" | "notify";
  readonly due: string | null;
  readonly because: string;
}

/** A versioned rule book: a regulation, a preset, or an organisation's own (decision-rules.md; standards.md 3f). */
export interface DeadlinePack {
  /** As `policy.deadlines` names it. */
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** What it is taken from, and whom it binds. */
  readonly source: string;
  readonly deadlines: (question: PackQuestion) => readonly PackDeadline[];
}

const hour = 3_600_000;

/** `hours` after a start; null where the start is no time. */
export function after(start: string, hours: number): string | null {
  const at = Date.parse(start);
  return Number.isNaN(at) ? null : new Date(at + hours * hour).toISOString();
}

export const days = (count: number): number => count * 24;

/** The clock of a flaw starts when it was first seen. */
export const startOf = ({ firstSeen, now }: PackQuestion): string => firstSeen ?? now;

/** An input that nobody stated counts as the stricter one. */
export const worst = (question: PackQuestion, fact: FactName): boolean => question.value(fact) !== false;
export const proven = (question: PackQuestion, fact: FactName): boolean => question.value(fact) === true;
