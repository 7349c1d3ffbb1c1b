import type { Estate } from "../../estate/index.js";
import type { Overlay } from "../engine.js";
import { applyChanges, type AppliedChanges } from "./apply.js";
import type { Change } from "./change.js";

/**
 * Changes as an overlay on a compiled estate: `engine.withOverlay(overlay)` answers as an engine compiled from
 * `applied.estate` would, and costs what a question costs. `applied` says what named nothing.
 */
export function overlayOfChanges(
  estate: Estate,
  changes: readonly Change[],
): { readonly overlay: Overlay; readonly applied: AppliedChanges } {
  const applied = applyChanges(estate, changes);
  return { overlay: { changed: applied }, applied };
}
