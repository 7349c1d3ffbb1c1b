import type { Case, DecisionLink } from "../core/decision/index.js";
import { ownerWithConfidence } from "./owner.js";
import type { PageLine, PageOptions } from "./page-block.js";
import { placeOf, withoutFolder } from "./place.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

/** The decisions behind the exposure, layer by layer, each with what is on record of it (R57). */
export function chainLines(item: Case, options: PageOptions): readonly PageLine[] {
  const plain = (text: string): string => visible(withoutFolder(withoutArns(text), options.folder ?? ""));
  return (item.decisionChain ?? []).flatMap((link, index): readonly PageLine[] => [
    {
      label: index === 0 ? "DECIDED BY" : "",
      text: plain(headOf(link)),
      sources: [],
      ...(link.answerable.length === 0 ? { mark: "gap" as const } : {}),
    },
    ...link.remarks.map(({ text, how, evidence }): PageLine => ({
      label: "",
      text: plain(`  ${text}`),
      aside: how,
      sources: evidence.map((each) => ({ text: placeOf(each, options.folder), evidence: each })),
    })),
    ...(link.moreRemarks === undefined
      ? []
      : [{ label: "", text: `  +${String(link.moreRemarks)} more`, sources: [] }]),
  ]);
}

/** `application ownership: APP c.dupont; what no document tells`. */
function headOf({ layer, role, answerable, open }: DecisionLink): string {
  const [first] = answerable;
  const who = first === undefined ? "" : ` ${ownerWithConfidence(first)}`;
  return `${layer}: ${role}${who}${open === undefined ? "" : `; ${open}`}`;
}
