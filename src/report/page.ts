import type { Analysis, Case } from "../core/decision/index.js";
import { nearestClock, tierText } from "./case-row.js";
import { ownersBlock } from "./owner-reasons.js";
import type { PageBlock, PageOptions } from "./page-block.js";
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

export function pageOf(
  item: Case,
  analysis: Pick<Analysis, "generatedAt" | "inputs">,
  asked: PageOptions,
): Page {
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
      ...ownersBlock(options),
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
