import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { useCalled } from "../parts/people.js";
import { Sentence } from "../parts/plain-text.js";
import { useRowWindow } from "../parts/row-window.js";
import {
  cellKinds,
  dutiesShown,
  dutyNames,
  glyphs,
  kindOf,
  type Cell,
  type CellKind,
  type DutyId,
  type WorkloadRow,
} from "./readiness-map.js";
import type { ReadinessSearch } from "./readiness-search.js";

const rowHeight = 36;

interface HeatMapProps {
  readonly workloads: readonly WorkloadRow[];
  readonly search: ReadinessSearch;
}

/** Workload × duty as a grid with one tab stop: arrows move, Enter opens a cell. Only what is seen is in the page. */
export function HeatMap({ workloads, search }: HeatMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const called = useCalled();
  const navigate = useNavigate({ from: "/readiness" });
  const groups = dutiesShown(search.duty);
  const duties = groups.flatMap((group) => group.duties);
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0]);
  const view = useRowWindow(workloads.length, rowHeight);
  const open = (row: WorkloadRow, duty: DutyId) => {
    void navigate({ search: (old) => ({ ...old, cell: `${row.workload} ${duty}` }), resetScroll: false });
  };
  const move = (row: number, column: number) => {
    const next = [clamp(row, workloads.length - 1), clamp(column, duties.length - 1)] as const;
    setAt(next);
    bringIntoView(frame.current, next[0]);
    requestAnimationFrame(() => {
      frame.current?.querySelector<HTMLElement>(`[data-at="${String(next[0])} ${String(next[1])}"]`)?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [row, column] = at;
    const to = target(event.key, row, column, duties.length);
    if (to === undefined) return;
    event.preventDefault();
    move(to[0], to[1]);
  };
  return (
    <div className="map">
      <div className="map-frame" ref={frame} onScroll={view.onScroll}>
        <div
          role="grid"
          aria-label="Workload by duty"
          aria-rowcount={workloads.length + 1}
          aria-colcount={duties.length + 1}
          className="map-grid"
          style={{ "--duties": duties.length } as CSSProperties}
          onKeyDown={onKeyDown}
        >
          <div role="row" aria-rowindex={1} className="map-row map-head">
            <span role="columnheader" className="map-name">
              Workload
            </span>
            {groups.map((group) =>
              group.duties.map((duty, index) => (
                <span
                  key={duty}
                  role="columnheader"
                  className={index === 0 ? "map-duty first-of-layer" : "map-duty"}
                >
                  <span className="map-layer">{index === 0 ? group.name : ""}</span>
                  {dutyNames[duty]}
                </span>
              )),
            )}
          </div>
          <div className="map-body" role="presentation" style={{ height: view.total }}>
            {view.rows.map((index) => {
              const row = workloads[index];
              if (row === undefined) return undefined;
              return (
                <div
                  key={row.workload}
                  role="row"
                  aria-rowindex={index + 2}
                  className="map-row"
                  style={{ transform: `translateY(${String(index * rowHeight)}px)` }}
                >
                  <span role="rowheader" className="map-name">
                    <span className="map-tier">
                      T{row.tier}
                      {row.tierIfUnknown > row.tier ? "+" : ""}
                    </span>
                    <Sentence text={row.name} />
                  </span>
                  {groups.map((group) =>
                    group.duties.map((duty, place) => {
                      const column = duties.indexOf(duty);
                      const cell = row.cells.find((candidate) => candidate.duty === duty);
                      return (
                        <MapCell
                          key={duty}
                          row={row}
                          cell={cell}
                          who={cell?.who === undefined ? undefined : called(cell.who)}
                          duty={duty}
                          first={place === 0}
                          here={index === at[0] && column === at[1]}
                          chosen={search.cell === `${row.workload} ${duty}`}
                          place={`${String(index)} ${String(column)}`}
                          onFocus={() => {
                            setAt([index, column]);
                          }}
                          onOpen={() => {
                            open(row, duty);
                          }}
                        />
                      );
                    }),
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <p className="legend">
        {cellKinds.map((kind) => (
          <span key={kind}>
            <Glyph kind={kind} /> {legend[kind]}
          </span>
        ))}
      </p>
    </div>
  );
}

const legend: Readonly<Record<CellKind, string>> = {
  proven: "named, and proven or no call needed",
  inferred: "inferred",
  nobody: "nobody",
  "cannot act": "named, cannot act",
  unknown: "named, ability unknown",
  "not asked": "not asked",
};

interface MapCellProps {
  readonly row: WorkloadRow;
  readonly cell: Cell | undefined;
  /** As people call them. */
  readonly who: string | undefined;
  readonly duty: DutyId;
  readonly first: boolean;
  readonly here: boolean;
  readonly chosen: boolean;
  readonly place: string;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

function MapCell({ row, cell, who, duty, first, here, chosen, place, onFocus, onOpen }: MapCellProps) {
  const kind = cell === undefined ? "not asked" : kindOf(cell);
  return (
    <span
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-at={place}
      className={first ? "map-cell first-of-layer" : "map-cell"}
      aria-label={`${row.name}, ${duty}: ${legend[kind]}${who === undefined ? "" : `, ${who}`}`}
      aria-selected={chosen}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        onOpen();
      }}
    >
      <Glyph kind={kind} />
    </span>
  );
}

export function Glyph({ kind }: { readonly kind: CellKind }) {
  return (
    <span className="glyph" data-kind={kind} aria-hidden>
      {glyphs[kind]}
    </span>
  );
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function target(
  key: string,
  row: number,
  column: number,
  columns: number,
): readonly [number, number] | undefined {
  switch (key) {
    case "ArrowDown":
      return [row + 1, column];
    case "ArrowUp":
      return [row - 1, column];
    case "ArrowRight":
      return [row, column + 1];
    case "ArrowLeft":
      return [row, column - 1];
    case "PageDown":
      return [row + 10, column];
    case "PageUp":
      return [row - 10, column];
    case "Home":
      return [row, 0];
    case "End":
      return [row, columns - 1];
    default:
      return undefined;
  }
}

/** Below the head that stays, and above the lower edge. */
function bringIntoView(frame: HTMLElement | null, row: number): void {
  if (frame === null) return;
  const top = row * rowHeight;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + 3 * rowHeight > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + 3 * rowHeight - frame.clientHeight;
}
