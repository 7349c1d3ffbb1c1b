import type { MissingFact } from "../../estate/index.js";
import type { Formula } from "./formula.js";
import { common } from "./members.js";
import { distinctFacts } from "./path.js";
import type { Solver } from "./solver.js";

/**
 * The root user is the floor only without key and with MFA; not collected is unknown (recreation.md 3). Which facts
 * `none` lacks because a root user that nobody collected could do it by itself.
 */
export function rootUsersMissing(solver: Solver, restore: Formula): readonly MissingFact[] {
  const { possible } = solver.byOwnRight(restore);
  if (possible === "full") return [];
  return distinctFacts(
    [...common(possible, solver.lifted)]
      .filter((index) => solver.world.name(index).endsWith(":root"))
      .flatMap((index) => solver.world.entries(index))
      .filter(({ verdict }) => verdict === "unknown")
      .flatMap(({ missing }) => missing),
  );
}
