import type { Analysis } from "../core/decision/index.js";
import { caseRows } from "./case-row.js";
import { subjectText } from "./columns.js";
import { allClear, countingLines, headline, settingsLine } from "./headline.js";
import { hasCatalogue } from "./owner.js";
import { codeSpan, escape } from "./markdown-text.js";
import type { Reasons } from "./owner-reasons.js";
import type { PageLine } from "./page-block.js";
import { pageOf, type Page } from "./page.js";
import { distinctUnknowns, rejectionText, unknownSentence } from "./table-blocks.js";

export interface MarkdownOptions {
  readonly verbose: boolean;
  readonly elapsed?: number;
  /** Why the owners of a case are its owners. */
  readonly reasons?: Reasons;
}

/** The whole analysis: the table, then a section per case of the same blocks as `remit explain`. */
export function renderMarkdown(analysis: Analysis, options: MarkdownOptions): string {
  const rows = caseRows(analysis, hasCatalogue(analysis));
  const head = ["Case", "Exposed", "Comes back", "Because", "Contain", "Fix lead", "T", "Due"];
  const cells = rows.map((row) => [
    row.id,
    subjectText(row.subject),
    row.comesBack,
    row.because,
    row.contain,
    row.fixLead,
    row.tier,
    row.due,
  ]);
  const table =
    rows.length === 0
      ? []
      : [head, head.map(() => "---"), ...cells.map((row) => row.map(escapeCell))].map(
          (row) => `| ${row.join(" | ")} |`,
        );
  const settings = settingsLine(analysis);
  const parts = [
    "# remit analysis",
    escape(headline(analysis, options.elapsed).join(" · ")),
    countingLines(analysis).map(escape).join("  \n"),
    ...(allClear(analysis) ?? []).map(escape),
    table.join("\n"),
    ...(settings === undefined ? [] : [escape(settings)]),
    ...unknownSection(analysis),
    ...rejectedSection(analysis),
    ...analysis.cases.map((item) =>
      renderPageMarkdown(
        pageOf(item, analysis, { verbose: options.verbose, owners: options.reasons?.(item) ?? [] }),
      ).trimEnd(),
    ),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** One case: also the text of a ticket. */
export function renderPageMarkdown(page: Page): string {
  const blocks = page.blocks.map((block) => {
    const heading = block.heading === undefined ? block.title : capital(block.heading.toLowerCase());
    return `### ${heading}\n\n${block.lines.map(lineText).join("\n")}`;
  });
  const status = [page.words, ...page.status.filter((part) => part !== page.words)].map(escape).join(" · ");
  return `## ${page.id}: ${escape(page.sentence)}\n\n**${status}**\n\n${blocks.join("\n\n")}\n`;
}

function lineText(line: PageLine): string {
  const label =
    line.duty === undefined
      ? line.label
      : `${line.label}${line.duty.lead ? " lead" : ""} ${line.duty.role} ${line.duty.owner}`.trim();
  const start = line.number === undefined ? "- " : `${line.number}. `;
  const parts = [
    ...(label === "" ? [] : [`**${escape(label)}**`]),
    ...(line.text === "" ? [] : [escape(line.text)]),
    ...(line.mark === "recurrence" ? ["_(brings it back)_"] : []),
    ...(line.aside === undefined ? [] : [`_${escape(line.aside)}_`]),
  ];
  const sources = [...new Set(line.sources.map((source) => source.text))].map((text) => codeSpan(text));
  const code = line.code === undefined ? [] : [codeSpan(line.code)];
  return start + [...parts, ...(sources.length === 0 ? [] : [`(${sources.join(", ")})`]), ...code].join(" ");
}

function unknownSection(analysis: Analysis): readonly string[] {
  const unknowns = distinctUnknowns(analysis);
  if (unknowns.length === 0) return [];
  const lines = unknowns.map((item) => `- ${escape(item.fact)}: ${codeSpan(item.collect)}`);
  return ["## Unknown", `${escape(unknownSentence(unknowns))}.`, lines.join("\n")];
}

function rejectedSection(analysis: Analysis): readonly string[] {
  if (analysis.rejected.length === 0) return [];
  return ["## Rejected", analysis.rejected.map((item) => `- ${escape(rejectionText(item))}`).join("\n")];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const escapeCell = (text: string): string => escape(text);
