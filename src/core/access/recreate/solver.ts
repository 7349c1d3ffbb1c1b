import { accountOfArn, allOf, anyOf, resourceId, type PrincipalId, type Tri } from "../../estate/index.js";
import type { Closure } from "../become.js";
import type { AccessDecision, AccessEngine, ActorSet, Envelope, NearMiss } from "../engine.js";
import { can, canKey, rightsOf, type Can, type Formula } from "./formula.js";
import {
  intersect,
  isEmpty,
  membersOf,
  union,
  unite,
  without,
  type Members,
  type MemberSet,
} from "./members.js";
import { rewritersOf, type Rewriters } from "./rewriters.js";
import { ofAccount, type World } from "./world.js";

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
  readonly rewriters: Rewriters;
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
  /** Who nearly can, and what stops each: at most five, nearest first. */
  misses(right: Can): readonly NearMiss[];
  /** Who satisfies a formula by rights of its own, shared causes included; nobody is become. */
  byOwnRight(formula: Formula): Solution;
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
    if (found === undefined) atoms.set(key, (found = findAtom(world, engine, own(right), lifted, right)));
    return found;
  };
  const answers = new Map<string, Own>();
  const own = (right: Can): Own => {
    const key = canKey(right);
    let found = answers.get(key);
    if (found === undefined) answers.set(key, (found = ownAnswer(world, engine, right)));
    return found;
  };
  const none = membersOf([]);
  const solving = (rightOf: (right: Can) => Solution): ((formula: Formula) => Solution) => {
    const solve = (formula: Formula): Solution => {
      switch (formula.kind) {
        case "can":
          return rightOf(formula);
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
          return meet(formula.parts, solve, none);
        case "any":
          return formula.parts.map(solve).reduce<Solution>(
            (sum, part) => ({
              yes: unite(sum.yes, part.yes),
              possible: unite(sum.possible, part.possible),
            }),
            { yes: none, possible: none },
          );
      }
    };
    return solve;
  };
  const solve = solving((right) => {
    const { yes, possible } = atom(right);
    return { yes, possible };
  });
  const byOwnRight = solving((right) => {
    const { allowed, unknown } = own(right);
    return { yes: allowed, possible: union(allowed, unknown) };
  });
  const alone = (formula: Formula, actor: number): Tri => {
    switch (formula.kind) {
      case "can":
        return own(formula).allowed.has(actor) ? true : own(formula).unknown.has(actor) ? "unknown" : false;
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
  const misses = new Map<string, readonly NearMiss[]>();
  const missesOf = (right: Can): readonly NearMiss[] => {
    const key = canKey(right);
    let found = misses.get(key);
    if (found === undefined) misses.set(key, (found = engine.nearMisses(right.action, right.resource, 12)));
    return found;
  };
  return { world, engine, lifted, atom, solve, misses: missesOf, byOwnRight, alone };
}

/** Conjuncts that need nobody's right come first; once nobody is left the rest is not asked. */
function meet(parts: readonly Formula[], solve: (part: Formula) => Solution, none: Members): Solution {
  let sum: Solution = { yes: "full", possible: "full" };
  const known = parts.filter((part) => rightsOf(part).length === 0);
  const asked = parts.filter((part) => rightsOf(part).length > 0);
  for (const part of [...known, ...asked]) {
    const next = solve(part);
    sum = { yes: intersect(sum.yes, next.yes), possible: intersect(sum.possible, next.possible) };
    if (isEmpty(sum.possible)) return { yes: none, possible: none };
  }
  return sum;
}

interface Own {
  readonly allowed: Members;
  readonly unknown: Members;
}

function findAtom(world: World, engine: AccessEngine, own: Own, lifted: Members, right: Can): Atom {
  const candidates = union(own.unknown, own.allowed);
  const holders = without(own.allowed, lifted);
  const possibleHolders = without(candidates, lifted);
  const rewriters = rewritersOf(world, engine, lifted, right, holders);
  const proven = world.closure(union(holders, rewriters.sure), lifted);
  const thinkable =
    possibleHolders.size === holders.size && rewriters.all.size === rewriters.sure.size
      ? proven
      : world.closure(union(possibleHolders, rewriters.all), lifted);
  return {
    right,
    own: own.allowed,
    ownPossible: candidates,
    holders,
    possibleHolders,
    rewriters,
    proven,
    thinkable,
    yes: without(membersOf(proven.members.filter((member) => proven.verdictOf(member) === true)), lifted),
    possible: without(membersOf(thinkable.members), lifted),
  };
}

/** By statements that stand, and by those that the writer of the resource's policy would add. */
function ownAnswer(world: World, engine: AccessEngine, right: Can): Own {
  const standing = standingAnswer(world, engine, right);
  const { grantedBy } = right;
  if (grantedBy === undefined) return standing;
  const writers = standingAnswer(world, engine, can(grantedBy.action, grantedBy.resource, right.account));
  const allowed: number[] = [];
  const unknown: number[] = [];
  for (const writer of without(union(writers.allowed, writers.unknown), standing.allowed)) {
    const given = selfGranted(engine, right, world.name(writer));
    if (given === true && writers.allowed.has(writer)) allowed.push(writer);
    else if (given !== false) unknown.push(writer);
  }
  if (allowed.length + unknown.length === 0) return standing;
  const sure = union(standing.allowed, membersOf(allowed));
  return {
    allowed: sure,
    unknown: without(union(standing.unknown, membersOf(unknown)), sure),
  };
}

/**
 * What a policy of the resource gives within one account is limited by SCPs, RCPs and the explicit denies of the
 * identity. A boundary without an Allow does not limit users and sessions that the policy names (IAM User Guide,
 * "Permissions boundaries", evaluating with resource-based policies); whether this one only leaves it out or denies it
 * is left open.
 */
function selfGranted(engine: AccessEngine, right: Can, writer: PrincipalId): Tri {
  const { action, resource } = right;
  const limits = limitsOfGranted(engine, right, writer);
  if (limits === undefined) return false;
  const within = limits.may(action, resource);
  if (within !== false) return within;
  return limits.unbound.may(action, resource) === false ? false : "unknown";
}

/** What limits a right that the writer of the resource's policy gives itself; undefined in another account. */
function limitsOfGranted(
  engine: AccessEngine,
  { grantedBy, resource }: Can,
  writer: PrincipalId,
): (Envelope & { readonly unbound: Envelope }) | undefined {
  const owner = engine.accountOf(resource);
  const own = engine.estate.principal(writer)?.account ?? accountOfArn(writer);
  if (grantedBy === undefined || owner === undefined || own !== owner) return undefined;
  const freed = engine.withOverlay({ removedPolicies: new Set([resourceId(grantedBy.resource)]) });
  return { ...freed.envelope(writer), unbound: freed.envelope(writer, { boundary: true }) };
}

/** The proof of such a right: conditions of denies that stay, facts that are missing. */
export function provenGrant(
  engine: AccessEngine,
  right: Can,
  writer: PrincipalId,
): AccessDecision | undefined {
  const limits = limitsOfGranted(engine, right, writer);
  const within = limits?.decide?.(right.action, right.resource);
  return within?.verdict === false ? limits?.unbound.decide?.(right.action, right.resource) : within;
}

/** Under a containment overlay the engine is asked; otherwise the world remembers. */
function standingAnswer(world: World, engine: AccessEngine, right: Can): Own {
  if (engine === world.engine) return world.whoCan(right);
  const { allowed, unknown } = engine.whoCan(right.action, right.resource);
  const own = (set: ActorSet): Members => ofAccount(engine, right, set as Members);
  return { allowed: own(allowed), unknown: own(unknown) };
}
