import { useMemo } from "react";
import type { FindingLine } from "../../api/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { useRead } from "../api/use-read.js";
import { toolName } from "../findings/finding-words.js";

interface LinkedPage {
  readonly items: readonly FindingLine[];
  readonly total: number;
}

/** Rows that a case shows; the screen of findings has the others. */
export const linkedRows = 20;

/** What every tool reports of the exposures of a case, over all imports, muted ones too. */
export const useLinkedFindings = (id: string) =>
  useRead<LinkedPage>("/findings", { case: id, limit: linkedRows });

/** The row of a tool's document as evidence is cited; its excerpt is read with the document. */
export const evidenceOfFinding = ({ document, digest, pointer, line, title }: FindingLine): Evidence => ({
  document,
  digest,
  ...(pointer === undefined ? {} : { pointer }),
  ...(line === undefined ? {} : { line }),
  excerpt: title,
});

export function useFindingEvidence(id: string): readonly Evidence[] {
  const items = useLinkedFindings(id).data?.value.items;
  return useMemo(() => (items ?? []).map(evidenceOfFinding), [items]);
}

/** `Prowler 2, Security Hub 1 · 1 muted without owner`: what the rows say, in one line. */
export function linkedWords(items: readonly FindingLine[]): string {
  const byTool = new Map<string, number>();
  for (const { tool } of items) byTool.set(tool, (byTool.get(tool) ?? 0) + 1);
  const tools = [...byTool]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([tool, count]) => `${toolName(tool)} ${String(count)}`);
  const muted = items.filter((item) => item.muted !== undefined);
  const unowned = muted.filter((item) => item.muted?.owner === false).length;
  const passing = items.filter(({ state }) => state === "fixed").length;
  return [
    tools.join(", "),
    ...(passing === 0 ? [] : [`${String(passing)} seen passing`]),
    ...(muted.length === 0
      ? []
      : [`${String(muted.length)} muted${unowned === 0 ? "" : `, ${String(unowned)} without owner`}`]),
  ].join(" · ");
}
