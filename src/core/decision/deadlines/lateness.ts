import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { known, type FactName } from "../facts/fact.js";
import { packDeadlines, questionOf } from "./packs.js";

/** D13: a rule book's day to triage or fix has passed. The facts that packs read are handed in. */
export function lateness(
  view: CaseView,
  facts: Readonly<Partial<Record<FactName, FactRecord>>>,
): FactRecord | undefined {
  const { catalogue, now } = view.context;
  const question = questionOf(view, (fact) => facts[fact]?.value ?? "unknown", now);
  const late = packDeadlines(question, catalogue?.policy).find(
    ({ task, due }) => task !== "notify" && due !== null && due < now,
  );
  return late === undefined
    ? undefined
    : known(true, [], `${late.rule}: ${late.task} was due ${(late.due ?? "").slice(0, 10)}`);
}
