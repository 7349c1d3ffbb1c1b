import type { AuditEvent, Evidence } from "../../estate/index.js";
import { evidenceAt } from "../../estate/index.js";
import type { Entry } from "../become.js";
import type { Path } from "../recreation.js";
import type { FormulaContext } from "./context.js";
import { derive } from "./derivation.js";
import { rightsOf, type Formula } from "./formula.js";
import { pathOf } from "./path.js";
import type { Solver } from "./solver.js";
import type { Starter } from "./starters.js";

export interface LegQuestion {
  readonly context: FormulaContext;
  readonly solver: Solver;
  readonly formula: Formula;
  readonly leg: Path["leg"];
  readonly verbs: Readonly<Record<string, string>>;
  readonly starters: readonly Starter[];
  /** Changes of this resource that succeeded, oldest first. */
  readonly events: readonly AuditEvent[];
  readonly limit: number;
}

export interface LegAnswer {
  readonly paths: readonly Path[];
  /** Starters that were not written out because of the limit. */
  readonly left: number;
}

/** Writes the worst starters of one leg out as paths. Those beyond the limit are counted, never dropped in silence. */
export function pathsOf({
  context,
  solver,
  formula,
  leg,
  verbs,
  starters,
  events,
  limit,
}: LegQuestion): LegAnswer {
  const actions = new Set(rightsOf(formula).map((right) => right.action));
  const deeds = events.filter((event) => actions.has(event.action));
  const doers = new Set(deeds.map((event) => event.actor));
  // Whoever did it before comes first: its band is 0 whatever its entry's is.
  const ordered =
    doers.size === 0
      ? starters
      : [...starters].sort((left, right) => Number(!did(left)) - Number(!did(right)));
  const paths: Path[] = [];
  for (const starter of ordered.slice(0, limit)) {
    const derivation = derive(solver, formula, starter.member);
    if (derivation === undefined) continue;
    const repeatOf =
      derivation.verdict === true && starter.entry.verdict === true
        ? deedOf(starter, derivation.steps[0]?.actor)
        : undefined;
    paths.push(
      pathOf({
        context,
        leg,
        entry: starter.entry,
        derivation,
        verbs,
        ...(repeatOf === undefined ? {} : { repeatOf }),
      }),
    );
  }
  return { paths, left: Math.max(0, ordered.length - limit) };

  function did(starter: Starter): boolean {
    return doers.has(solver.world.name(starter.member));
  }

  /** Recreation.md 3, band 0: the identity, or the one it turns into, made the same call on this resource before. */
  function deedOf(starter: Starter, actor: string | undefined): Evidence | undefined {
    const own = deeds.filter(
      (event) => event.actor === solver.world.name(starter.member) || event.actor === actor,
    );
    const last = own.filter((event) => samePerson(event, starter.entry)).at(-1);
    return last === undefined
      ? undefined
      : evidenceAt(last.origin, `${last.at} ${last.action} by ${last.actor ?? "?"}`);
  }
}

/** A deed by one key is not repeated by another way in: where the record names the credential, it must be this one. */
function samePerson(event: AuditEvent, entry: Entry): boolean {
  if (event.credential !== undefined && entry.credential !== undefined)
    return event.credential === entry.credential;
  return event.actor === entry.principal;
}
