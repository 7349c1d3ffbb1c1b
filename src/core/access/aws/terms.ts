import type { MissingFact, Tri } from "../../estate/index.js";
import { negated } from "../condition/literal.js";
import { satisfiable } from "../condition/satisfiable.js";
import type { DenyMatch, Residual, Term, Terms } from "./model.js";

export const emptyTerm: Term = { literals: [], missing: [], refs: [] };
export const always: Terms = [emptyTerm];
export const never: Terms = [];

export const unknownBecause = (fact: MissingFact): Terms => [{ literals: [], missing: [fact], refs: [] }];

const isSure = (term: Term): boolean => term.literals.length === 0 && term.missing.length === 0;

/** Holds whatever the request and whatever the missing facts. */
export const isAlways = (terms: Terms): boolean => terms.some(isSure);

/** Alternatives kept per layer. Beyond it the answer can only become `unknown`, and says so. */
const limit = 96;

export function anyOfTerms(...lists: readonly Terms[]): Terms {
  return anyOfLists(lists);
}

/** The same for a list of lists: no copy where at most one of them says anything. */
export function anyOfLists(lists: readonly Terms[]): Terms {
  let only: Terms = never;
  let more: Term[] | undefined;
  for (const list of lists) {
    if (list.length === 0) continue;
    if (only.length === 0) only = list;
    else (more ??= [...only]).push(...list);
  }
  const all = more ?? only;
  if (all.length < 2) return all;
  const sure = all.filter(isSure);
  return sure.length > 0 ? sure : bounded(all);
}

export function allOfTerms(left: Terms, right: Terms): Terms {
  if (left.length === 0 || right.length === 0) return never;
  if (right === always) return left;
  if (left === always) return right;
  const products: Term[] = [];
  for (const a of left) for (const b of right) products.push(joinTerms(a, b));
  return bounded(products);
}

function joinTerms(a: Term, b: Term): Term {
  return {
    literals: union(a.literals, b.literals, (literal) => `${literal.wanted ? "+" : "-"}${literal.text}`),
    missing: union(a.missing, b.missing, (fact) => fact.key),
    refs: a.refs.length === 0 ? b.refs : b.refs.length === 0 ? a.refs : [...a.refs, ...b.refs],
  };
}

function union<Item>(
  left: readonly Item[],
  right: readonly Item[],
  key: (item: Item) => string,
): readonly Item[] {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  const seen = new Set(left.map(key));
  const more = right.filter((item) => !seen.has(key(item)));
  return more.length === 0 ? left : [...left, ...more];
}

/** The ways around a Deny: one of its conditions does not hold, or a missing fact keeps it from matching. */
export function escapes(deny: DenyMatch): Terms {
  const terms: Term[] = [];
  for (const literal of deny.literals) {
    const residual: Residual = { ...negated(literal), ref: literal.ref };
    terms.push({ literals: [residual], missing: [], refs: [] });
  }
  for (const fact of deny.missing) terms.push({ literals: [], missing: [fact], refs: [] });
  return terms;
}

const tooMany: MissingFact = {
  key: "complexity|alternatives",
  fact: `more than ${limit} ways to combine the conditions: the rest was not tried`,
  collect: "simplify the conditions of the policies involved",
};

const cost = (term: Term): number => term.missing.length * 100 + term.literals.length;

function bounded(terms: Terms): Terms {
  if (terms.length <= limit) return terms;
  const kept = [...terms].sort((a, b) => cost(a) - cost(b)).slice(0, limit);
  return [...kept, { literals: [], missing: [tooMany], refs: [] }];
}

const unclear: MissingFact = {
  key: "condition|combination",
  fact: "whether one request can meet all of the conditions together",
  collect: "compare the wildcard conditions of the policies by hand",
};

export interface Settled {
  readonly verdict: Tri;
  /** Those that a request can meet, cheapest first. */
  readonly terms: Terms;
  /** Ways that fail because their conditions contradict each other. */
  readonly contradictory: Terms;
}

/** Drops the ways that contradict themselves and says what remains. */
export function settle(terms: Terms): Settled {
  const kept: Term[] = [];
  const contradictory: Term[] = [];
  for (const term of terms) {
    const possible = satisfiable(term.literals);
    if (possible === false) contradictory.push(term);
    else kept.push(possible === true ? term : { ...term, missing: [...term.missing, unclear] });
  }
  kept.sort((a, b) => cost(a) - cost(b));
  const [best] = kept;
  const verdict = best === undefined ? false : best.missing.length === 0 ? true : "unknown";
  return { verdict, terms: kept, contradictory };
}
