import type { Analysis } from "../core/decision/index.js";
import { caseRows } from "./case-row.js";
import { colourWord } from "./colour.js";
import { layOut } from "./columns.js";
import { foldCases, type Fold } from "./folding.js";
import { allClear, countingLines, hasEstate, hasFindings, headline, settingsLine } from "./headline.js";
import { nextLine, rejectedLines, unknownLines } from "./table-blocks.js";
import { hasCatalogue } from "./owner.js";
import { wrap } from "./text-width.js";
import { visible } from "./visible-text.js";

export interface TableOptions {
  /** Columns of the terminal; more than 160 are not used. */
  readonly width: number;
  /** Colour the word of COMES BACK: only on a terminal, and only when `NO_COLOR` is unset. */
  readonly colour: boolean;
  /** Every case a row, every unknown and rejection a line. */
  readonly all: boolean;
  /** A line of the caller's, under the counts: what a baseline leaves out. */
  readonly notice?: string;
  /** Milliseconds since the command began; left out where undefined. */
  readonly elapsed?: number;
}

export const rowLimit = 12;

/** first-minute.md 1: header, counts, rows, folds, what is unknown, what was rejected, what to do next. */
export function renderTable(analysis: Analysis, options: TableOptions): string {
  const width = Math.max(40, Math.min(160, options.width));
  const flow = (text: string, indent = ""): readonly string[] =>
    wrap(visible(text), width - indent.length).map((line, index) => (index === 0 ? line : indent + line));
  const lines: string[] = [
    ...flow(`remit  ${headline(analysis, options.elapsed).join(" · ")}`, "       "),
    ...countingLines(analysis).flatMap((line) => flow(line)),
    ...optional(options.notice).flatMap((line) => flow(line)),
    ...variantLines(analysis).flatMap((line) => flow(line)),
    "",
  ];
  const clear = allClear(analysis);
  if (clear !== undefined) lines.push(...clear.flatMap((line) => flow(line)), "");
  const { shown, folds } = foldCases(analysis.cases, options.all ? Infinity : rowLimit);
  if (shown.length > 0)
    lines.push(...caseLines(analysis, new Set(shown.map((item) => item.id)), width, options), "");
  const after = [
    ...foldLines(folds, width),
    ...optional(settingsLine(analysis)).flatMap((line) => flow(line)),
  ];
  if (after.length > 0) lines.push(...after, "");
  const blocks = [
    ...unknownLines(analysis, width, options.all),
    ...rejectedLines(analysis, width, options.all),
  ];
  if (blocks.length > 0) lines.push(...blocks, "");
  lines.push(...nextLine(analysis, width));
  return `${lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd()}\n`;
}

const optional = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value]);

/** Estate only, findings only: said before the table, with what is missing. */
function variantLines(analysis: Analysis): readonly string[] {
  if (!hasEstate(analysis) && hasFindings(analysis)) {
    const [first, second] = analysis.unknowns;
    const known = [first, second].filter((item) => item !== undefined).map((item) => item.fact);
    const what =
      known.length > 0 ? known.join(" and ") : "account authorization details and the organisation";
    return [
      `no estate was supplied, so whether anything comes back is unknown; most would be decided by: ${what}`,
    ];
  }
  return [];
}

function caseLines(
  analysis: Analysis,
  shown: ReadonlySet<string>,
  width: number,
  options: TableOptions,
): readonly string[] {
  const rows = caseRows(analysis, hasCatalogue(analysis)).filter((row) => shown.has(row.id));
  const columns = layOut(rows, width);
  const head = columns.map((column) => column.name.padEnd(column.width)).join("  ");
  return [
    head,
    ...rows.map((row) =>
      columns
        .map((column) => {
          const cell = column.cell(row);
          return column.name === "COMES BACK" && options.colour ? colourWord(cell) : cell;
        })
        .join("  "),
    ),
  ];
}

/** `+12 cases  only admins   close the setting; …     +2 governed   …   (--all)` */
function foldLines(folds: readonly Fold[], width: number): readonly string[] {
  if (folds.length === 0) return [];
  const texts = folds.map((fold, index) => {
    const cases = index === 0 ? (fold.cases.length === 1 ? " case " : " cases ") : "";
    const words = fold.words === "cannot" ? "cannot come back" : fold.words;
    return `+${fold.cases.length}${cases} ${words}${fold.note === "" ? "" : `   ${fold.note}`}`;
  });
  const line = `${texts.join("     ")}   (--all)`;
  if (line.length <= width) return [line];
  return [...texts.flatMap((text) => wrap(text, width)), "(--all shows them)"];
}
