import type { Block, NearMiss } from "../engine.js";
import type { Lens } from "./collector.js";
import { blocksOf } from "./explain.js";
import { createBulk } from "./bulk.js";
import { examine, verdictOf, type Parts } from "./judge.js";
import type { Actor, Question } from "./model.js";
import type { Compiled, Touched } from "./compiled.js";
import { candidates } from "./who-can.js";

const order: Readonly<Record<Block["kind"], number>> = {
  condition: 0,
  "explicit-deny": 1,
  "not-allowed-by-layer": 2,
  "service-rule": 3,
  "no-grant": 4,
};

interface Miss {
  readonly block: Block;
  readonly obstacles: number;
}

/** Undefined: it holds no grant, or nothing stops it. */
function missOf(parts: Parts, question: Question, actor: Actor): Miss | undefined {
  const holds =
    actor.kind === "root" ||
    (parts.identity.length > 0 && actor.kind !== "external") ||
    parts.resource.any.length > 0;
  if (!holds) return undefined;
  const { verdict, contradictory } = verdictOf(parts);
  if (verdict !== false) return undefined;
  const blocks = blocksOf(parts, question, actor, contradictory);
  const [block] = [...blocks].sort((a, b) => order[a.kind] - order[b.kind]);
  return block === undefined ? undefined : { block, obstacles: blocks.length };
}

/** Actors that hold a grant and are stopped all the same; fewest obstacles first, then by kind of obstacle and id. */
export function nearMisses(
  compiled: Compiled,
  lens: Lens,
  question: Question,
  touched: Touched,
  limit: number,
): readonly NearMiss[] {
  const found: (Miss & { readonly principal: Actor["id"] })[] = [];
  const { sure, maybe } = candidates(compiled, question, touched);
  const bulk = createBulk(compiled, lens, question, "sure", (parts, actor) => missOf(parts, question, actor));
  // Whoever shares its obstacle with as many as are asked for, all of them before it, cannot be among the first.
  const shared = new Map<Miss, number>();
  /** Where nothing but the resource keeps strangers out: the last of those that come before all others like them. */
  const full = new Map<Miss, number>();
  for (const index of sure) {
    const actor = compiled.actors[index];
    if (actor === undefined || touched.disabled.has(index)) continue;
    const miss = bulk(index);
    if (miss === undefined) continue;
    const before = shared.get(miss) ?? 0;
    shared.set(miss, before + 1);
    if (before < limit) found.push({ principal: actor.id, ...miss });
    if (before + 1 === limit && miss.obstacles === 1 && miss.block.kind === "no-grant") full.set(miss, index);
  }
  /** It has that one obstacle too, and perhaps more: enough others come before it. */
  const isLast = (index: number, { id, kind }: Actor): boolean => {
    if ((kind !== "user" && kind !== "role") || lens.sessionPolicies?.has(id) === true) return false;
    if (compiled.index.bounded.has(index) || compiled.index.unread.has(index)) return false;
    if (touched.rewritten.has(index)) return false;
    const alike = bulk(index);
    const last = alike === undefined ? undefined : full.get(alike);
    return last !== undefined && last < index;
  };
  for (const index of maybe) {
    const actor = compiled.actors[index];
    if (actor === undefined || touched.disabled.has(index)) continue;
    if (full.size > 0 && isLast(index, actor)) continue;
    const miss = missOf(examine(lens, question, actor), question, actor);
    if (miss !== undefined) found.push({ principal: actor.id, ...miss });
  }
  found.sort(
    (a, b) =>
      a.obstacles - b.obstacles ||
      order[a.block.kind] - order[b.block.kind] ||
      (a.principal < b.principal ? -1 : 1),
  );
  return found.slice(0, limit).map(({ principal, block }) => ({ principal, block }));
}
