import type { AccountId, MissingFact } from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import type { ActorSet } from "../engine.js";
import { closeOver, type Seed } from "./closure.js";
import { rewritingEdge } from "./edge.js";
import { nameOf } from "./steps.js";
import { saturate, type Saturation } from "./saturation.js";
import type { Asked } from "./one-rewriting.js";
import type { Parts } from "./step-types.js";
import { accountsBehind } from "./trusted-accounts.js";

/** Most actors followed to the end per set of barriers; about those beyond the answer is left open. */
const mostActors = 2_000;

interface Known {
  readonly rewriters: Map<string, Closure>;
  readonly ends: Map<number, Saturation>;
}

const known = new WeakMap<Parts, Map<string, Known>>();

function knownAt(parts: Parts, stopAt: ActorSet | undefined): Known {
  let byBarrier = known.get(parts);
  if (byBarrier === undefined) known.set(parts, (byBarrier = new Map<string, Known>()));
  const key = stopAt === undefined ? "" : [...stopAt].join(" ");
  let found = byBarrier.get(key);
  if (found === undefined) byBarrier.set(key, (found = { rewriters: new Map(), ends: new Map() }));
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
  const { model, rewritings } = parts;
  const reached = new Set(members.members);
  const { rewriters, ends } = knownAt(parts, stopAt);
  const key = near.join(" ");
  let closure = rewriters.get(key);
  if (closure === undefined) {
    const candidates = accountsBehind(model, near)
      .flatMap((account) => rewritings.candidates(account))
      .filter((index) => stopAt?.has(index) !== true);
    const starts = candidates.map((member): Seed => ({ member, rank: 0, hop: () => [] }));
    rewriters.set(key, (closure = closeOver(parts, starts, stopAt)));
  }
  const path = (member: number): readonly BecomeEdge[] => closure.walk(member);
  return closure.members.flatMap((member): readonly Seed[] => {
    if (reached.has(member) || stopAt?.has(member) === true) return [];
    let end = ends.get(member);
    if (end === undefined) {
      end = ends.size >= mostActors ? { may: () => true } : saturate(parts, member, stopAt);
      ends.set(member, end);
    }
    if (!end.may(action, resource)) return [];
    return [{ member, rank: 2, hop: () => shown(parts, member, path(member)) }];
  });
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
