import { lazy, Suspense, useMemo } from "react";
import type { Case } from "../../core/decision/index.js";
import { drawingOf, type Page } from "../../report/index.js";
import { Waiting } from "../parts/state-blocks.js";
import { BlockLines } from "./block-lines.js";
import { PathList, spokenHops } from "./path-list.js";
import { folderOf } from "./use-case.js";

const PathDiagram = lazy(async () => ({ default: (await import("./path-diagram.js")).PathDiagram }));

interface PathBlockProps {
  readonly item: Case;
  readonly block: Page["blocks"][number];
  readonly as: "diagram" | "list";
  readonly open: { readonly route: number; readonly hop: number } | undefined;
  readonly onAs: (as: "diagram" | "list") => void;
  readonly onOpen: (route: number, hop: number) => void;
  readonly cut: ReadonlyMap<number, { readonly hop: number; readonly by: string }>;
}

/** The way back, drawn and in words; without a way, what was found instead. */
export function PathBlock({ item, block, as, open, onAs, onOpen, cut }: PathBlockProps) {
  const graph = useMemo(() => drawingOf(item, folderOf(item)), [item]);
  const [worst] = item.recreation.paths;
  const spoken = useMemo(
    () => (worst === undefined ? new Map<number, string>() : spokenHops(item, worst)),
    [item, worst],
  );
  if (graph === undefined || worst === undefined || item.recreation.verdict === "unknown")
    return (
      <>
        <BlockLines lines={block.lines} />
        {item.recreation.verdict === "unknown" && worst !== undefined ? (
          <details className="unknown-route">
            <summary>The route that these facts decide</summary>
            <PathList item={item} onOpen={onOpen} {...(open === undefined ? {} : { open })} />
          </details>
        ) : null}
      </>
    );
  const list = (
    <PathList
      item={item}
      onOpen={onOpen}
      {...(open === undefined ? {} : { open })}
      cut={new Map([...cut].map(([route, { hop }]) => [route, hop]))}
    />
  );
  const worstCut = cut.get(0);
  return (
    <>
      <div className="path-switch" role="group" aria-label="How the path is shown">
        <button type="button" aria-pressed={as === "diagram"} onClick={() => onAs("diagram")}>
          Diagram
        </button>
        <button type="button" aria-pressed={as === "list"} onClick={() => onAs("list")}>
          List
        </button>
        {graph.undrawn === 0 ? null : <span className="meta">{graph.undrawn} more in the list</span>}
      </div>
      {as === "diagram" ? (
        <div className="path-drawn">
          <Suspense fallback={<Waiting rows={3} what="the diagram" />}>
            <PathDiagram
              graph={graph}
              sentences={spoken}
              onOpen={(hop) => onOpen(0, hop)}
              {...(open?.route === 0 ? { open: open.hop } : {})}
              {...(worstCut === undefined ? {} : { cut: worstCut })}
            />
          </Suspense>
          <details className="path-words">
            <summary>
              The same in words,{" "}
              {item.recreation.paths.length === 1
                ? "1 route"
                : `${String(item.recreation.paths.length)} routes`}
            </summary>
            {list}
          </details>
        </div>
      ) : (
        list
      )}
    </>
  );
}
