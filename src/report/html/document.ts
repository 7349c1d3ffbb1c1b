import type { Analysis, Case } from "../../core/decision/index.js";
import { caseRows } from "../case-row.js";
import { foldCases } from "../folding.js";
import { allClear, countingLines, hasEstate, hasFindings, headline, settingsLine } from "../headline.js";
import { hasCatalogue } from "../owner.js";
import type { Reasons } from "../owner-reasons.js";
import { pageOf } from "../page.js";
import { estateFolder } from "../place.js";
import { distinctUnknowns, rejectedSentence, rejectionText, unknownSentence } from "../table-blocks.js";
import { rowLimit } from "../table.js";
import { counted, minuteOf } from "../wording.js";
import { caseSection } from "./case-section.js";
import { caseTable } from "./case-table.js";
import { content } from "./markup.js";
import { style } from "./style.js";
import { stylePolicy } from "./style-policy.js";

export interface HtmlOptions {
  readonly all: boolean;
  readonly verbose: boolean;
  readonly notice?: string;
  /** Why the owners of a case are its owners. */
  readonly reasons?: Reasons;
}

/** Cases whose path is drawn; the others are told by their list, so that thousands still open. */
const drawnCases = 300;

/**
 * The report as one file: nothing is fetched, nothing runs. The policy in its head forbids both, whatever a name in it
 * says: no script at all, and of styles only the one whose hash is given.
 */
export function renderHtml(analysis: Analysis, options: HtmlOptions): string {
  return documentMarkup(`${counted(analysis.cases.length, "case")} · remit`, [
    '<a class="skip" href="#cases">Skip to the cases</a>',
    '<div class="wrap">',
    headerMarkup(analysis, options),
    '<main id="cases">',
    ...casesMarkup(analysis, options),
    "</main>",
    footerMarkup(analysis),
    "</div>",
  ]);
}

/** One case of an analysis as a page of its own, to print or to send. */
export function renderCaseHtml(item: Case, analysis: Analysis, options: HtmlOptions): string {
  return documentMarkup(`${item.id} ${item.title} · remit`, [
    '<div class="wrap">',
    "<header>",
    `<h1>${content(`${item.id} ${item.title}`)}</h1>`,
    `<p class="lead">${content(`${item.recreation.words}: ${item.recreation.because}`)}</p>`,
    ...(options.notice === undefined ? [] : [`<p class="note">${content(options.notice)}</p>`]),
    "</header>",
    '<main id="cases">',
    caseSection(
      item,
      pageOf(item, analysis, { verbose: options.verbose, owners: options.reasons?.(item) ?? [] }),
      { open: true, drawn: true, folder: estateFolder(analysis) },
    ),
    "</main>",
    footerMarkup(analysis),
    "</div>",
  ]);
}

function documentMarkup(title: string, body: readonly string[]): string {
  const policy = stylePolicy(style);
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    `<title>${content(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    ...body,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function headerMarkup(analysis: Analysis, options: HtmlOptions): string {
  return [
    "<header>",
    `<h1>${content(sentenceOf(analysis))}</h1>`,
    `<p class="lead">${content(headline(analysis).join(" · "))}</p>`,
    ...countingLines(analysis).map((line) => `<p class="counts">${content(line)}</p>`),
    ...(options.notice === undefined ? [] : [`<p class="note">${content(options.notice)}</p>`]),
    ...(!hasEstate(analysis) && hasFindings(analysis)
      ? ['<p class="note">No estate was supplied, so whether anything comes back is unknown.</p>']
      : []),
    "</header>",
  ].join("\n");
}

/** First: how many can come back, as a sentence. */
function sentenceOf(analysis: Analysis): string {
  const possible = analysis.cases.filter((item) => item.recreation.verdict === "possible").length;
  const unknown = analysis.cases.filter((item) => item.recreation.verdict === "unknown").length;
  if (analysis.cases.length === 0) return "No cases";
  return [
    `${possible} of ${counted(analysis.cases.length, "case")} can come back`,
    ...(unknown === 0 ? [] : [`${unknown} ${unknown === 1 ? "is" : "are"} unknown`]),
  ].join(", ");
}

function casesMarkup(analysis: Analysis, options: HtmlOptions): readonly string[] {
  const clear = allClear(analysis);
  const rows = caseRows(analysis, hasCatalogue(analysis));
  const { shown, folds } = foldCases(analysis.cases, options.all ? Infinity : rowLimit);
  const rowsOf = (ids: ReadonlySet<string>) => rows.filter((row) => ids.has(row.id));
  const idsOf = (cases: readonly { readonly id: string }[]) => new Set(cases.map((item) => item.id));
  const settings = settingsLine(analysis);
  const folder = estateFolder(analysis);
  return [
    ...(clear === undefined
      ? []
      : [
          `<div class="panel clear">${clear.map((line) => `<p>${content(capital(line))}</p>`).join("")}</div>`,
        ]),
    ...(shown.length === 0 && clear === undefined
      ? ['<div class="panel clear"><p>Nothing to decide in what was read.</p></div>']
      : []),
    ...(shown.length === 0
      ? []
      : [
          '<section class="part" aria-label="Cases"><div class="panel">',
          caseTable(rowsOf(idsOf(shown)), "Cases, worst first"),
          ...folds.map(
            (fold) =>
              `<details class="fold"><summary>${content(`+${fold.cases.length} ${fold.words === "cannot" ? "cannot come back" : fold.words}`)}${fold.note === "" ? "" : ` <span class="weak">· ${content(fold.note)}</span>`}</summary>${caseTable(rowsOf(idsOf(fold.cases)), `Cases: ${fold.words}`)}</details>`,
          ),
          "</div>",
          ...(settings === undefined ? [] : [`<p class="note">${content(settings)}</p>`]),
          "</section>",
        ]),
    unknownMarkup(analysis),
    rejectedMarkup(analysis),
    ...(analysis.cases.length === 0
      ? []
      : [
          '<section class="part" aria-label="Each case">',
          ...analysis.cases.map((item, index) =>
            caseSection(
              item,
              pageOf(item, analysis, { verbose: options.verbose, owners: options.reasons?.(item) ?? [] }),
              {
                drawn: index < drawnCases,
                open: index === 0,
                folder,
              },
            ),
          ),
          ...(analysis.cases.length > drawnCases
            ? [
                `<p class="note">${content(`Paths are drawn for the first ${drawnCases} of ${analysis.cases.length} cases; the others list their hops.`)}</p>`,
              ]
            : []),
          "</section>",
        ]),
  ];
}

function unknownMarkup(analysis: Analysis): string {
  const unknowns = distinctUnknowns(analysis);
  if (unknowns.length === 0) return "";
  const facts = unknowns.map(
    (item) => `<li>${content(item.fact)}: <code>${content(item.collect)}</code></li>`,
  );
  return `<section class="part"><details class="panel fold"><summary><strong>Unknown</strong> · ${content(unknownSentence(unknowns))}</summary><ul class="list">${facts.join("")}</ul></details></section>`;
}

function rejectedMarkup(analysis: Analysis): string {
  if (analysis.rejected.length === 0) return "";
  const items = analysis.rejected.map((item) => `<li>${content(rejectionText(item))}</li>`);
  return `<section class="part"><details class="panel fold" open><summary><strong>Rejected</strong> · ${content(rejectedSentence(analysis))}</summary><ul class="list">${items.join("")}</ul></details></section>`;
}

function footerMarkup(analysis: Analysis): string {
  const documents = analysis.inputs.map(
    (input) => `${input.document} (${input.kind}, sha256 ${input.digest.slice(0, 12)}…)`,
  );
  return [
    "<footer>",
    `<p>Decided for ${content(minuteOf(analysis.generatedAt))} · rules ${content(analysis.policyVersion)} · floor, not counted: ${content(analysis.floor.length === 0 ? "not known" : analysis.floor.join(" · "))}</p>`,
    `<details><summary>${content(counted(documents.length, "document"))} read</summary><ul class="list">${documents.map((text) => `<li>${content(text)}</li>`).join("")}</ul></details>`,
    "</footer>",
  ].join("\n");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
