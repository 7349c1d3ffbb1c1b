import type { FindingLine } from "../../api/index.js";
import { dayOf } from "../parts/when.js";

export const findingStateNames = [
  "open",
  "fixed",
  "recurred",
  "gone",
  "muted-external",
  "accepted",
  "unknown",
] as const;

const words: Readonly<Record<FindingLine["state"], string>> = {
  open: "failing",
  fixed: "seen passing",
  recurred: "came back",
  gone: "not listed any more",
  "muted-external": "muted",
  accepted: "accepted",
  unknown: "not known",
};

export const stateName = (state: FindingLine["state"]): string => words[state];

/** `muted in Prowler, no owner, no end`: what stands behind a state, in one clause. */
export function stateWords({ state, muted, returned, tool, passedAt }: FindingLine): string {
  const parts = [words[state]];
  if (muted !== undefined) {
    parts[0] = `muted in ${tool}`;
    if (!muted.owner) parts.push("no owner");
    parts.push(muted.until === undefined ? "no end" : `until ${dayOf(muted.until)}`);
  }
  if (returned > 0) parts.push(`came back ${returned === 1 ? "once" : `${String(returned)} times`}`);
  else if (state === "fixed" && passedAt !== undefined) parts.push(dayOf(passedAt));
  return parts.join(", ");
}
