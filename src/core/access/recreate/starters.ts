import type { Entry } from "../become.js";
import { rememberBySets } from "./bounded.js";
import type { Members } from "./members.js";
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

/** Starters that are remembered together, those of the sets not asked for longest left out. */
const mostStarters = 1_000_000;

/** Everybody who starts, worst first. Memoised by the sets, up to `mostStarters`: many exposures share them. */
export function createStarters(world: World): StartersOf {
  const known = rememberBySets<readonly Starter[]>(mostStarters, (list) => list.length + 1);
  return (solution, filter) => {
    // A formula that holds for everybody is a standing condition and is answered elsewhere; beside one that only might
    // hold for everybody, those count who need no luck.
    const possible = solution.possible === "full" ? solution.yes : solution.possible;
    if (possible === "full") return [];
    const yes = solution.yes === "full" ? possible : solution.yes;
    const found = known(yes, possible, () => listStarters(world, yes, possible));
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
