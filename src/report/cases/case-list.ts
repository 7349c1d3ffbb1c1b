import { colourWord } from "../colour.js";
import { layOut } from "../columns.js";
import { wrap } from "../text-width.js";
import { counted } from "../wording.js";
import { byTable, doubled, rowOf, type CaseLineView } from "./case-line.js";

export interface CaseListOptions {
  readonly width: number;
  readonly colour: boolean;
  /** ISO instant. */
  readonly now: string;
  /** Cursor of the page after; shown, so that nothing is left out silently. */
  readonly next?: string;
}

/** The columns of `analyze` (first-minute.md 1), of cases that live. */
export function renderCaseList(lines: readonly CaseLineView[], options: CaseListOptions): string {
  const width = Math.max(40, Math.min(160, options.width));
  if (lines.length === 0) return "no case\n";
  const sorted = [...lines].sort(byTable);
  const ambiguous = doubled(sorted);
  const rows = sorted.map((line) => rowOf(line, options.now, ambiguous));
  const columns = layOut(rows, width);
  const [first] = sorted;
  return `${[
    ...wrap(headline(sorted, options), width),
    "",
    columns
      .map(({ name, width: size }) => name.padEnd(size))
      .join("  ")
      .trimEnd(),
    ...rows.map((row) =>
      columns
        .map(({ name, cell }) =>
          name === "COMES BACK" && options.colour ? colourWord(cell(row)) : cell(row),
        )
        .join("  ")
        .trimEnd(),
    ),
    "",
    ...(options.next === undefined
      ? []
      : [`there are more: --all shows every case, --after ${options.next} the next ones`]),
    ...(first === undefined ? [] : [`NEXT     remit cases show ${first.id}`]),
  ].join("\n")}\n`;
}

function headline(lines: readonly CaseLineView[], { now, next }: CaseListOptions): string {
  const open = lines.filter(({ status }) => status === "open");
  const of = (status: string): number => lines.filter((line) => line.status === status).length;
  const late = open.filter(({ dueAt }) => dueAt !== undefined && Date.parse(dueAt) < Date.parse(now)).length;
  const untaken = open.filter(({ owner }) => owner === undefined).length;
  return [
    `${counted(lines.length, "case")}${next === undefined ? "" : " of more"}`,
    `${String(open.length)} open`,
    ...(of("accepted") === 0 ? [] : [`${String(of("accepted"))} resting on a signature`]),
    ...(of("closed") === 0 ? [] : [`${String(of("closed"))} closed`]),
    ...(late === 0 ? [] : [`${String(late)} late`]),
    ...(untaken === 0 ? [] : [`nobody has taken containment of ${String(untaken)}`]),
  ].join(" · ");
}
