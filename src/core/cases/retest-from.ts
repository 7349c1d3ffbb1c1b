import type { Analysis } from "../decision/index.js";
import type { Retest, RetestedExposure, Tri } from "./events/verification-events.js";
import type { Plan } from "./plan.js";

export interface RetestSource {
  /** Digests. */
  readonly snapshot: string;
  readonly analysis: string;
  /** ISO instant: the oldest of what the snapshot rests on. */
  readonly observedAt: string;
  /**
   * State of exposures that the analysis does not list any more, by exposure id, from the findings: `fixed` and `gone`
   * only where a scan shows it. Who is not here is unknown: absence is nothing.
   */
  readonly states?: ReadonlyMap<string, RetestedExposure["state"]>;
  /** What the engine answers for such exposures when it is asked again (R36). */
  readonly verdicts?: ReadonlyMap<string, RetestedExposure["verdict"]>;
  /** Whether a credential, trust or session that a step revokes is dead, by step id. */
  readonly revoked?: ReadonlyMap<string, Tri>;
  /** Fix items that the snapshot shows solved durably although the plan calls them interim. */
  readonly durable?: readonly string[];
}

/** Worst first: an exposure of several cases comes back by whichever lets it. */
const worst = ["possible", "unknown", "governed", "none"] as const;

/**
 * What a later analysis shows of the exposures of a case, whatever case they belong to now: the control point may have
 * been mended while another secret or role still does it (R36).
 */
export function retestFrom(plan: Plan, later: Pick<Analysis, "cases">, source: RetestSource): Retest {
  const missing = new Set<string>();
  const exposures = plan.exposures.map(({ id }): RetestedExposure => {
    const holding = later.cases.filter((item) => item.exposures.some((exposure) => exposure.id === id));
    const states = holding.flatMap((item) => item.exposures.filter((each) => each.id === id));
    const verdicts = new Set(holding.map((item) => item.recreation.verdict));
    for (const item of holding) for (const { fact } of item.recreation.missingFacts) missing.add(fact);
    return {
      id,
      state: states.some((each) => each.state === "open")
        ? "open"
        : (states[0]?.state ?? source.states?.get(id) ?? "unknown"),
      verdict: worst.find((verdict) => verdicts.has(verdict)) ?? source.verdicts?.get(id) ?? "unknown",
    };
  });
  return {
    snapshot: source.snapshot,
    analysis: source.analysis,
    observedAt: source.observedAt,
    exposures,
    revoked: plan.steps
      .filter(({ phase }) => phase === "revoke")
      .map(({ id }) => ({ step: id, done: source.revoked?.get(id) ?? "unknown" })),
    durable: source.durable ?? [],
    missing: [...missing].sort(),
  };
}
