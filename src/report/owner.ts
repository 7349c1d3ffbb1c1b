import type { Answerable } from "../core/accountability/index.js";
import type { Analysis, Case } from "../core/decision/index.js";
import { visible } from "./visible-text.js";

/** Without a catalogue every name is a guess from tags, code owners and logs, and is marked `~`. */
export const hasCatalogue = (analysis: Analysis): boolean =>
  analysis.inputs.some((input) => input.role === "catalogue");

export const nobody = "(nobody found)";

const nameOf = (answerable: Answerable): string | undefined => answerable.person ?? answerable.team;

/** Best named answerable of a list that is ordered best first. */
export const bestNamed = (answerables: readonly Answerable[]): Answerable | undefined =>
  answerables.find((item) => nameOf(item) !== undefined);

/** `ana.ruiz` (catalogue), `~iam-team` (inferred), `(nobody found)` (gap). */
export function ownerName(answerable: Answerable | undefined): string {
  const name = answerable === undefined ? undefined : nameOf(answerable);
  if (answerable === undefined || name === undefined) return nobody;
  return `${answerable.inferred ? "~" : ""}${visible(name)}`;
}

/** The same with how sure we are, where it is inferred: `~iam-team (0.74)`. */
export function ownerWithConfidence(answerable: Answerable | undefined): string {
  const name = ownerName(answerable);
  return answerable === undefined || name === nobody || !answerable.inferred
    ? name
    : `${name} (${answerable.confidence.toFixed(2)})`;
}

/** Who leads the fix, by name: of the items that the leading role is accountable for, the first with a name. */
export function fixLead(item: Case): Answerable | undefined {
  if (item.lead === "not decided yet") return undefined;
  const own = item.fix.filter((fix) => fix.accountable === item.lead || fix.lead === item.lead);
  const candidates = own.flatMap((fix) =>
    fix.answerable.filter((answerable) => answerable.role === item.lead),
  );
  const others = [item.contain, item.trace].flatMap((task) =>
    task.answerable.filter((answerable) => answerable.role === item.lead),
  );
  return bestNamed([...candidates, ...others]);
}

/** The FIX LEAD cell: role and best-known person or team. */
export function fixLeadText(item: Case, catalogue: boolean): string {
  if (item.lead === "not decided yet") return "not decided yet";
  const lead = fixLead(item);
  if (lead === undefined) return `${item.lead} ${catalogue ? "" : "~"}${nobody}`;
  return `${item.lead} ${ownerName(lead)}`;
}
