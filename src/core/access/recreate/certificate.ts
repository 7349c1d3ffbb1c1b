import type { NearMiss } from "../engine.js";
import type { Certificate, Recreation } from "../recreation.js";
import { shortName, type FormulaContext } from "./context.js";
import { rightsOf, truthsOf, type Formula } from "./formula.js";
import type { Solver } from "./solver.js";

/** Why nobody else can: per right its candidates and what blocks each, and the layers that were present. */
export function certificateOf(context: FormulaContext, solver: Solver, formula: Formula): Certificate {
  const atoms = rightsOf(formula).map((right) => {
    const atom = solver.atom(right);
    const misses = solver.misses(right);
    const blockedBy = misses.map((miss) => `${shortName(miss.principal)}: ${miss.block.text}`);
    const lifted = [...atom.ownPossible].filter((index) => solver.lifted.has(index)).length;
    if (lifted > 0) blockedBy.push(`${lifted} in a shared cause`);
    const cannotStart = atom.possible.size;
    if (cannotStart > 0)
      blockedBy.push(
        `${cannotStart} that nobody outside administration can start as, or that lack another right of the formula`,
      );
    return {
      atom: `${right.action} on ${shortName(right.resource)}`,
      candidates: atom.ownPossible.size + misses.length,
      blockedBy,
    };
  });
  const layers = truthsOf(formula)
    .filter((truth) => truth.value !== "unknown")
    .map((truth) => (truth.value === true ? truth.label : `not: ${truth.label}`));
  const { account } = context;
  const covered =
    account === undefined
      ? []
      : (["iam", "scp", "rcp"] as const)
          .filter((topic) => solver.engine.estate.covers(topic, account))
          .map((topic) => `${topic} of ${account}`);
  return { atoms, layers: [...new Set([...covered, ...layers])] };
}

/**
 * A miss that tells something: a service-linked role, or an identity of another account that only a rule of the
 * service keeps out, was never near.
 */
function isNear(solver: Solver, miss: NearMiss): boolean {
  const principal = solver.engine.estate.principal(miss.principal);
  if (principal?.immutable === "service-linked") return false;
  return miss.block.kind !== "service-rule" && miss.block.kind !== "no-grant";
}

/** The nearest misses on the rights of a formula: it shows that the denies were read. At most `limit`. */
export function stoppedBy(solver: Solver, formula: Formula, limit: number): Recreation["stopped"] {
  const found: {
    who: string;
    by: string;
    evidence?: NonNullable<Recreation["stopped"][number]["evidence"]>;
  }[] = [];
  const seen = new Set<string>();
  // The decisive rights stand first in a formula; the misses of a lift would say little.
  for (const right of rightsOf(formula).slice(0, 3)) {
    if (found.length >= limit) break;
    for (const miss of solver.misses(right)) {
      if (found.length >= limit || seen.has(miss.principal) || !isNear(solver, miss)) continue;
      seen.add(miss.principal);
      found.push({
        who: shortName(miss.principal),
        by: miss.block.text,
        ...(miss.block.evidence === undefined ? {} : { evidence: miss.block.evidence }),
      });
    }
  }
  return found;
}
