import { either, type Answer } from "./answer.js";
import { checkHop } from "./check-hop.js";
import {
  fails,
  holds,
  notFollowed,
  type ClaimedPath,
  type ClaimedQuestion,
  type HopResult,
  type Outcome,
} from "./claim.js";
import { weaknessRules } from "./formulas.js";
import { accountOf, formulaAnswer, type Case } from "./leaves.js";
import type { Rewrites } from "./rewriting.js";
import type { Setting } from "./ruling.js";

export interface PathResult {
  readonly route: string;
  readonly outcome: Outcome;
  readonly hops: readonly HopResult[];
  /** That the hops hang together and amount to the formula of the weakness. */
  readonly whole: HopResult;
}

/** One path: every hop by its rule, that they hang together, and that what they show amounts to the formula. */
export function checkPath(setting: Setting, question: ClaimedQuestion, path: ClaimedPath): PathResult {
  const rewritten: Rewrites = new Map();
  const hops = path.hops.map((hop) => checkHop(setting, path, hop, rewritten));
  // What comes back by itself has no actor who goes from hop to hop; two actors together have two chains.
  const free = path.colluding === true || path.leg === "drift";
  const chained = free ? holds() : chain(path);
  const sound = chained.outcome === "holds" ? amounts(setting, question, path) : chained;
  // What only some requests have must be said with the path (first-minute.md 2). Where facts are missing, what one
  // statement asks may be what another gives without asking.
  const conditions = hops.flatMap((hop) => (hop.conditional ? hop.conditions : []));
  const unsaid = path.certainty === "certain" && path.condition === undefined && conditions.length > 0;
  const whole =
    sound.outcome === "holds" && unsaid
      ? fails(`it is called certain, and holds ${conditions[0] ?? ""}`, path.hops[0]?.evidence[0])
      : sound;
  const outcomes = [...hops.map(({ outcome }) => outcome), whole.outcome];
  return {
    route: path.route,
    hops,
    whole,
    outcome: outcomes.includes("fails")
      ? "fails"
      : outcomes.includes("not-followed")
        ? "not-followed"
        : "holds",
  };
}

/** Each hop starts where an earlier one has led. */
function chain(path: ClaimedPath): HopResult {
  const [first, ...others] = path.hops;
  if (first === undefined) return fails("a path without hops");
  const reached = new Set([first.from, first.to]);
  for (const [index, hop] of others.entries()) {
    if (!reached.has(hop.from))
      return fails(`hop ${index + 2} starts at ${hop.from}, where no earlier hop leads`, hop.evidence[0]);
    reached.add(hop.to);
  }
  if (!reached.has(path.actor)) return fails(`no hop leads to ${path.actor}`);
  return holds();
}

function amounts(setting: Setting, question: ClaimedQuestion, path: ClaimedPath): HopResult {
  if (path.leg === "drift") {
    // Nobody decides: the code that sets it, or the clock. That it stands there is what the citations show.
    return path.hops.some(({ evidence }) => evidence.length > 0)
      ? holds()
      : notFollowed("no document is cited for what sets it again");
  }
  const rule = weaknessRules[question.weakness];
  if (rule === undefined) return notFollowed(`this check has no formula of \`${question.weakness}\``);
  const asked: Case = {
    setting,
    question,
    account: accountOf(setting, question),
    can: (action, resource) => shown(path, action, resource),
    path,
  };
  const why: string[] = [];
  const formulas = path.leg === "restore" ? [rule.restore] : rule.bypass;
  const answer = formulas.reduce<Answer>(
    (sum, formula) => either(sum, formulaAnswer(formula, asked, why)),
    "no",
  );
  if (answer === "yes" || answer === "if") return holds();
  const lacking = [...new Set(why)].slice(0, 4).join("; ");
  if (answer === "unknown")
    return path.verdict === "unknown"
      ? holds()
      : notFollowed(`cannot be told from documents that this check reads: ${lacking}`);
  return fails(`the hops do not amount to the formula of \`${question.weakness}\`: not shown are ${lacking}`);
}

/** Whether a hop of the path shows the right; that the right is there, the hop itself was checked for. */
function shown(path: ClaimedPath, action: string, resource: string | undefined): Answer {
  const rights = path.hops.filter(({ rule }) => rule?.startsWith("right") === true);
  const found = rights.some(
    ({ asks, rule }) =>
      asks?.some(
        (ask, index) =>
          ask.action.toLowerCase() === action.toLowerCase() &&
          (resource === undefined || ask.resource === resource) &&
          // A right that the actor gives itself is the second one; the first is the one that it uses for it.
          (rule !== "right-granted" || index === asks.length - 1 || true),
      ) === true,
  );
  return found ? "yes" : "no";
}
