import type { Path } from "../recreation.js";
import type { FormulaContext } from "./context.js";
import { derive, type Derivation } from "./derivation.js";
import { type Formula } from "./formula.js";
import { isEmpty } from "./members.js";
import { pathOf } from "./path.js";
import type { Solver } from "./solver.js";
import type { Solution } from "./solver.js";
import type { Starter } from "./starters.js";

/**
 * Where no single actor has everything, two together may (recreation.md 2, `colluding`): shown as one path with both
 * of them, never counted.
 */
export function colludingPath(
  context: FormulaContext,
  solver: Solver,
  formula: Formula,
  verbs: Readonly<Record<string, string>>,
  startersOf: (solution: Solution) => readonly Starter[],
): Path | undefined {
  const parts = together(solver, formula, startersOf);
  if (parts === undefined || parts.length < 2) return undefined;
  const [first, ...others] = parts;
  if (first === undefined || others.every((part) => part.starter.member === first.starter.member))
    return undefined;
  const sum = (pick: (derivation: Derivation) => readonly unknown[]): readonly unknown[] =>
    parts.flatMap((part) => [...pick(part.derivation)]);
  const derivation: Derivation = {
    ...first.derivation,
    steps: sum((item) => item.steps) as Derivation["steps"],
    truths: sum((item) => item.truths) as Derivation["truths"],
    guardsOff: sum((item) => item.guardsOff) as Derivation["guardsOff"],
    guardsLifted: sum((item) => item.guardsLifted) as Derivation["guardsLifted"],
  };
  const names = [...new Set(others.map((part) => part.starter.entry.label))].join(", ");
  const path = pathOf({
    context,
    leg: "restore",
    entry: first.starter.entry,
    derivation,
    verbs,
    colluding: true,
  });
  return { ...path, because: `${path.because}; only together with ${names}` };
}

interface Part {
  readonly starter: Starter;
  readonly derivation: Derivation;
}

/** One proven starter per conjunct, the worst of each. */
function together(
  solver: Solver,
  formula: Formula,
  startersOf: (solution: Solution) => readonly Starter[],
): readonly Part[] | undefined {
  const solution = solver.solve(formula);
  if (solution.yes === "full") return [];
  if (!isEmpty(solution.yes)) {
    const starter = startersOf({ yes: solution.yes, possible: solution.yes }).find(
      (item) => item.proven && item.entry.verdict === true,
    );
    const derivation = starter === undefined ? undefined : derive(solver, formula, starter.member);
    if (starter !== undefined && derivation !== undefined) return [{ starter, derivation }];
  }
  if (formula.kind === "open") return together(solver, formula.guard.lift, startersOf);
  if (formula.kind === "any") {
    for (const part of formula.parts) {
      const found = together(solver, part, startersOf);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (formula.kind !== "all") return undefined;
  const found: Part[] = [];
  for (const part of formula.parts) {
    const own = together(solver, part, startersOf);
    if (own === undefined) return undefined;
    found.push(...own);
  }
  return found;
}
