import type { Path } from "../recreation.js";
import { startedBy } from "./because.js";
import type { FormulaContext } from "./context.js";
import { shortDigest } from "./digest.js";
import { entryHop } from "./hop.js";
import type { StandingWay } from "./weakness-formula.js";

/** A way that needs no grant, written out: the entry, and what whoever comes in does. */
export function standingPath(context: FormulaContext, way: StandingWay): Path {
  const { entry, via, because, action } = way;
  const { estate, id } = context;
  const hops: Path["hops"] = [
    entryHop(estate, entry),
    {
      from: entry.principal,
      to: id,
      via,
      action,
      evidence: [],
      cause: entry.kind === "root" ? "root" : "grant",
    },
  ];
  return {
    kind: entry.kind,
    leg: "restore",
    band: entry.band,
    certainty: entry.certainty,
    governed: entry.band >= 3,
    verdict: entry.verdict,
    hops,
    recurrenceHop: 1,
    ...(entry.credential === undefined ? {} : { credential: entry.credential }),
    route: shortDigest("standing", id, ...hops.map((hop) => `${hop.from} ${hop.to} ${hop.via}`)),
    because,
    startedBy: startedBy(entry, id),
    missing: entry.missing,
    starter: entry.starter,
    actor: entry.principal,
    control: { kind: "resource", id, label: context.name },
  };
}
