import type { Analysis, Case } from "../core/decision/index.js";
import { fixLeadText } from "./owner.js";
import { estateFolder, withoutFolder } from "./place.js";
import { withoutArns } from "./short-name.js";
import type { Subject } from "./subject.js";
import { collidingNames, subjectOf } from "./subject.js";
import { dueText, nearest } from "./wording.js";

/** The cells of one case, in the order of the columns (first-minute.md 1). */
export interface CaseRow {
  readonly id: string;
  readonly subject: Subject;
  readonly comesBack: string;
  readonly because: string;
  readonly contain: string;
  readonly fixLead: string;
  readonly tier: string;
  readonly due: string;
}

/** Rows of all cases, in the order of the document. */
export function caseRows(analysis: Analysis, catalogue: boolean): readonly CaseRow[] {
  const colliding = collidingNames(analysis.cases);
  const folder = estateFolder(analysis);
  return analysis.cases.map((item) => ({
    id: item.id,
    subject: subjectOf(item, colliding),
    comesBack: item.recreation.words,
    because: withoutArns(withoutFolder(item.recreation.because, folder)),
    contain: item.contain.lead === "not decided yet" ? "–" : item.contain.lead,
    fixLead: fixLeadText(item, catalogue),
    tier: tierText(item),
    due: dueText(nearestClock(item), analysis.generatedAt),
  }));
}

/** `1+` when an unknown fact could raise it. */
export const tierText = (item: Case): string => `${item.tier}${item.tierIfUnknown > item.tier ? "+" : ""}`;

export const nearestClock = (item: Case): string | null =>
  nearest([
    item.contain.due,
    item.trace.due,
    ...item.fix.map((fix) => fix.due),
    ...item.deadlines.map((deadline) => deadline.due),
  ]);
