import type { Change } from "../change/change.js";
import type { Asked, CutProblem } from "./problem.js";
import type { Cut } from "./solve.js";
import type { Way } from "./way.js";

/** One more change of a list, and what has ended once it and those before it are made. */
export interface CoverageStep {
  /** Index into the parts of the cut. */
  readonly part: number;
  /** Targets (`Way.of`) of which a way was left before and none is now. */
  readonly closes: readonly Way["of"][];
}

export interface Coverage {
  readonly steps: readonly CoverageStep[];
  /** What ends with each change was reckoned from the ways that it meets, not asked. */
  readonly reckoned: boolean;
}

/**
 * The order with what really ends: the question is asked again after every change, since a change may lessen a way without
 * ending it. Of more than `mostAsked` changes it is reckoned, and said so.
 */
export function coverageSteps(problem: CutProblem, cut: Cut, mostAsked: number): Coverage {
  if (cut.parts.length > mostAsked) return { steps: reckonedSteps(cut), reckoned: true };
  return { steps: askedSteps(problem, cut), reckoned: false };
}

function askedSteps(problem: CutProblem, cut: Cut): readonly CoverageStep[] {
  const made: Change[] = [];
  let open = openTargets(problem.ask([]));
  return coverageOrder(cut).map((part) => {
    made.push(...(cut.parts[part]?.changes ?? []));
    const left = openTargets(problem.ask(made));
    const closes = [...open].filter((of) => !left.has(of));
    open = left;
    return { part, closes };
  });
}

function reckonedSteps(cut: Cut): readonly CoverageStep[] {
  const made = new Set<string>();
  const openNow = (): ReadonlySet<Way["of"]> =>
    new Set([
      ...cut.uncut.map(({ of }) => of),
      ...cut.ways
        .filter(({ candidates }) => !candidates.some((key) => made.has(key)))
        .map(({ way }) => way.of),
    ]);
  let open = openNow();
  return coverageOrder(cut).map((part) => {
    for (const { key } of cut.parts[part]?.candidates ?? []) made.add(key);
    const left = openNow();
    const closes = [...open].filter((of) => !left.has(of));
    open = left;
    return { part, closes };
  });
}

const openTargets = ({ ways }: Asked): ReadonlySet<Way["of"]> =>
  new Set(ways.filter(({ verdict, must }) => verdict === true || must === true).map(({ of }) => of));

/**
 * The changes of a cut over many targets, those first that end most of them (greedy maximum coverage: no order of as many
 * changes is promised to end more). A target is ended once each of its ways meets a change made so far.
 */
function coverageOrder(cut: Cut): readonly number[] {
  const keysOf = cut.parts.map((part) => new Set(part.candidates.map(({ key }) => key)));
  const ways = cut.ways.map(({ way, candidates }) => ({
    of: way.of,
    by: keysOf.flatMap((keys, index) => (candidates.some((key) => keys.has(key)) ? [index] : [])),
  }));
  const stuck = new Set(cut.uncut.map((way) => way.of));
  const made = new Set<number>();
  const ended = new Set<Way["of"]>(stuck);
  const order: number[] = [];
  const openAfter = (more: number): ReadonlySet<Way["of"]> =>
    new Set(
      ways.filter(({ by }) => !by.some((index) => made.has(index) || index === more)).map(({ of }) => of),
    );
  const targets = [...new Set(ways.map(({ of }) => of))];
  while (made.size < cut.parts.length) {
    const rated = cut.parts.flatMap((_, part) => {
      if (made.has(part)) return [];
      const open = openAfter(part);
      const closes = targets.filter((of) => !ended.has(of) && !open.has(of));
      const broken = ways.filter(
        ({ by }) => by.includes(part) && !by.some((index) => made.has(index)),
      ).length;
      return [{ part, closes, broken }];
    });
    const [best] = rated.sort(
      (a, b) => b.closes.length - a.closes.length || b.broken - a.broken || a.part - b.part,
    );
    if (best === undefined) break;
    made.add(best.part);
    for (const of of best.closes) ended.add(of);
    order.push(best.part);
  }
  return order;
}
