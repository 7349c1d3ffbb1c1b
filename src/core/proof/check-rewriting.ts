import { fails, notFollowed, together, type ClaimedHop, type ClaimedPath, type HopResult } from "./claim.js";
import { judge } from "./judge.js";
import {
  afterwards,
  apply,
  better,
  isWritten,
  leave,
  untouched,
  type Draft,
  type Rewrites,
} from "./rewriting.js";
import { questionOf, sayRulings, short, type Asks } from "./rights.js";
import type { Ruling, Setting } from "./ruling.js";
import { makingSteps, rewriteSteps } from "./steps.js";

export const isRewriting = ({ rule = "", via }: ClaimedHop): boolean =>
  makingSteps.has(rule) || (rewriteSteps[rule] !== undefined && /rewrite|creates/.test(via));

/**
 * Writes what an identity may do, or makes one; right by right, each judged with the documents as the ones before it
 * leave them: taking off a limit is a right of its own (recreation.md 2).
 */
export function checkRewriting(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: Rewrites,
): HopResult {
  const rule = hop.rule ?? "";
  const takes = rewriteSteps[rule];
  if (setting.directory.identities.get(hop.to) === undefined)
    return notFollowed(`no document lists ${short(hop.to)}`, hop.evidence[0]);
  if (asks.length === 0) {
    leave(rewritten, hop.to, { setting, as: hop.to, written: true, open: true });
    return notFollowed("the hop names no right", hop.evidence[0]);
  }
  if (takes !== undefined && takes !== "" && !asks.some(({ action }) => same(action, takes)))
    return fails(`\`${rule}\` takes ${takes}, which this hop does not show`, hop.evidence[0]);
  const draft: Draft = {
    setting,
    written: new Set(),
    mine: new Set([hop.from]),
    made: undefined,
    open: false,
  };
  const rulings: Ruling[] = [];
  for (const ask of asks) {
    const ruling = ruleIn(setting, draft, hop, ask, rewritten);
    rulings.push(ruling);
    // A right to create that only some requests have may ask for a boundary, which the new identity then carries.
    if (ruling.answer === "if" && /:create(user|role)$/i.test(ask.action)) draft.open = true;
    apply(draft, ask.action, ask.resource, hop.from, hop.to);
  }
  const as = makingSteps.has(rule) ? (draft.made ?? hop.to) : hop.to;
  leave(rewritten, hop.to, { setting: draft.setting, as, written: isWritten(draft, as), open: draft.open });
  const enters = draft.mine.has(as) || path.hops.some((other) => other !== hop && other.to === as);
  return together([
    sayRulings(setting, path, hop, asks, rulings),
    ...(enters ? [] : [fails(`nothing shows that ${short(hop.from)} becomes ${short(as)}`, hop.evidence[0])]),
    ...(draft.open ? [notFollowed("a right on the way leaves open what it changes", hop.evidence[0])] : []),
  ]);
}

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** By the actor as it is, after earlier hops, or as one of those that it has become and written on the way. */
function ruleIn(
  setting: Setting,
  draft: Draft,
  hop: ClaimedHop,
  ask: Asks[number],
  rewritten: Rewrites,
): Ruling {
  const question = questionOf(ask, hop);
  let best = judge(setting, hop.from, question);
  const known = rewritten.get(hop.from) ?? [];
  if (best.answer === "no" && known.length > 0) best = better(best, afterwards(question, known));
  for (const who of draft.mine) {
    if (best.answer === "yes") break;
    best = better(best, judge(draft.setting, who, question, isWritten(draft, who) ? untouched : undefined));
  }
  return best;
}
