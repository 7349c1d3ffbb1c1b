import type { Evidence } from "../core/estate/index.js";
import { visible } from "./visible-text.js";

/** Where evidence stands: `gaad.json /Policies/22/… line 14`. `inner` points into a policy decoded from a string. */
export function placeOf(evidence: Evidence): string {
  const parts = [
    evidence.document,
    ...(evidence.pointer === undefined || evidence.pointer === ""
      ? []
      : [
          evidence.pointer +
            (evidence.inner === undefined || evidence.inner === "" ? "" : `…${evidence.inner}`),
        ]),
    ...(evidence.line === undefined ? [] : [`line ${evidence.line}`]),
  ];
  return visible(parts.join(" "));
}

/** Each place once, in order. */
export function placesOf(evidence: readonly Evidence[]): readonly string[] {
  return [...new Set(evidence.map(placeOf))];
}
