import { globMatches, hasWildcard } from "../glob.js";
import type { PrincipalId, Statement } from "../../estate/index.js";
import type { Change } from "../change/change.js";
import type { Candidate } from "./candidate.js";
import type { Located, Places } from "./located.js";
import type { UseIndex } from "./use.js";

/** A change as it would be made, with the candidates that it carries out. */
export interface Part {
  readonly changes: readonly Change[];
  readonly candidates: readonly Candidate[];
}

/**
 * Candidates as changes: several drops on one statement become one narrowing, several denies of one identity one policy.
 * In the order of their keys, so that the same choice gives the same document.
 */
export function partsOf(chosen: readonly Candidate[], places: Places, use: UseIndex): readonly Part[] {
  const ordered = [...chosen].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const removed = new Set(
    ordered.flatMap(({ key }) => (key.startsWith("remove|") ? [key.slice("remove|".length)] : [])),
  );
  const drops = new Map<string, { at: Located; candidates: Candidate[] }>();
  const denies = new Map<PrincipalId, Candidate[]>();
  const parts: Part[] = [];
  for (const candidate of ordered) {
    const { edit } = candidate;
    if (edit.kind === "changes") parts.push({ changes: edit.changes, candidates: [candidate] });
    else if (edit.kind === "deny") {
      const list = denies.get(edit.principal);
      if (list === undefined) denies.set(edit.principal, [candidate]);
      else list.push(candidate);
    } else if (!removed.has(edit.at.key)) {
      const known = drops.get(edit.at.key);
      if (known === undefined) drops.set(edit.at.key, { at: edit.at, candidates: [candidate] });
      else known.candidates.push(candidate);
    }
  }
  for (const { at, candidates } of drops.values())
    parts.push({ changes: [narrowed(at, candidates, places, use)], candidates });
  for (const [principal, candidates] of denies)
    parts.push({ changes: [denying(principal, candidates)], candidates });
  return parts;
}

export const changesOf = (parts: readonly Part[]): readonly Change[] => parts.flatMap((part) => part.changes);

/** What is left of a statement: names that were dropped are gone, stars give way to what is used of them where that was chosen. */
function narrowed(at: Located, candidates: readonly Candidate[], places: Places, use: UseIndex): Change {
  const dropped = candidates.flatMap(({ edit }) => (edit.kind === "drop" ? [edit.action.toLowerCase()] : []));
  const holders = places.holdersOf(at);
  const isDropped = (action: string): boolean =>
    dropped.some((name) => globMatches(name, action.toLowerCase()));
  const keepsUsed = candidates.some(({ edit }) => edit.kind === "keep");
  const actions = at.statement.action.patterns.flatMap((pattern) => {
    if (isDropped(pattern)) return [];
    if (!hasWildcard(pattern) || !keepsUsed) return [pattern];
    return use.actions(holders, pattern).filter((action) => !isDropped(action));
  });
  return actions.length === 0
    ? { kind: "removeStatement", statement: at.ref }
    : { kind: "narrowStatement", statement: at.ref, actions: [...new Set(actions)] };
}

function denying(principal: PrincipalId, candidates: readonly Candidate[]): Change {
  const byResource = new Map<string, string[]>();
  for (const { edit } of candidates) {
    if (edit.kind !== "deny") continue;
    const list = byResource.get(edit.resource);
    if (list === undefined) byResource.set(edit.resource, [edit.action]);
    else list.push(edit.action);
  }
  const statements = [...byResource].map(([resource, actions], at): Statement => ({
    pointer: `/Statement/${String(at)}`,
    sid: `NotThis${at === 0 ? "" : String(at + 1)}`,
    effect: "Deny",
    action: { negated: false, patterns: actions },
    resource: { negated: false, patterns: [resource] },
    conditions: [],
  }));
  return {
    kind: "addStatement",
    principal,
    policy: "remit-cut",
    document: { version: "2012-10-17", statements },
  };
}
