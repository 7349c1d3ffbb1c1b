import type { AccountId, MissingFact } from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import type { ActorSet } from "../engine.js";
import { closeOver, type Seed } from "./closure.js";
import { rewritingEdge } from "./edge.js";
import { nameOf } from "./steps.js";
import { saturate, type Saturation } from "./saturation.js";
import type { Asked } from "./one-rewriting.js";
import { push, type Parts } from "./step-types.js";
import { accountsBehind } from "./trusted-accounts.js";

/** Most actors followed to the end per accounts asked about and set of barriers; beyond, the answer is left open. */
const mostActors = 2_000;

/** Of them so many are kept with all that they hold; the others are followed again when asked. */
const mostEnds = 200;

/** Sets of barriers whose actors are kept. */
const mostBarriers = 32;

interface Known {
  readonly rewriters: Map<string, Ends>;
  readonly ends: Map<number, Saturation>;
}

const known = new WeakMap<Parts, Map<string, Known>>();

function knownAt(parts: Parts, stopAt: ActorSet | undefined): Known {
  let byBarrier = known.get(parts);
  if (byBarrier === undefined) known.set(parts, (byBarrier = new Map<string, Known>()));
  const key = stopAt === undefined ? "" : [...stopAt].join(" ");
  let found = byBarrier.get(key);
  if (found !== undefined) return found;
  const [oldest] = byBarrier.keys();
  if (byBarrier.size >= mostBarriers && oldest !== undefined) byBarrier.delete(oldest);
  byBarrier.set(key, (found = { rewriters: new Map(), ends: new Map() }));
  return found;
}

/** Whoever rewrites or creates identities, or becomes somebody that does, and the most that each can end up with. */
export interface Ends {
  readonly members: readonly number[];
  readonly walk: (member: number) => readonly BecomeEdge[];
  /** False for whoever is no member. */
  readonly may: (member: number, action: string, resource: string) => boolean;
  /** The members that somebody becomes, itself included where it is one; `closure` stops at `stopAt`. */
  readonly becomes: (member: number, closure: (targets: readonly number[]) => Closure) => readonly number[];
}

/** Those of the accounts `near`, and of all from which somebody gets there. */
export function endsOf(parts: Parts, near: readonly AccountId[], stopAt: ActorSet | undefined): Ends {
  const { rewriters, ends } = knownAt(parts, stopAt);
  const key = near.join(" ");
  let found = rewriters.get(key);
  if (found === undefined) {
    const { model, rewritings } = parts;
    const candidates = accountsBehind(model, near)
      .flatMap((account) => rewritings.candidates(account))
      .filter((index) => stopAt?.has(index) !== true);
    const starts = candidates.map((member): Seed => ({ member, rank: 0, hop: () => [] }));
    const closure = closeOver(parts, starts, stopAt);
    const inside = new Set(closure.members);
    const followed = new Set<number>();
    let inverse: Map<number, number[]> | undefined;
    const own = closure.members.filter((member) => stopAt?.has(member) !== true);
    rewriters.set(
      key,
      (found = {
        members: own,
        becomes(member, closureOf) {
          if (inverse === undefined) {
            inverse = new Map<number, number[]>();
            for (const end of own) for (const from of closureOf([end]).members) push(inverse, from, end);
          }
          return inverse.get(member) ?? [];
        },
        walk: (member) => closure.walk(member),
        may(member, action, resource) {
          if (!inside.has(member) || stopAt?.has(member) === true) return false;
          let end = ends.get(member);
          if (end === undefined) {
            if (!followed.has(member) && followed.size >= mostActors) return true;
            followed.add(member);
            end = saturate(parts, member, stopAt);
            const [oldest] = ends.keys();
            if (ends.size >= mostEnds && oldest !== undefined) ends.delete(oldest);
            ends.set(member, end);
          }
          return end.may(action, resource);
        },
      }),
    );
  }
  return found;
}

/**
 * Whoever rewrites or creates identities, or becomes somebody that does, and is not a member yet: where the most that
 * it can end up with has the right, nobody has shown how, and nobody may say "no". It is unknown, with the fact named.
 */
export function saturationSeeds(
  parts: Parts,
  { action, resource }: Asked,
  near: readonly AccountId[],
  members: Closure,
  stopAt: ActorSet | undefined,
): readonly Seed[] {
  const reached = new Set(members.members);
  const ends = endsOf(parts, near, stopAt);
  return ends.members.flatMap((member): readonly Seed[] =>
    reached.has(member) || !ends.may(member, action, resource)
      ? []
      : [{ member, rank: 2, hop: () => shown(parts, member, ends.walk(member)) }],
  );
}

/** The way to the identity that rewrites first, and that the rest was not shown. */
function shown(parts: Parts, member: number, path: readonly BecomeEdge[]): readonly BecomeEdge[] {
  const { model, rewritings } = parts;
  const id = model.id(member);
  const at = path.at(-1)?.to ?? id;
  const rewriter = model.index(at) ?? member;
  const [start] = [...rewritings.of(rewriter), ...rewritings.remote(rewriter)];
  const edge = start === undefined ? undefined : rewritingEdge(model, start);
  const fact: MissingFact = {
    key: `complexity|several rewritings in a row|${id}`,
    fact: `whether ${nameOf(id)} gets there by several rewritings in a row, as several identities at once`,
    collect: `narrow its rights to rewrite or create identities, or ask \`remit reach ${id}\``,
  };
  const last: BecomeEdge =
    edge === undefined
      ? {
          from: at,
          to: at,
          via: "several-rewritings",
          actions: [],
          certainty: "certain",
          verdict: "unknown",
          missing: [fact],
          evidence: [],
          mutates: true,
        }
      : { ...edge, verdict: "unknown", missing: [...edge.missing, fact] };
  return [...path, last];
}
