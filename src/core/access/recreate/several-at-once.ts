import { resourceId, type MissingFact } from "../../estate/index.js";
import type { BecomeQuestions } from "../become/become.js";
import type { Entry } from "../become.js";
import { missingFact, shortName } from "./context.js";
import { decisiveRights } from "./ground.js";
import type { Can, Formula } from "./formula.js";
import { intersect, membersOf, union, unite, type Members, type MemberSet } from "./members.js";
import type { Solver } from "./solver.js";

const asksObtainers = (become: object): become is Pick<BecomeQuestions, "obtainers"> => "obtainers" in become;

/**
 * Before anybody is told that nobody else can: whether somebody could by rewriting several identities in turn, or by
 * being several at once, which the paths of one answer do not follow. It is named and leaves the answer open.
 */
export function severalAtOnce(
  solver: Solver,
  formula: Formula,
  counts: (entry: Entry) => boolean,
): readonly MissingFact[] {
  const { world, lifted } = solver;
  const { become } = world;
  if (!asksObtainers(become)) return [];
  const obtaining = (action: string, resource: string): readonly number[] =>
    become.obtainers(action, resource, lifted).members;
  const more = new Map<Can, Members>();
  let any = false;
  for (const right of decisiveRights(formula)) {
    if (more.has(right)) continue;
    const { possible } = solver.atom(right);
    const { grantedBy } = right;
    const granting =
      grantedBy === undefined
        ? []
        : namingAnother(solver, right, obtaining(grantedBy.action, grantedBy.resource), possible);
    const found = [...new Set([...obtaining(right.action, right.resource), ...granting])].filter(
      (index) =>
        !lifted.has(index) &&
        !possible.has(index) &&
        world.engine.estate.principal(world.name(index)) !== undefined,
    );
    if (found.length > 0) any = true;
    more.set(right, membersOf(found, world.size));
  }
  if (!any) return [];
  const who = reach(solver, formula, more);
  if (who === "full") return [];
  for (const index of who) {
    if (!world.entries(index).some((entry) => entry.band <= 2 && counts(entry))) continue;
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

/**
 * Whoever ends up writing the resource's policy may name in it another identity that it becomes as well, and whose own
 * limits leave the right.
 */
function namingAnother(
  { world, engine, lifted }: Solver,
  { action, resource, grantedBy }: Can,
  writers: readonly number[],
  possible: Members,
): readonly number[] {
  const open = writers.filter((index) => !lifted.has(index) && !possible.has(index));
  const owner = engine.accountOf(resource);
  if (open.length === 0 || grantedBy === undefined || owner === undefined) return [];
  const freed = engine.withOverlay({ removedPolicies: new Set([resourceId(grantedBy.resource)]) });
  const named = engine.actors.flatMap((id, index) =>
    !lifted.has(index) &&
    engine.estate.principal(id)?.account === owner &&
    freed.envelope(id).may(action, resource) !== false
      ? [index]
      : [],
  );
  const into = new Set(world.closure(membersOf(named, world.size), lifted).members);
  return open.filter((index) => into.has(index));
}

function reach(solver: Solver, formula: Formula, more: ReadonlyMap<Can, Members>): MemberSet {
  const none = membersOf([], solver.world.size);
  switch (formula.kind) {
    case "can": {
      const extra = more.get(formula);
      const { possible } = solver.atom(formula);
      return extra === undefined ? possible : union(possible, extra);
    }
    case "is":
      return formula.truth.value === false ? none : "full";
    case "open":
      return formula.guard.off.value === false ? reach(solver, formula.guard.lift, more) : "full";
    case "any":
      return formula.parts.reduce<MemberSet>((sum, part) => unite(sum, reach(solver, part, more)), none);
    case "all":
      return formula.parts.reduce<MemberSet>(
        (sum, part) => intersect(sum, reach(solver, part, more)),
        "full",
      );
  }
}
