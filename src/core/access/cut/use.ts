import {
  accountOfArn,
  evidenceAt,
  type Estate,
  type Evidence,
  type PrincipalId,
} from "../../estate/index.js";
import { globMatches } from "../glob.js";

/** A right that somebody is known to have used: from an audit record, or stated by the user. */
export interface UsedAccess {
  readonly principal: PrincipalId;
  readonly action: string;
  /** What it was used on; `*` where the record does not say. */
  readonly resource: string;
  /** ISO instant of the last use, where known. */
  readonly at?: string;
  readonly evidence?: Evidence;
}

export type Usage = "used" | "unused" | "unknown";

/**
 * What is known of use. Silence counts as `unused` only where the audit log of the account was supplied. Use on what is
 * exposed may be the very deed that exposed it: no reason to keep a right, and still named where it ends.
 */
export interface UseIndex {
  readonly all: readonly UsedAccess[];
  /** Whether any of the identities used an action (a pattern of one). */
  of(principals: readonly PrincipalId[], pattern: string): Usage;
  /** Actions that these identities used and that a pattern covers, sorted. */
  actions(principals: readonly PrincipalId[], pattern: string): readonly string[];
  /** Whether every one of the identities is in an account whose audit log was supplied. */
  known(principals: readonly PrincipalId[]): boolean;
  /** Whether an identity itself was used at all, by whoever entered it. */
  entered(principal: PrincipalId): Usage;
}

/** Most uses that are looked at again after a change; the latest are kept. */
export const mostUses = 20_000;

export function createUse(
  estate: Estate,
  stated: readonly UsedAccess[] = [],
  exposed: ReadonlySet<string> = new Set(),
): UseIndex {
  const all = [...stated, ...fromEvents(estate)];
  const byPrincipal = new Map<PrincipalId, UsedAccess[]>();
  for (const use of all) {
    const list = byPrincipal.get(use.principal);
    if (list === undefined) byPrincipal.set(use.principal, [use]);
    else list.push(use);
  }
  const logged = (id: PrincipalId): boolean => {
    const account = estate.principal(id)?.account ?? accountOfArn(id);
    return account !== undefined && estate.covers("audit-log", account);
  };
  const matching = (principals: readonly PrincipalId[], pattern: string): readonly UsedAccess[] => {
    const folded = pattern.toLowerCase();
    return principals.flatMap((id) =>
      (byPrincipal.get(id) ?? []).filter(({ action }) => globMatches(folded, action.toLowerCase())),
    );
  };
  const known = (principals: readonly PrincipalId[]): boolean => principals.every(logged);
  const kept = (item: UsedAccess): boolean => !exposed.has(item.resource);
  return {
    all,
    known,
    of(principals, pattern) {
      const found = matching(principals, pattern);
      if (found.some(kept)) return "used";
      return found.length === 0 && known(principals) ? "unused" : "unknown";
    },
    actions: (principals, pattern) =>
      [
        ...new Set(
          matching(principals, pattern)
            .filter(kept)
            .map(({ action }) => action),
        ),
      ].sort(),
    entered(id) {
      if ((byPrincipal.get(id) ?? []).some(kept) || estate.principal(id)?.lastUsedAt !== undefined)
        return "used";
      return (byPrincipal.get(id) ?? []).length === 0 && logged(id) ? "unused" : "unknown";
    },
  };
}

/** Calls that succeeded, the latest of each kind, newest first. */
function fromEvents(estate: Estate): readonly UsedAccess[] {
  const found = new Map<string, UsedAccess>();
  for (const event of estate.events) {
    const { actor, action, at, targets, origin, error } = event;
    if (actor === undefined || error !== undefined) continue;
    const named = targets.filter((target) => target.startsWith("arn:"));
    for (const resource of named.length === 0 ? ["*"] : named) {
      const key = `${actor} ${action} ${resource}`;
      const before = found.get(key);
      if (before?.at !== undefined && before.at >= at) continue;
      found.set(key, {
        principal: actor,
        action,
        resource,
        at,
        evidence: evidenceAt(origin, `${at} ${action} by ${actor}`),
      });
    }
  }
  return [...found]
    .sort(([a, x], [b, y]) => compare(y.at ?? "", x.at ?? "") || compare(a, b))
    .slice(0, mostUses)
    .map(([, use]) => use);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
