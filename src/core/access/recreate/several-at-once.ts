import type { MissingFact } from "../../estate/index.js";
import type { BecomeQuestions } from "../become/become.js";
import type { Entry } from "../become.js";
import { missingFact, shortName } from "./context.js";
import { decisiveRights } from "./ground.js";
import { can, type Can, type Formula } from "./formula.js";
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
    // Whoever ends up writing the resource's policy only this way gives itself what the policy can give.
    const writers =
      grantedBy === undefined
        ? undefined
        : solver.atom(can(grantedBy.action, grantedBy.resource, right.account)).possible;
    const granting =
      grantedBy === undefined
        ? []
        : obtaining(grantedBy.action, grantedBy.resource).filter((index) => writers?.has(index) !== true);
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
