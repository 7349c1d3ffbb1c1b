import type { AccountId, PrincipalId } from "../../estate/index.js";
import type { BecomeEdge, Reach } from "../become.js";
import type { AccessSet } from "../engine.js";
import type { Rank } from "./found.js";
import type { Parts } from "./step-types.js";
import type { Forward } from "./forward.js";

interface Visit {
  readonly rank: Rank;
  readonly from?: number;
  readonly hop: () => readonly BecomeEdge[];
}

/** Blast radius: what an identity turns into, least doubtful way first, and where that makes it administrator. */
export function reachOf(
  parts: Parts,
  principal: PrincipalId,
  administrators: (account: AccountId) => AccessSet,
  stepsOf: (from: number) => readonly Forward[],
): Reach {
  const { model } = parts;
  const start = model.index(principal);
  if (start === undefined) return { principal, becomes: [], administers: [] };
  const visited = new Map<number, Visit>([[start, { rank: 0, hop: () => [] }]]);
  const waiting: { readonly to: number; readonly visit: Visit }[][] = [[], [], [], []];
  let frontier = [start];
  for (const rank of [0, 1, 2, 3] as const) {
    for (const { to, visit } of waiting[rank] ?? []) {
      if (visited.has(to)) continue;
      visited.set(to, visit);
      frontier.push(to);
    }
    while (frontier.length > 0) {
      const next: number[] = [];
      for (const from of frontier.sort((a, b) => a - b)) {
        for (const step of [...stepsOf(from)].sort((a, b) => a.rank - b.rank || a.to - b.to)) {
          if (visited.has(step.to)) continue;
          const total = (step.rank | rank) as Rank;
          const visit: Visit = { rank: total, from, hop: step.hop };
          if (total !== rank) waiting[total]?.push({ to: step.to, visit });
          else {
            visited.set(step.to, visit);
            next.push(step.to);
          }
        }
      }
      frontier = next;
    }
  }
  const walk = (to: number): readonly BecomeEdge[] => {
    const parts: BecomeEdge[][] = [];
    for (let at: number | undefined = to; at !== undefined && at !== start; at = visited.get(at)?.from)
      parts.push([...(visited.get(at)?.hop() ?? [])]);
    return parts.reverse().flat();
  };
  const indices = [...visited.keys()].sort((a, b) => a - b);
  const verdictOf = (index: number): true | "unknown" =>
    (visited.get(index)?.rank ?? 0) & 2 ? "unknown" : true;
  const administers: { account: string; through: PrincipalId; verdict: true | "unknown" }[] = [];
  for (const account of [...new Set(indices.flatMap((index) => model.account(index) ?? []))].sort()) {
    const set = administrators(account);
    const own = indices.filter((index) => model.account(index) === account);
    const proven = own.find((index) => set.allowed.has(index) && verdictOf(index) === true);
    const through = proven ?? own.find((index) => set.allowed.has(index) || set.unknown.has(index));
    if (through !== undefined)
      administers.push({
        account,
        through: model.id(through),
        verdict: proven === undefined ? "unknown" : true,
      });
  }
  return {
    principal,
    becomes: indices
      .filter((index) => index !== start)
      .map((index) => ({
        principal: model.id(index),
        // Each edge is put together with its proof: for whoever reads it.
        get edges() {
          return walk(index);
        },
        verdict: verdictOf(index),
        certainty: (visited.get(index)?.rank ?? 0) & 1 ? "conditional" : "certain",
      })),
    administers,
  };
}
