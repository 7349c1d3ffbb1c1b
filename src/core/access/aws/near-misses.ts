import type { Block, NearMiss } from "../engine.js";
import type { Lens } from "./collector.js";
import { blocksOf } from "./explain.js";
import { examine, verdictOf } from "./judge.js";
import type { Question } from "./model.js";
import type { Compiled, Touched } from "./compiled.js";
import { candidates } from "./who-can.js";

const order: Readonly<Record<Block["kind"], number>> = {
  condition: 0,
  "explicit-deny": 1,
  "not-allowed-by-layer": 2,
  "service-rule": 3,
  "no-grant": 4,
};

/** Actors that hold a grant and are stopped all the same; fewest obstacles first, then by kind of obstacle and id. */
export function nearMisses(
  compiled: Compiled,
  lens: Lens,
  question: Question,
  touched: Touched,
  limit: number,
): readonly NearMiss[] {
  const found: (NearMiss & { readonly obstacles: number })[] = [];
  const { sure, maybe } = candidates(compiled, question, touched);
  for (const index of sure.or(maybe)) {
    const actor = compiled.actors[index];
    if (actor === undefined || touched.disabled.has(index)) continue;
    const parts = examine(lens, question, actor);
    const holds =
      actor.kind === "root" ||
      (parts.identity.length > 0 && actor.kind !== "external") ||
      parts.resource.any.length > 0;
    if (!holds) continue;
    const { verdict, contradictory } = verdictOf(parts);
    if (verdict !== false) continue;
    const blocks = blocksOf(parts, question, actor, contradictory);
    const [block] = [...blocks].sort((a, b) => order[a.kind] - order[b.kind]);
    if (block !== undefined) found.push({ principal: actor.id, block, obstacles: blocks.length });
  }
  found.sort(
    (a, b) =>
      a.obstacles - b.obstacles ||
      order[a.block.kind] - order[b.block.kind] ||
      (a.principal < b.principal ? -1 : 1),
  );
  return found.slice(0, limit).map(({ principal, block }) => ({ principal, block }));
}
