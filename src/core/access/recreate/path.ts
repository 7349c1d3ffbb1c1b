import type { Evidence, MissingFact } from "../../estate/index.js";
import type { Band, Entry } from "../become.js";
import type { Hop, Leg, Path } from "../recreation.js";
import { becauseOf, startedBy } from "./because.js";
import type { FormulaContext } from "./context.js";
import { controlOfStep } from "./control-point.js";
import type { Derivation } from "./derivation.js";
import { shortDigest } from "./digest.js";
import { edgeHop, entryHop, rightHop, standingHops } from "./hop.js";

export interface PathParts {
  readonly context: FormulaContext;
  readonly leg: Leg;
  readonly entry: Entry;
  readonly derivation: Derivation;
  readonly verbs: Readonly<Record<string, string>>;
  /** The same actor did it before (recreation.md 3, band 0). */
  readonly repeatOf?: Evidence;
  readonly colluding?: boolean;
}

/** Writes one way back out as hops with evidence. The recurrence hop is the right or setting that re-creates. */
export function pathOf({ context, leg, entry, derivation, verbs, repeatOf, colluding }: PathParts): Path {
  const { estate, id } = context;
  const hops: Hop[] = [entryHop(estate, entry)];
  const seen = new Set<string>();
  let recurrence = -1;
  for (const step of derivation.steps) {
    for (const edge of step.walk) {
      // The same rewriting with a limit taken off is another one: what only that gives must not rest on the first.
      const asks = (edge.asks ?? []).map(({ action, resource }) => `${action} ${resource}`);
      const key = [edge.from, edge.to, edge.via, ...asks].join(" ");
      if (!seen.has(key)) hops.push(edgeHop(edge));
      seen.add(key);
    }
    hops.push(rightHop(step));
    if (recurrence < 0) recurrence = hops.length - 1;
  }
  const first = derivation.steps[0];
  const actor = first?.actor ?? entry.principal;
  hops.push(...standingHops(derivation, id, actor));
  if (recurrence < 0) recurrence = hops.length - 1;
  const verdict = entry.verdict === true && derivation.verdict === true ? true : "unknown";
  const conditions = conditionsOf(entry, derivation);
  const band: Band = repeatOf === undefined ? entry.band : 0;
  return {
    kind: entry.kind,
    leg,
    band,
    certainty:
      entry.certainty === "conditional" || derivation.certainty === "conditional" ? "conditional" : "certain",
    governed: band >= 3,
    verdict,
    hops,
    recurrenceHop: recurrence,
    ...(entry.credential === undefined ? {} : { credential: entry.credential }),
    ...(conditions.length === 0 ? {} : { condition: conditions.join("; ") }),
    route: shortDigest(
      leg,
      entry.starter,
      entry.kind,
      entry.credential ?? "",
      ...hops.map((hop) => `${hop.from} ${hop.to} ${hop.via}`),
    ),
    because: becauseOf(entry, derivation, verbs, id),
    startedBy: startedBy(entry, id),
    missing: verdict === true ? [] : distinctFacts([...entry.missing, ...derivation.missing]),
    ...(colluding === true ? { colluding } : {}),
    ...(repeatOf === undefined ? {} : { repeatOf }),
    starter: entry.starter,
    actor,
    control:
      first === undefined ? { kind: "resource", id, label: context.name } : controlOfStep(estate, first),
  };
}

function conditionsOf(entry: Entry, derivation: Derivation): readonly string[] {
  const found: string[] = [];
  if (entry.assumption !== undefined) found.push(`assumes ${entry.assumption}`);
  for (const step of derivation.steps) {
    for (const edge of step.walk) {
      if (edge.assumption !== undefined) found.push(`assumes ${edge.assumption}`);
      if (edge.condition !== undefined) found.push(edge.condition);
    }
    for (const residual of step.residual) {
      found.push(residual.kind === "require" ? `only if ${residual.text}` : `unless ${residual.text}`);
    }
  }
  return [...new Set(found)];
}

export function distinctFacts(facts: readonly MissingFact[]): readonly MissingFact[] {
  const byKey = new Map(facts.map((item) => [item.key, item]));
  return [...byKey.values()].sort((left, right) =>
    left.key < right.key ? -1 : left.key > right.key ? 1 : 0,
  );
}

/**
 * Worst first: band, proven before unknown, certain before conditional, the setting itself before ways around it,
 * fewer hops, route. A total order.
 */
export function comparePaths(left: Path, right: Path): number {
  return (
    Number(left.colluding === true) - Number(right.colluding === true) ||
    left.band - right.band ||
    Number(left.verdict === "unknown") - Number(right.verdict === "unknown") ||
    Number(left.certainty === "conditional") - Number(right.certainty === "conditional") ||
    Number(left.leg === "bypass") - Number(right.leg === "bypass") ||
    left.hops.length - right.hops.length ||
    (left.route < right.route ? -1 : left.route > right.route ? 1 : 0)
  );
}
