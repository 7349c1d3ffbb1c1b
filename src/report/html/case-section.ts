import { pathSvg } from "../../core/draw/index.js";
import type { Case } from "../../core/decision/index.js";
import type { PageBlock, PageLine, PageSource } from "../page-block.js";
import { drawingOf } from "../drawing.js";
import type { Page } from "../page.js";
import { withoutArns } from "../short-name.js";
import { counted } from "../wording.js";
import { anchor, badge, content, isolated } from "./markup.js";

/** One case, folded: the blocks of `explain` in the same order, the path drawn before its list. */
export function caseSection(
  item: Case,
  page: Page,
  options: { readonly drawn: boolean; readonly open: boolean; readonly folder: string },
): string {
  const id = anchor(page.id);
  const status = page.status.filter((part) => part !== page.words);
  return [
    `<details class="case"${options.open ? " open" : ""}>`,
    `<summary><span class="ref">${content(page.id)}</span><h2 class="sentence">${isolated(page.sentence)}</h2>`,
    `<span class="status">${badge(page.words)}${content(status.join(" · "))}</span></summary>`,
    `<div class="body" id="${id}">`,
    ...page.blocks.map((block) =>
      blockMarkup(block, block.name === "why" && options.drawn ? drawing(item, options.folder) : ""),
    ),
    "</div></details>",
  ].join("\n");
}

function blockMarkup(block: PageBlock, before: string): string {
  const title = block.heading === undefined ? block.title : sentenceCase(block.heading);
  return `<section class="block"><h3>${content(title)}</h3>${before}${block.lines.map(lineMarkup).join("\n")}</section>`;
}

const sentenceCase = (text: string): string => text.charAt(0) + text.slice(1).toLowerCase();

function lineMarkup(line: PageLine): string {
  const back = line.mark === "recurrence";
  const hop = line.number === undefined ? "" : ` hop h${line.number - 1}${back ? " back" : ""}`;
  // Steps are stopped at one by one: the drawing marks the one that has the focus.
  const focus = line.number === undefined ? "" : ' tabindex="0"';
  const label = line.number === undefined ? sentenceCase(line.label) : String(line.number);
  const duty =
    line.duty === undefined
      ? ""
      : `<span class="duty">${line.duty.lead ? "lead " : ""}<span class="role">${content(line.duty.role)}</span> <span class="${line.duty.gap ? "gap" : "owner"}">${isolated(line.duty.owner)}</span></span>${line.text === "" ? "" : " · "}`;
  const flag = back ? ' <span class="back-flag">· brings it back</span>' : "";
  const aside = line.aside === undefined ? "" : ` <span class="aside">· ${isolated(line.aside)}</span>`;
  const code = line.code === undefined ? "" : `<pre>${content(line.code)}</pre>`;
  const sources = line.sources.map(sourceMarkup).join("");
  return [
    `<div class="line${hop}${sources === "" ? " wide" : ""}"${focus}>`,
    `<div class="label">${content(label)}</div>`,
    `<div class="said">${duty}${isolated(line.text)}${flag}${aside}${code}</div>`,
    sources === "" ? "" : `<div class="sources">${sources}</div>`,
    "</div>",
  ].join("");
}

/** A source opens to what stands there, with the digest of the file that it was read from. */
function sourceMarkup(source: PageSource): string {
  if (source.evidence === undefined) return `<span>${isolated(source.text)}</span>`;
  const { digest, excerpt, document } = source.evidence;
  return [
    `<details class="source"><summary>${isolated(source.text)}</summary>`,
    `<pre>${content(excerpt)}</pre>`,
    `<div class="digest">${content(document)} · sha256 ${content(digest.slice(0, 16))}…</div></details>`,
  ].join("");
}

function drawing(item: Case, folder: string): string {
  const graph = drawingOf(item, folder);
  if (graph === undefined) return "";
  const title = `Access path of ${item.id}: ${withoutArns(item.recreation.because)}`;
  const undrawn =
    graph.undrawn > 0
      ? `<p class="aside">${content(`${counted(graph.undrawn, "further route")}, not drawn`)}</p>`
      : "";
  return `<div class="drawing" role="group" tabindex="0" aria-label="${content(`Drawing of the access path of ${item.id}, scrolls sideways`)}">${pathSvg(graph, title, anchor(item.id))}</div>${undrawn}`;
}
