import type { MissingFact } from "../../estate/index.js";
import type { Change } from "../change/change.js";
import type { AccessEngine } from "../engine.js";
import type { Recreation, Verdict } from "../recreation.js";
import { prices, type Candidate } from "./candidate.js";
import { changesOf, partsOf, type Part } from "./compile.js";
import type { Demand } from "./demand.js";
import { cheapestHittingSet, type Element } from "./hitting-set.js";
import { onlyCloses } from "./monotone.js";
import type { Asked, CutProblem } from "./problem.js";
import type { UsedAccess } from "./use.js";
import type { Way } from "./way.js";

export interface CutLimits {
  /** Rounds of asking again; each brings every way that is still open. */
  readonly maxRounds: number;
  /** Nodes of the exact search for the cheapest set. */
  readonly maxNodes: number;
  /** Up to so many parts each is left out once, to see that it is needed. */
  readonly maxProbes: number;
}

/** Rounds in which whatever is open is closed, once the cheapest set is given up. */
const closingRounds = 80;

export const cutLimits: CutLimits = { maxRounds: 80, maxNodes: 100_000, maxProbes: 16 };

export interface CutOptions {
  readonly limits?: CutLimits;
  /** Who would make a change; equal texts are one team. */
  readonly ownerOf?: (candidate: Candidate) => string;
  /** Changes that must not be proposed. */
  readonly allows?: (candidate: Candidate) => boolean;
}

/** A change of the cut, what it carries out, and what stops working by it. */
export interface CutPart extends Part {
  readonly owner: string;
  /** Used rights that this change takes away. */
  readonly breaks: readonly UsedAccess[];
}

export interface Cut {
  /** Verdict before anything is changed. */
  readonly before: Verdict;
  readonly after: Verdict;
  readonly basis: Recreation["basis"];
  readonly parts: readonly CutPart[];
  /** Used rights that stop working, by whichever change. */
  readonly breaks: readonly UsedAccess[];
  readonly cost: number;
  /** The cheapest of all changes that were considered, by proof; else none is cheaper than `bound`. */
  readonly exact: boolean;
  readonly bound: number;
  /** Why it is not exact, in words. */
  readonly inexact: readonly string[];
  /** Ways that were found and broken, and how often the question was asked. */
  readonly derivations: number;
  readonly rounds: number;
  /** Each way that was found, with the keys of the candidates that might break it. */
  readonly ways: readonly { readonly way: Way; readonly candidates: readonly string[] }[];
  /** Every change that was considered, the cut's own included. */
  readonly considered: readonly Candidate[];
  /** Ways that nothing considered here would break. */
  readonly uncut: readonly Way[];
  /** What cannot be promised while these facts are missing. */
  readonly missing: readonly MissingFact[];
  /** Ways that only missing facts open and that the cut leaves; empty where it closes them too. */
  readonly left: readonly Way[];
}

/**
 * The cheapest changes after which no counted way remains. Implicit hitting set: the cheapest set that meets every way known
 * so far is made, the question is asked again, and what is still open joins the ways; when nothing is, the set is
 * the cheapest of all, since whatever closes everything meets every way that was ever found. Ways that only missing facts
 * open are closed too where nothing is proven, and left, by name, where something is.
 */
export function cut(problem: CutProblem, options: CutOptions = {}): Cut {
  const limits = options.limits ?? cutLimits;
  const ownerOf = options.ownerOf ?? (({ cause }: Candidate) => cause);
  const allows = options.allows ?? (() => true);
  const { places, use } = problem.ground;
  const first = problem.ask([]);
  const proven = first.ways.some((way) => way.verdict === true);
  const open = (asked: Asked): readonly Way[] =>
    proven ? asked.ways.filter((way) => way.verdict === true || way.must === true) : asked.ways;
  const known = new Map<string, Candidate>();
  const elements = new Map<string, Element>();
  const demands: Demand[] = [];
  const uncut = new Map<string, Way>();
  const found = new Map<string, { way: Way; candidates: readonly string[] }>();
  const inexact = new Set<string>();
  let chosen: readonly string[] = [];
  let asked = first;
  let rounds = 0;
  let search = { exact: true, bound: 0 };
  const partsFor = (keys: readonly string[]): readonly Part[] =>
    partsOf(
      keys.flatMap((key) => known.get(key) ?? []),
      places,
      use,
    );
  while (rounds < limits.maxRounds) {
    rounds += 1;
    let added = 0;
    const when = chosen.filter((key) => {
      const candidate = known.get(key);
      return candidate !== undefined && !onlyCloses(problem.ground, problem.lifted, candidate);
    });
    for (const way of open(asked)) {
      if (uncut.has(way.key)) continue;
      const candidates = problem.candidates(way).filter((item) => allows(item) && !chosen.includes(item.key));
      // What it stayed open under does not break it.
      const before = found.get(way.key)?.candidates;
      const breaking = candidates.map(({ key }) => key).filter((key) => before?.includes(key) !== false);
      found.set(way.key, { way, candidates: breaking });
      // What only these changes together brought about is undone by not making all of them.
      if (candidates.length === 0 && when.length === 0) {
        uncut.set(way.key, way);
        continue;
      }
      for (const candidate of candidates) {
        if (known.has(candidate.key)) continue;
        known.set(candidate.key, candidate);
        elements.set(candidate.key, {
          key: candidate.key,
          cost: candidate.cost,
          owner: ownerOf(candidate),
        });
      }
      demands.push({ members: candidates.map(({ key }) => key), when });
      added += 1;
    }
    if (added === 0) break;
    const hit = cheapestHittingSet(demands, elements, { teamCost: prices.team, maxNodes: limits.maxNodes });
    if (hit === undefined) break;
    search = { exact: hit.exact, bound: hit.bound };
    chosen = hit.chosen;
    asked = problem.ask(changesOf(partsFor(chosen)));
  }
  const closed = (item: Asked): boolean => open(item).every((way) => uncut.has(way.key));
  if (!closed(asked)) {
    inexact.add(
      `the cheapest set was not found in ${String(rounds)} rounds of asking: the rest is closed way by way`,
    );
    for (const last = rounds + closingRounds; rounds < last && !closed(asked); rounds += 1) {
      const more = new Set<string>();
      for (const way of open(asked).filter(({ key }) => !uncut.has(key))) {
        const candidates = problem
          .candidates(way)
          .filter((item) => allows(item) && !chosen.includes(item.key));
        const [best] = [...candidates].sort((a, b) => a.cost - b.cost || (a.key < b.key ? -1 : 1));
        if (best === undefined) uncut.set(way.key, way);
        else if (!candidates.some(({ key }) => more.has(key))) more.add(best.key);
        for (const item of candidates) {
          known.set(item.key, item);
          elements.set(item.key, { key: item.key, cost: item.cost, owner: ownerOf(item) });
        }
      }
      if (more.size === 0) break;
      chosen = [...chosen, ...more];
      asked = problem.ask(changesOf(partsFor(chosen)));
    }
  }
  if (!closed(asked)) inexact.add(`after ${String(rounds)} rounds of asking some ways were still open`);
  if (asked.more > 0) inexact.add(`${String(asked.more)} more ways were not written out`);
  if (!search.exact) inexact.add("the search for the cheapest set was stopped at its limit");
  if (closed(asked)) {
    const needed = withoutNeedless(problem, chosen, partsFor, closed, elements, limits);
    if (needed.length < chosen.length) asked = problem.ask(changesOf(partsFor(needed)));
    chosen = needed;
  }
  const parts = partsFor(chosen);
  const breaks = breaksOf(problem, first.engine, asked.engine);
  const cost = costOf(chosen, elements);
  return {
    before: first.verdict,
    after: asked.verdict,
    basis: asked.basis,
    parts: withBreaks(problem, parts, breaks, asked.engine, ownerOf),
    breaks,
    cost,
    exact: inexact.size === 0,
    bound: inexact.size === 0 ? cost : Math.min(cost, search.bound),
    inexact: [...inexact].sort(),
    derivations: found.size,
    rounds,
    ways: [...found.values()],
    considered: [...known.values()].sort((a, b) => a.cost - b.cost || (a.key < b.key ? -1 : 1)),
    uncut: [...uncut.values()],
    missing: asked.verdict === "unknown" || asked.verdict === "possible" ? asked.missing : [],
    left: asked.ways.filter((way) => way.verdict === "unknown" && way.must !== true && !uncut.has(way.key)),
  };
}

const costOf = (keys: readonly string[], elements: ReadonlyMap<string, Element>): number =>
  keys.reduce((sum, key) => sum + (elements.get(key)?.cost ?? 0), 0) +
  new Set(keys.map((key) => elements.get(key)?.owner)).size * prices.team;

/** Minimal: a part without which everything is closed all the same goes, dearest first, until none does. */
function withoutNeedless(
  problem: CutProblem,
  chosen: readonly string[],
  partsFor: (keys: readonly string[]) => readonly Part[],
  closed: (asked: Asked) => boolean,
  elements: ReadonlyMap<string, Element>,
  limits: CutLimits,
): readonly string[] {
  if (chosen.length > limits.maxProbes) return chosen;
  const dearest = [...chosen].sort(
    (a, b) => (elements.get(b)?.cost ?? 0) - (elements.get(a)?.cost ?? 0) || (a < b ? -1 : 1),
  );
  for (const key of dearest) {
    const rest = chosen.filter((item) => item !== key);
    // One change may be what made another one needed: whoever is left is looked at again.
    if (closed(problem.ask(changesOf(partsFor(rest)))))
      return withoutNeedless(problem, rest, partsFor, closed, elements, limits);
  }
  return chosen;
}

/** Used rights that are gone afterwards, and which part alone takes each away. */
function breaksOf(problem: CutProblem, before: AccessEngine, after: AccessEngine): readonly UsedAccess[] {
  return problem.ground.use.all.filter((used) => works(before, used) && !works(after, used));
}

function withBreaks(
  problem: CutProblem,
  parts: readonly Part[],
  broken: readonly UsedAccess[],
  after: AccessEngine,
  ownerOf: (candidate: Candidate) => string,
): readonly CutPart[] {
  const alone = (changes: readonly Change[]): AccessEngine =>
    broken.length === 0 || parts.length < 2 ? after : problem.ask(changes).engine;
  return parts.map((part) => {
    const engine = alone(part.changes);
    const [candidate] = part.candidates;
    return {
      ...part,
      owner: candidate === undefined ? "" : ownerOf(candidate),
      breaks: broken.filter((used) => !works(engine, used)),
    };
  });
}

const works = (engine: AccessEngine, { principal, action, resource }: UsedAccess): boolean =>
  engine.verdict(principal, action, resource) === true;
