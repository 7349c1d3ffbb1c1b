import { resourceId, type MissingFact } from "../../estate/index.js";
import type { BecomeQuestions } from "../become/become.js";
import type { Entry } from "../become.js";
import { missingFact, shortName } from "./context.js";
import { decisiveRights } from "./ground.js";
import type { Can, Formula } from "./formula.js";
import { membersOf } from "./members.js";
import type { Solver } from "./solver.js";

type Asks = Pick<BecomeQuestions, "obtaining">;
const asksObtaining = (become: object): become is Asks => "obtaining" in become;

/** Who gets a right beyond those whom the paths of one answer find; `candidates`: nobody else does. */
interface Beyond {
  readonly candidates: readonly number[];
  has(member: number): boolean;
}

/**
 * Before anybody is told that nobody else can: whether somebody could by rewriting several identities in turn, or by
 * being several at once, which the paths of one answer do not follow. It is named and leaves the answer open. Asked one
 * by one of those who start somewhere: the first is as good as all.
 */
export function severalAtOnce(
  solver: Solver,
  formula: Formula,
  counts: (entry: Entry) => boolean,
): readonly MissingFact[] {
  const { world, lifted } = solver;
  const { become } = world;
  if (!asksObtaining(become)) return [];
  const more = new Map<Can, Beyond>();
  const candidates = new Set<number>();
  for (const right of decisiveRights(formula)) {
    if (more.has(right)) continue;
    const beyond = beyondOf(solver, become, right);
    more.set(right, beyond);
    for (const index of beyond.candidates) candidates.add(index);
  }
  const everybody = [...candidates]
    .sort((a, b) => a - b)
    .filter((index) => !lifted.has(index) && world.engine.estate.principal(world.name(index)) !== undefined);
  let open: boolean | undefined;
  /** Somebody, whether it starts somewhere or not, gets a right that no path gives it. */
  const somebody = (): boolean =>
    (open ??= [...more].some(([right, beyond]) =>
      everybody.some((index) => !solver.atom(right).possible.has(index) && beyond.has(index)),
    ));
  for (const index of everybody) {
    if (!world.entries(index).some((entry) => entry.band <= 2 && counts(entry))) continue;
    if (!holds(solver, formula, index, more)) continue;
    if (holds(solver, formula, index) && !somebody()) continue;
    const name = world.name(index);
    return [
      missingFact(
        "several-at-once",
        name,
        `whether ${shortName(name)} gets there by rewriting several identities in turn`,
        "take away its rights to rewrite identities, or look at what it may rewrite: remit reach",
      ),
    ];
  }
  return [];
}

function beyondOf(solver: Solver, become: Asks, right: Can): Beyond {
  const { world, lifted } = solver;
  const { action, resource, grantedBy } = right;
  const obtaining = (of: string, on: string): Beyond =>
    become.obtaining(of, on, lifted, (targets) => world.closure(membersOf(targets), lifted));
  const own = within(solver, right, obtaining(action, resource));
  if (grantedBy === undefined) return own;
  const writers = obtaining(grantedBy.action, grantedBy.resource);
  const named = namedBy(solver, right);
  return {
    candidates: [...own.candidates, ...writers.candidates],
    has: (member) => own.has(member) || (writers.has(member) && named(member)),
  };
}

/** A right on the account itself is one of its identities': whoever has it in another account has to become one first. */
function within({ world, lifted }: Solver, { account }: Can, found: Beyond): Beyond {
  if (account === undefined) return found;
  let into: ReadonlySet<number> | undefined;
  const find = (): ReadonlySet<number> => {
    const own = world.inAccount(account).filter((index) => !lifted.has(index));
    return new Set(world.closure(membersOf(own), lifted).members);
  };
  return {
    candidates: found.candidates,
    has: (member) => found.has(member) && (into ??= find()).has(member),
  };
}

/**
 * Whoever ends up writing the resource's policy may name in it another identity that it becomes as well, and whose own
 * limits leave the right.
 */
function namedBy({ world, engine, lifted }: Solver, { action, resource, grantedBy }: Can) {
  let into: ReadonlySet<number> | undefined;
  const find = (): ReadonlySet<number> => {
    const owner = engine.accountOf(resource);
    if (grantedBy === undefined || owner === undefined) return new Set();
    const freed = engine.withOverlay({ removedPolicies: new Set([resourceId(grantedBy.resource)]) });
    const named = world
      .inAccount(owner)
      .filter(
        (index) => !lifted.has(index) && freed.envelope(world.name(index)).may(action, resource) !== false,
      );
    return new Set(world.closure(membersOf(named), lifted).members);
  };
  return (member: number): boolean => (into ??= find()).has(member);
}

/** Whether somebody who may be one actor makes the formula true at most; `more`: with these rights beside its own. */
function holds(solver: Solver, formula: Formula, member: number, more?: ReadonlyMap<Can, Beyond>): boolean {
  switch (formula.kind) {
    case "can":
      return solver.atom(formula).possible.has(member) || more?.get(formula)?.has(member) === true;
    case "is":
      return formula.truth.value !== false;
    case "open":
      return formula.guard.off.value !== false || holds(solver, formula.guard.lift, member, more);
    case "any":
      return formula.parts.some((part) => holds(solver, part, member, more));
    case "all":
      return formula.parts.every((part) => holds(solver, part, member, more));
  }
}
