import type { Citation } from "./raw-document.js";
import type { ReadPolicy, Ruling, Taken } from "./ruling.js";

/** What a proof claims, in the words of its file (contract/proof.ts has the schema). */
export interface ClaimedEvidence extends Citation {
  readonly excerpt: string;
}

export interface ClaimedHop {
  readonly from: string;
  readonly to: string;
  readonly via: string;
  readonly action?: string | undefined;
  readonly rule?: string | undefined;
  readonly asks?: readonly { readonly action: string; readonly resource: string }[] | undefined;
  readonly evidence: readonly ClaimedEvidence[];
}

export interface ClaimedPath {
  readonly route: string;
  readonly leg: "restore" | "bypass" | "drift";
  readonly verdict: true | "unknown";
  readonly certainty: "certain" | "conditional";
  readonly starter: string;
  readonly actor: string;
  readonly condition?: string | undefined;
  readonly colluding?: boolean | undefined;
  readonly hops: readonly ClaimedHop[];
  readonly missing: readonly { readonly key: string; readonly fact: string }[];
}

/** What is asked: the exposure. */
export interface ClaimedQuestion {
  readonly resource: string;
  readonly weakness: string;
  readonly account?: string | undefined;
}

/**
 * holds: worked out anew from the documents. not-followed: nothing speaks against it, and it rests on something that
 * this check has no rule or reader for; it is said, never passed over. fails: the documents say otherwise.
 */
export type Outcome = "holds" | "not-followed" | "fails";

export interface HopResult {
  readonly outcome: Outcome;
  /** Why, where it does not hold: lower case, one clause. */
  readonly text: string;
  /** The place that it is about. */
  readonly at?: Citation;
  /** Statements that grant and that limit, as this check found them. */
  readonly taken: readonly Taken[];
  readonly conditions: readonly string[];
  /** A right of it is there for some requests only, whatever else may be missing. */
  readonly conditional: boolean;
  /** Policies of the limiting layers that were read for it. */
  readonly read: readonly ReadPolicy[];
  /** Deny statements that were looked at and do not match. */
  readonly denies: number;
}

const nothing = { taken: [], conditions: [], conditional: false, read: [], denies: 0 } as const;

export const holds = (): HopResult => ({ outcome: "holds", text: "", ...nothing });

/** It holds, and rests on rulings. */
export const ruled = (rulings: readonly Ruling[]): HopResult => ({
  outcome: "holds",
  text: "",
  ...restsOn(rulings),
});

/** What rulings rest on, whatever came of them. */
export const restsOn = (rulings: readonly Ruling[]): Omit<HopResult, "outcome" | "text" | "at"> => ({
  taken: rulings.flatMap(({ allows, denies }) => [...allows, ...denies]),
  // What one statement gives without condition needs none of another's.
  conditions: [
    ...new Set(rulings.flatMap(({ answer, conditions }) => (answer === "yes" ? [] : conditions))),
  ].sort(),
  conditional: rulings.some(({ answer }) => answer === "if"),
  read: rulings.flatMap(({ read }) => read),
  denies: rulings.reduce((sum, { looked, denies }) => sum + looked - denies.length, 0),
});

export const fails = (text: string, at?: Citation): HopResult => ({
  outcome: "fails",
  text,
  ...(at === undefined ? {} : { at }),
  ...nothing,
});

export const notFollowed = (text: string, at?: Citation): HopResult => ({
  ...fails(text, at),
  outcome: "not-followed",
});

const rank: Readonly<Record<Outcome, number>> = { holds: 0, "not-followed": 1, fails: 2 };

/** All of them: the worst decides, what they rest on is joined. */
export function together(results: readonly HopResult[]): HopResult {
  const worst = results.reduce<HopResult>(
    (sum, item) => (rank[item.outcome] > rank[sum.outcome] ? item : sum),
    holds(),
  );
  return {
    ...worst,
    read: results.flatMap(({ read }) => read),
    taken: results.flatMap(({ taken }) => taken),
    conditions: [...new Set(results.flatMap(({ conditions }) => conditions))].sort(),
    conditional: results.some(({ conditional }) => conditional),
    denies: results.reduce((sum, item) => sum + item.denies, 0),
  };
}
