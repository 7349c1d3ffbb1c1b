import { closedGuards, withoutEffectGuards, type Formula } from "./formula.js";
import { intersect, isEmpty } from "./members.js";
import type { Population } from "./populations.js";
import type { Solution, Solver } from "./solver.js";
import type { Starter } from "./starters.js";

interface Setting {
  readonly solver: Solver;
  readonly restore: Formula;
  readonly populations: readonly Population[];
  readonly startersOf: (solution: Solution) => readonly Starter[];
}

/**
 * recreation.md 2: behind an effect guard the scanner's finding may return although the exposure does not. Said only
 * where nobody, administrators included, gets past the guard and somebody is proven to set the rest again; where a
 * guard was not collected nothing is said.
 */
export function findingReturns({ solver, restore, populations, startersOf }: Setting): string | undefined {
  const closed = [...new Set(closedGuards(restore, "effect").map(({ name }) => name))];
  if (closed.length === 0) return undefined;
  const behind = (formula: Formula, which: keyof Solution): boolean => {
    const own = solver.byOwnRight(formula)[which];
    return populations.some(({ members }) => !isEmpty(intersect(own, members)));
  };
  const anybody = (formula: Formula): boolean =>
    !isEmpty(solver.solve(formula).possible) || behind(formula, "possible");
  if (anybody(restore)) return undefined;
  const visible = withoutEffectGuards(restore);
  const counted = startersOf(solver.solve(visible)).some(
    ({ proven, entry }) => proven && entry.verdict === true && entry.band <= 2,
  );
  if (!counted && !behind(visible, "yes")) return undefined;
  // A guard of another branch, say of ACLs, is not what keeps this way without effect.
  const deciding = closed.filter(
    (name) => !anybody(withoutEffectGuards(restore, (guard) => guard.name === name)),
  );
  const names = (deciding.length > 0 ? deciding : closed).join(" and ");
  const who = counted ? "the setting may be set again" : "administrators may set it again";
  return `finding returns, exposure does not: ${who}; ${names} ${names.includes(" and ") ? "keep" : "keeps"} it without effect`;
}
