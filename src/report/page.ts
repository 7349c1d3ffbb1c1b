import type { Evidence } from "../core/estate/index.js";
import type { Analysis, Case } from "../core/decision/index.js";
import { nearestClock, tierText } from "./case-row.js";
import { changesBlock } from "./page-changes.js";
import { checkedBlock } from "./page-checked.js";
import { whatBlock } from "./page-what.js";
import { whoBlock } from "./page-who.js";
import { whyBlock } from "./page-why.js";
import { estateFolder } from "./place.js";
import { withoutArns } from "./short-name.js";
import { counted, dueText } from "./wording.js";

/**
 * One case as blocks of lines, always in the same order: what, why it comes back, what was checked, who, what would
 * change it (first-minute.md 2). Terminal, Markdown and HTML only lay these out.
 */
export interface Page {
  readonly id: string;
  /** A sentence that a manager can repeat. */
  readonly sentence: string;
  /** The word of COMES BACK. */
  readonly words: string;
  /** `possible · certain · 3 routes, worst shown · tier 2+ · due today`, without the word. */
  readonly status: readonly string[];
  readonly blocks: readonly PageBlock[];
}

export interface PageBlock {
  readonly name: "what" | "why" | "checked" | "who" | "changes";
  /** For formats with headings. */
  readonly title: string;
  /** Replaces the label of the first line where the block has one of its own: `COMES BACK because`. */
  readonly heading?: string;
  readonly lines: readonly PageLine[];
}

export interface PageLine {
  /** `EXPOSED`, `CONTAIN`; empty continues the line above. */
  readonly label: string;
  /** Hops are numbered from 1. */
  readonly number?: number;
  /** Set on lines that name a duty. */
  readonly duty?: {
    readonly lead: boolean;
    readonly role: string;
    readonly owner: string;
    readonly gap: boolean;
  };
  /** Continues the duty above: stands under its text. */
  readonly indent?: true;
  readonly text: string;
  /** `seen in audit log`, `durable`: how it is known or how long it lasts. */
  readonly aside?: string;
  readonly sources: readonly PageSource[];
  readonly mark?: "recurrence" | "command" | "gap";
  /** A command or diff, to be shown as it is written. */
  readonly code?: string;
}

export interface PageSource {
  readonly text: string;
  readonly evidence?: Evidence;
}

export interface PageOptions {
  /** Every route, weight of evidence and authority. Adds lines, contradicts none. */
  readonly verbose: boolean;
  /** What every document of the estate begins with, see `estateFolder`; taken from the analysis where left out. */
  readonly folder?: string;
}

export function pageOf(item: Case, analysis: Analysis, asked: PageOptions): Page {
  const options = { ...asked, folder: asked.folder ?? estateFolder(analysis) };
  return {
    id: item.id,
    sentence: withoutArns(item.title),
    words: item.recreation.words,
    status: statusOf(item, analysis.generatedAt),
    blocks: [
      whatBlock(item, options),
      whyBlock(item, options),
      checkedBlock(item, options),
      whoBlock(item, options),
      changesBlock(item, options),
    ],
  };
}

function statusOf(item: Case, now: string): readonly string[] {
  const { verdict, paths, morePaths } = item.recreation;
  const [worst] = paths;
  const routes = paths.length + morePaths;
  const due = dueText(nearestClock(item), now);
  return [
    verdict,
    ...(verdict === "possible" && worst !== undefined ? [worst.certainty] : []),
    ...(routes > 1 ? [`${counted(routes, "route")}, worst shown`] : routes === 1 ? ["1 route"] : []),
    `tier ${tierText(item)}`,
    due === "–" ? "no clock" : /late$/.test(due) ? due : due === "today" ? "due today" : `due in ${due}`,
  ];
}
