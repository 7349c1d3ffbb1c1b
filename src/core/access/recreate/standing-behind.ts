import type { AccountId } from "../../estate/index.js";
import type { Formula } from "./formula.js";
import { intersect, isEmpty, membersOf, union, without } from "./members.js";
import type { Population } from "./populations.js";
import { createSolver, type Solver } from "./solver.js";

/** Populations of which somebody could do it by the rights it holds. */
export function standingBehind(
  populations: readonly Population[],
  solver: Solver,
  restore: Formula,
): readonly string[] {
  const { possible } = solver.byOwnRight(restore);
  return keysOf(populations, possible);
}

/**
 * The same of those that first have to rewrite or become somebody: whoever is an administrator only by rewriting its own
 * policies holds none of the rights, and an explicit Deny of its own stops no administrator who may take it off. Asked
 * before anybody is told that nobody can.
 */
export function obtainingBehind(
  populations: readonly Population[],
  solver: Solver,
  restore: Formula,
  account: AccountId | undefined,
): readonly string[] {
  // Whoever manages the organisation gets everywhere in it: the floor, listed and not counted (recreation.md 3).
  const { estate } = solver.engine;
  const asked = populations.filter(
    (item) =>
      item.account === account || estate.organizationOf(item.account)?.managementAccount !== item.account,
  );
  if (asked.length === 0) return [];
  const members = asked.reduce((sum, item) => union(sum, item.members), membersOf([]));
  const everybody = createSolver(solver.world, solver.engine, without(solver.lifted, members));
  return keysOf(asked, everybody.solve(restore).possible);
}

const keysOf = (
  populations: readonly Population[],
  able: ReturnType<Solver["solve"]>["possible"],
): readonly string[] =>
  populations.filter(({ members }) => !isEmpty(intersect(able, members))).map(({ key }) => key);
