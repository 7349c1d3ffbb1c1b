import type { Analysis, Case } from "../core/decision/index.js";
import { fixLeadText } from "./owner.js";
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
  const folder = commonFolder(analysis);
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

/** The folder that all documents of the estate lie in, with its slash: it tells a reader of the table nothing. */
function commonFolder({ inputs }: Analysis): string {
  const [first, ...rest] = inputs.flatMap((input) => (input.role === "estate" ? [input.document] : []));
  let folder = first?.slice(0, first.lastIndexOf("/") + 1) ?? "";
  for (const document of rest)
    while (!document.startsWith(folder))
      folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  return folder;
}

/** `sets it: examples/estate/infra/main.tf:41` → `sets it: infra/main.tf:41`; evidence keeps the whole path. */
const withoutFolder = (text: string, folder: string): string =>
  folder === "" ? text : text.replaceAll(`: ${folder}`, ": ");

/** `1+` when an unknown fact could raise it. */
export const tierText = (item: Case): string => `${item.tier}${item.tierIfUnknown > item.tier ? "+" : ""}`;

export const nearestClock = (item: Case): string | null =>
  nearest([
    item.contain.due,
    item.trace.due,
    ...item.fix.map((fix) => fix.due),
    ...item.deadlines.map((deadline) => deadline.due),
  ]);
