import { CloseButton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Case } from "../../core/decision/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { Empty, Waiting } from "../parts/state-blocks.js";
import { EvidencePanel } from "./evidence-panel.js";
import type { CaseSearch } from "./case-search.js";

const CutPanel = lazy(async () => ({ default: (await import("./cut-panel.js")).CutPanel }));

interface CasePanelProps {
  readonly item: Case;
  readonly show: NonNullable<CaseSearch["show"]>;
  readonly evidence: Evidence | undefined;
  readonly sentence: string;
  readonly ticks: readonly number[];
  readonly onTicks: (ticks: readonly number[]) => void;
  readonly onShow: (show: CaseSearch["show"] | undefined) => void;
}

const titles = { evidence: "Evidence", cut: "Cut" } as const;

/** Beside the blocks: the document behind an assertion, or the changes that end the case. */
export function CasePanel(props: CasePanelProps) {
  const { item, show, evidence, ticks, onTicks, onShow } = props;
  const shown = show === "what-if" ? "cut" : show;
  return (
    <aside className="case-panel panel" aria-label={titles[shown]}>
      <div className="panel-tabs" role="group" aria-label="Panel">
        {(["evidence", "cut"] as const).map((name) => (
          <button key={name} type="button" aria-pressed={shown === name} onClick={() => onShow(name)}>
            {titles[name]}
          </button>
        ))}
        <CloseButton aria-label="Close the panel" onClick={() => onShow(undefined)} />
      </div>
      {shown === "evidence" ? (
        evidence === undefined ? (
          <Empty title="Open a source, and its document is here at the statement." />
        ) : (
          <EvidencePanel evidence={evidence} />
        )
      ) : (
        <Suspense fallback={<Waiting what="the changes" />}>
          <CutPanel item={item} ticks={ticks} onTicks={onTicks} />
        </Suspense>
      )}
    </aside>
  );
}
