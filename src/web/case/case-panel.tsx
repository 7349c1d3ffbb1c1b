import { CloseButton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Case } from "../../core/decision/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { Empty, Waiting } from "../parts/state-blocks.js";
import { EvidencePanel } from "./evidence-panel.js";
import { panels, type CaseSearch } from "./case-search.js";
import type { WhatIfProps } from "./what-if/what-if-panel.js";

const WhatIfPanel = lazy(async () => ({
  default: (await import("./what-if/what-if-panel.js")).WhatIfPanel,
}));
const CutPanel = lazy(async () => ({ default: (await import("./cut-panel.js")).CutPanel }));

interface CasePanelProps {
  readonly item: Case;
  readonly show: NonNullable<CaseSearch["show"]>;
  readonly evidence: Evidence | undefined;
  readonly sentence: string;
  readonly ticks: readonly number[];
  readonly onTicks: (ticks: readonly number[]) => void;
  readonly whatIf: Omit<WhatIfProps, "item">;
  readonly onShow: (show: CaseSearch["show"] | undefined) => void;
}

const titles = { evidence: "Evidence", cut: "Cut", "what-if": "What if" } as const;

/** Beside the blocks: the document behind an assertion, the changes that end the case, or any change at all. */
export function CasePanel(props: CasePanelProps) {
  const { item, show, evidence, ticks, onTicks, whatIf, onShow } = props;
  return (
    <aside className="case-panel panel" aria-label={titles[show]}>
      <div className="panel-tabs" role="group" aria-label="Panel">
        {panels.map((name) => (
          <button key={name} type="button" aria-pressed={show === name} onClick={() => onShow(name)}>
            {titles[name]}
          </button>
        ))}
        <CloseButton aria-label="Close the panel" onClick={() => onShow(undefined)} />
      </div>
      {show === "evidence" ? (
        evidence === undefined ? (
          <Empty title="Open a source, and its document is here at the statement." />
        ) : (
          <EvidencePanel evidence={evidence} />
        )
      ) : (
        <Suspense fallback={<Waiting what="the changes" />}>
          {show === "cut" ? (
            <CutPanel item={item} ticks={ticks} onTicks={onTicks} />
          ) : (
            <WhatIfPanel item={item} {...whatIf} />
          )}
        </Suspense>
      )}
    </aside>
  );
}
