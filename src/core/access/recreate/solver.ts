import { allOf, anyOf, type Tri } from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import { attainable } from "../become/edge.js";
import type { AccessEngine } from "../engine.js";
import { canKey, type Can, type Formula } from "./formula.js";
import { intersect, membersOf, union, unite, without, type Members, type MemberSet } from "./members.js";
import type { World } from "./world.js";

/** Who could do one thing: by its own right, by rewriting an identity, and by becoming one of those. */
export interface Atom {
  readonly right: Can;
  /** Actors whose own right is proven or thinkable, shared causes included. */
  readonly own: Members;
  readonly ownPossible: Members;
  /** Actors whose own right is proven, shared causes excluded. */
  readonly holders: Members;
  readonly possibleHolders: Members;
  /** Actors that attain the right by rewriting an identity whose envelope allows it. */
  readonly rewriters: ReadonlyMap<number, { readonly edge: BecomeEdge; readonly verdict: true | "unknown" }>;
  readonly proven: Closure;
  readonly thinkable: Closure;
  readonly yes: Members;
  readonly possible: Members;
}

/** Who makes a formula true: proven, and at most (proven included). */
export interface Solution {
  readonly yes: MemberSet;
  readonly possible: MemberSet;
}

export interface Solver {
  readonly world: World;
  readonly engine: AccessEngine;
  readonly lifted: Members;
  atom(right: Can): Atom;
  solve(formula: Formula): Solution;
  /** Whether one actor satisfies a formula by its own rights, shared causes included; nobody is become. */
  alone(formula: Formula, actor: number): Tri;
}

/**
 * Set algebra over the actors of one world for one question. `engine` answers for direct rights under the containment
 * overlay of the question; closures over become edges are the world's.
 */
export function createSolver(world: World, engine: AccessEngine, lifted: Members): Solver {
  const atoms = new Map<string, Atom>();
  const atom = (right: Can): Atom => {
    const key = canKey(right);
    let found = atoms.get(key);
    if (found === undefined) atoms.set(key, (found = findAtom(world, engine, lifted, right)));
    return found;
  };
  const none = membersOf([], world.size);
  const solve = (formula: Formula): Solution => {
    switch (formula.kind) {
      case "can": {
        const { yes, possible } = atom(formula);
        return { yes, possible };
      }
      case "is":
        return {
          yes: formula.truth.value === true ? "full" : none,
          possible: formula.truth.value === false ? none : "full",
        };
      case "open":
        // A guard that was not collected leaves `open` unknown for everybody, whoever could lift it (recreation.md 2).
        if (formula.guard.off.value === true) return { yes: "full", possible: "full" };
        if (formula.guard.off.value === "unknown") return { yes: none, possible: "full" };
        return solve(formula.guard.lift);
      case "all":
        return fold(formula.parts.map(solve), intersect, "full");
      case "any":
        return fold(formula.parts.map(solve), unite, none);
    }
  };
  const alone = (formula: Formula, actor: number): Tri => {
    switch (formula.kind) {
      case "can":
        return atom(formula).own.has(actor) ? true : atom(formula).ownPossible.has(actor) ? "unknown" : false;
      case "is":
        return formula.truth.value;
      case "open":
        return formula.guard.off.value === false ? alone(formula.guard.lift, actor) : formula.guard.off.value;
      case "all":
        return allOf(formula.parts.map((part) => alone(part, actor)));
      case "any":
        return anyOf(formula.parts.map((part) => alone(part, actor)));
    }
  };
  return { world, engine, lifted, atom, solve, alone };
}

function fold(
  parts: readonly Solution[],
  combine: (left: MemberSet, right: MemberSet) => MemberSet,
  start: MemberSet,
): Solution {
  return parts.reduce<Solution>(
    (sum, part) => ({ yes: combine(sum.yes, part.yes), possible: combine(sum.possible, part.possible) }),
    { yes: start, possible: start },
  );
}

function findAtom(world: World, engine: AccessEngine, lifted: Members, right: Can): Atom {
  const answer = engine.whoCan(right.action, right.resource);
  const own = (indices: Iterable<number>): Members => ofAccount(world, right, membersOf(indices, world.size));
  const allowed = own(answer.allowed);
  const candidates = union(own(answer.unknown), allowed);
  const holders = without(allowed, lifted);
  const possibleHolders = without(candidates, lifted);
  const rewriters = findRewriters(world, lifted, right, holders);
  const attained = [...rewriters].filter(([, rewrite]) => rewrite.verdict === true).map(([index]) => index);
  const provenTargets = union(holders, membersOf(attained, world.size));
  const thinkableTargets = union(possibleHolders, membersOf(rewriters.keys(), world.size));
  const proven = world.closure(provenTargets, lifted);
  const thinkable = world.closure(thinkableTargets, lifted);
  return {
    right,
    own: allowed,
    ownPossible: candidates,
    holders,
    possibleHolders,
    rewriters,
    proven,
    thinkable,
    yes: without(
      membersOf(
        proven.members.filter((member) => proven.verdictOf(member) === true),
        world.size,
      ),
      lifted,
    ),
    possible: without(membersOf(thinkable.members, world.size), lifted),
  };
}

/** Rights on `*` that act on the caller's own account count only for identities of the account that is asked about. */
function ofAccount(world: World, right: Can, set: Members): Members {
  if (right.account === undefined) return set;
  return membersOf(
    [...set].filter((index) => accountOf(world, index) === right.account),
    world.size,
  );
}

function accountOf(world: World, index: number): string | undefined {
  const principal = world.name(index);
  return world.engine.estate.principal(principal)?.account ?? world.engine.accountOf(principal);
}

function findRewriters(
  world: World,
  lifted: Members,
  right: Can,
  holders: Members,
): Map<number, { edge: BecomeEdge; verdict: true | "unknown" }> {
  const found = new Map<number, { edge: BecomeEdge; verdict: true | "unknown" }>();
  for (const { from, edge } of world.rewrites(lifted)) {
    if (holders.has(from) || found.get(from)?.verdict === true) continue;
    const to = world.engine.indexOf(edge.to);
    if (right.account !== undefined && (to === undefined || accountOf(world, to) !== right.account)) continue;
    const may = attainable(world.engine, edge, right.action, right.resource);
    if (may === false) continue;
    const verdict = may === true && edge.verdict === true ? true : "unknown";
    if (verdict === true || !found.has(from)) found.set(from, { edge, verdict });
  }
  return found;
}
