import type { Entry } from "../become.js";
import { reachableWords } from "../become/entries/service.js";
import { reachedFromInternet } from "../internet-reach.js";
import type { FormulaContext } from "./context.js";
import type { StartersOf } from "./starters.js";

/**
 * Starters as they stand after containment: a rule that containment took away lets nobody in any more, so an instance
 * that was reached by that rule alone starts as what runs there (band 2), not from outside (recreation.md 2, one fixed
 * overlay per exposure). A workload that a document states as exposed stays exposed.
 */
export function startersAfter(context: FormulaContext, startersOf: StartersOf): StartersOf {
  const closes = [...(context.overlay.properties?.values() ?? [])].some((properties) =>
    properties.has("ingress"),
  );
  if (!closes) return startersOf;
  return (solution, filter) => {
    const found = startersOf(solution).map((item) => ({ ...item, entry: entryAfter(context, item.entry) }));
    return filter === undefined ? found : found.filter((item) => filter(item.entry));
  };
}

function entryAfter(context: FormulaContext, entry: Entry): Entry {
  const { estate } = context;
  const instance =
    entry.rawBand === 1
      ? context.resourcesOf("ec2:instance").find(({ id }) => id === entry.starter)
      : undefined;
  if (instance === undefined) return entry;
  const stated = estate.workloads.some(
    (item) => item.exposed === true && item.resources.includes(instance.id),
  );
  if (stated || reachedFromInternet(instance, (of, name) => context.property(of, name)) !== false)
    return entry;
  return {
    ...entry,
    band: entry.band === 1 ? 2 : entry.band,
    rawBand: 2,
    label: entry.label.endsWith(reachableWords) ? entry.label.slice(0, -reachableWords.length) : entry.label,
  };
}
