import { globMatches } from "../access/index.js";
import { principalId } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";

/** How narrow a scope is and how well it fits: compare with `compareRanks`, narrowest first. */
export interface Rank {
  /** 3 resource or identity, 2 workload, 1 account, 0 everywhere. */
  readonly level: 0 | 1 | 2 | 3;
  /** Characters of the pattern that are no wildcard. */
  readonly literal: number;
  /** Position of what it matched: the starter of a path and its account come first. */
  readonly index: number;
}

/** The scope grammar of interfaces.md: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN`, `*`. */
export function rankOf(scope: string | undefined, about: OwnershipScope): Rank | undefined {
  if (scope === undefined || scope === "*") return everywhere;
  if (scope.startsWith("resource:")) {
    const things = [...about.resources, ...about.principals, ...about.credentials];
    return patternRank(scope.slice("resource:".length), things);
  }
  if (scope.startsWith("workload:")) {
    const index = about.workloads.indexOf(scope.slice("workload:".length));
    return index < 0 ? undefined : { level: 2, literal: 0, index };
  }
  const index = about.accounts.findIndex((account) => globMatches(scope, account));
  return index < 0 ? undefined : { level: 1, literal: literals(scope), index };
}

export const everywhere: Rank = { level: 0, literal: 0, index: 0 };

/** The rank of a pattern over ids; undefined when none matches. */
export function patternRank(pattern: string, ids: readonly string[]): Rank | undefined {
  const glob = principalId(pattern);
  const index = ids.findIndex((id) => globMatches(glob, id));
  return index < 0 ? undefined : { level: 3, literal: literals(glob), index };
}

const literals = (pattern: string): number => pattern.replace(/[*?]/g, "").length;

export const compareRanks = (a: Rank, b: Rank): number =>
  b.level - a.level || b.literal - a.literal || a.index - b.index;

/** Equally narrow: neither takes precedence. */
export const sameWidth = (a: Rank, b: Rank): boolean => a.level === b.level && a.literal === b.literal;
