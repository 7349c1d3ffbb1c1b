import type { CaseView } from "./case-view.js";
import type { Cause } from "./causes.js";
import type { FactName, FactSet } from "./facts/fact.js";
import type { RuleId } from "./rules.js";
import type { Tier } from "./tiers.js";

/** What is settled before owners and items are worked out. */
export interface Settled {
  readonly view: CaseView;
  readonly facts: FactSet;
  readonly fired: ReadonlySet<RuleId>;
  readonly causes: readonly Cause[];
  readonly tier: Tier;
  /** The recreation verdict over all exposures of the case. */
  readonly verdict: "possible" | "unknown" | "governed" | "none";
}

export const holds = (settled: Settled, fact: FactName): boolean => settled.facts[fact].value === true;
export const fired = (settled: Settled, ...ids: readonly RuleId[]): boolean =>
  ids.some((id) => settled.fired.has(id));
