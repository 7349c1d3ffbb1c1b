import type { MyDuty } from "../../api/index.js";

/** Where a claim goes; only containment, trace and the items of the fix are taken by somebody. */
export function placeOf({ track, item }: MyDuty) {
  if (track === "contain" || track === "trace") return { track };
  return track === "fix" && item !== undefined ? { track, item } : undefined;
}
