import type { Entry } from "../become.js";
import { keyOf, type Members } from "./members.js";
import type { Solution } from "./solver.js";
import type { World } from "./world.js";

/** One way in to one identity that makes the formula true. */
export interface Starter {
  readonly member: number;
  readonly entry: Entry;
  readonly proven: boolean;
}

/** Starters of a solution, those that the filter keeps. */
export type StartersOf = (solution: Solution, filter?: (entry: Entry) => boolean) => readonly Starter[];

/** Everybody who starts, worst first. Memoised by the sets: many exposures share them. */
export function createStarters(world: World): StartersOf {
  const known = new Map<string, readonly Starter[]>();
  return (solution, filter) => {
    // A formula that holds for everybody is a standing condition and is answered elsewhere.
    if (solution.possible === "full") return [];
    const yes = solution.yes === "full" ? solution.possible : solution.yes;
    const key = `${keyOf(yes)}|${keyOf(solution.possible)}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = listStarters(world, yes, solution.possible)));
    return filter === undefined ? found : found.filter((item) => filter(item.entry));
  };
}

function listStarters(world: World, yes: Members, possible: Members): readonly Starter[] {
  const found: Starter[] = [];
  for (const member of possible) {
    for (const entry of world.entries(member)) found.push({ member, entry, proven: yes.has(member) });
  }
  return found.sort(compareStarters);
}

function compareStarters(left: Starter, right: Starter): number {
  return (
    left.entry.band - right.entry.band ||
    doubt(left) - doubt(right) ||
    Number(left.entry.certainty === "conditional") - Number(right.entry.certainty === "conditional") ||
    left.member - right.member ||
    (left.entry.label < right.entry.label ? -1 : left.entry.label > right.entry.label ? 1 : 0)
  );
}

const doubt = (item: Starter): number => Number(!item.proven || item.entry.verdict === "unknown");
