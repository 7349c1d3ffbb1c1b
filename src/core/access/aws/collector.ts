import type { Estate, PolicyUse, PrincipalId, Statement } from "../../estate/index.js";
import type { Lookup } from "../condition/variable.js";
import type { Relaxed } from "../engine.js";
import { evidenceKey } from "./evidence.js";
import type { Holdings } from "./held.js";
import { actionMatches, matchStatement, type Match } from "./match.js";
import type { DenyMatch, Question, Ref, Terms } from "./model.js";
import type { Chains } from "./organization.js";

/** What the judge reads: the estate as compiled, and what an overlay takes away. */
export interface Lens {
  readonly estate: Estate;
  readonly holdings: Holdings;
  readonly chains: Chains;
  /** Statements taken away, by evidence key. */
  readonly removed?: ReadonlySet<string>;
  readonly sessionPolicies?: ReadonlyMap<PrincipalId, PolicyUse>;
  readonly relaxed?: Relaxed;
  /** The earliest time of any request, where it is known. */
  readonly now?: string;
}

/** Sums up one layer's statements: the ways it allows, and its denies handed to `collector`. */
export interface Collector {
  readonly question: Question;
  readonly lookup: Lookup;
  readonly lens: Lens;
  readonly denies: DenyMatch[];
  /** Deny statements that were looked at. */
  seen: number;
}

export function statementsOf({ question }: Collector, use: PolicyUse, shared: boolean): readonly Statement[] {
  if (!shared) return use.document.statements;
  const known = question.relevant.get(use.document);
  if (known !== undefined) return known;
  const found = use.document.statements.filter(
    (item) => item.effect === "Deny" || actionMatches(question, item),
  );
  question.relevant.set(use.document, found);
  return found;
}

export function matchIn(
  collector: Collector,
  layer: Ref["layer"],
  use: PolicyUse,
  statement: Statement,
): Match | undefined {
  const { question, lookup, lens } = collector;
  if (statement.effect === "Deny") collector.seen++;
  const match = matchStatement(question, layer, use, statement, lookup);
  if (match === undefined) return undefined;
  return lens.removed?.has(evidenceKey(use, statement)) === true ? undefined : match;
}

/** One use of a policy document: its Allows as terms, its Denies into the collector. */
export function collectUse(
  collector: Collector,
  layer: Ref["layer"],
  use: PolicyUse,
  shared: boolean,
): Terms {
  const terms: Terms[number][] = [];
  for (const statement of statementsOf(collector, use, shared)) {
    const match = matchIn(collector, layer, use, statement);
    if (match === undefined) continue;
    if (statement.effect === "Deny") collector.denies.push(match);
    else terms.push({ literals: match.literals, missing: match.missing, refs: [match.ref] });
  }
  return terms;
}
