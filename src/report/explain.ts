import type { OwnerExplanation } from "../core/accountability/index.js";
import type { Analysis, Case } from "../core/decision/index.js";
import { colourWord } from "./colour.js";
import { ownerReasonLines } from "./owner-reasons.js";
import type { PageBlock, PageLine } from "./page-block.js";
import { pageOf, type Page } from "./page.js";
import { cutMiddle, padEnd, widthOf, wrap } from "./text-width.js";

export interface ExplainOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  /** Why each owner is the owner, where that was asked. */
  readonly owners?: readonly OwnerExplanation[];
  /** What every document of the estate begins with; taken from the analysis where left out. */
  readonly folder?: string;
}

const labelWidth = 11;
const roleWidth = 11;
const ownerWidth = 21;

/** `remit explain CASE`: the page of first-minute.md 2. Every line of evidence ends with file and pointer. */
export function renderExplain(
  item: Case,
  analysis: Pick<Analysis, "generatedAt" | "inputs">,
  options: ExplainOptions,
): string {
  const width = Math.max(60, Math.min(160, options.width));
  const page = pageOf(item, analysis, {
    verbose: options.verbose,
    ...(options.folder === undefined ? {} : { folder: options.folder }),
  });
  const lines = [
    ...titleLines(page, width, options.colour),
    ...page.blocks.flatMap((block, index) => [
      ...(index === 1 || index === 3 ? [""] : []),
      ...blockLines(block, width),
    ]),
    ...ownerReasonLines(options.owners ?? [], width, options.verbose),
    ...nextLines(item),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function titleLines(page: Page, width: number, colour: boolean): readonly string[] {
  const head = `${page.id}  ${page.sentence}`;
  const status = page.status.join(" · ");
  const word = page.status[0] === "possible" && page.words !== "shared cause" ? "" : `${page.words} · `;
  const plain = page.status[0] === page.words ? status : word + status;
  const shown =
    colour && plain.startsWith(page.words) ? colourWord(page.words) + plain.slice(page.words.length) : plain;
  if (widthOf(head) + 3 + widthOf(plain) <= width) {
    return [`${head}${" ".repeat(width - widthOf(head) - widthOf(plain))}${shown}`];
  }
  const indent = " ".repeat(widthOf(page.id) + 2);
  return [
    ...wrap(head, width).map((line, index) => (index === 0 ? line : indent + line)),
    ...(indent.length + widthOf(plain) <= width
      ? [indent + shown]
      : wrap(plain, width - indent.length).map((line) => indent + line)),
  ];
}

function blockLines(block: PageBlock, width: number): readonly string[] {
  const heading = block.heading === undefined ? [] : [block.heading];
  return [...heading, ...block.lines.flatMap((line) => pageLine(line, width))];
}

/** Lays one line out: label, text, then sources in a column of their own. Nothing but a long source is ever cut. */
function pageLine(line: PageLine, width: number): readonly string[] {
  const lead = prefixOf(line);
  const indent = " ".repeat(widthOf(lead));
  const usual = Math.max(widthOf(lead) + 24, Math.min(87, Math.floor(width * 0.55)));
  const rightOf = (at: number): readonly string[] => rightLines(line, width - at);
  // A long text beside a short remark may move the remark to the right.
  const widest = Math.max(0, ...rightOf(usual).map(widthOf));
  const column =
    widest > 0 && widthOf(lead) + widthOf(line.text) + 2 > usual ? Math.max(usual, width - widest) : usual;
  const right = rightOf(column);
  const inlineCode =
    line.code !== undefined && right.length === 0 && widthOf(line.code) <= width - column
      ? line.code
      : undefined;
  if (line.code !== undefined && right.length === 0 && inlineCode === undefined) {
    const whole = `${lead}${line.text}   ${line.code}`;
    if (widthOf(whole) <= width) return [whole];
  }
  const side = inlineCode === undefined ? right : [inlineCode];
  const text = line.text + (line.mark === "recurrence" ? "  ↻ brings it back" : "");
  const left = wrap(text, (side.length === 0 ? width : column - 2) - widthOf(lead)).map((part, index) =>
    index === 0 ? lead + part : indent + part,
  );
  const rows = Math.max(left.length, side.length);
  const body = Array.from({ length: rows }, (_, index) => {
    const start = left[index] ?? "";
    const end = side[index];
    return end === undefined ? start : `${padEnd(start, column)}${end}`;
  });
  return line.code === undefined || inlineCode !== undefined
    ? body
    : [
        ...body,
        `${line.duty === undefined && line.indent !== true ? indent : " ".repeat(labelWidth)}$ ${line.code}`,
      ];
}

function prefixOf(line: PageLine): string {
  if (line.number !== undefined) return padEnd(`  ${line.number}`, 5);
  if (line.duty === undefined)
    return padEnd(line.label, labelWidth + (line.indent === true ? roleWidth + ownerWidth : 0));
  const label = line.duty.lead ? `${padEnd(line.label, 5)}lead` : line.label;
  return `${padEnd(label, labelWidth)}${padOrGap(line.duty.role, roleWidth)}${padOrGap(line.duty.owner, ownerWidth)}`;
}

/** Columns keep at least two spaces between them, also under a long name. */
const padOrGap = (text: string, width: number): string => padEnd(text, Math.max(width, widthOf(text) + 2));

/** Sources, several on a line while they fit, then how it is known. */
function rightLines(line: PageLine, width: number): readonly string[] {
  const places = line.sources.map((source) => source.text);
  const aside = line.aside === undefined ? [] : [line.aside];
  // Of a duty its term comes first, so that terms stand below each other; of a fact its source does.
  const texts = line.duty === undefined ? [...places, ...aside] : [...aside, ...places];
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const short = /\//.test(text) ? cutMiddle(text, width) : text;
    if (last !== undefined && widthOf(last) + 3 + widthOf(short) <= width)
      lines[lines.length - 1] = `${last} · ${short}`;
    else lines.push(...wrap(short, width));
  }
  return lines;
}

function nextLines(item: Case): readonly string[] {
  const [shared] = item.recreation.sharedCases;
  const steps = [
    ...(item.recreation.verdict === "possible" ? [`remit cut ${item.id}`] : []),
    `remit explain ${item.id} --verbose`,
    ...(shared === undefined || shared.case === item.id ? [] : [`remit explain ${shared.case}`]),
  ];
  return [`${padEnd("NEXT", labelWidth)}${steps.join(" · ")}`];
}
