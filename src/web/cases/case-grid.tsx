import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from "react";
import type { CaseLine } from "../../api/index.js";
import { PlainText } from "../parts/plain-text.js";
import { CaseRow } from "./case-row.js";
import type { GroupHeading } from "./grouping.js";

interface CaseGridProps {
  readonly lines: readonly CaseLine[];
  /** Names of groups, by the number of the line before which each stands. */
  readonly headings: ReadonlyMap<number, GroupHeading>;
  /** Columns that are not shown, joined by `|`. */
  readonly hidden: string;
  /** Over all pages. */
  readonly total: number;
  readonly selected: ReadonlySet<string>;
  readonly peek: string | undefined;
  readonly onSelected: (ids: ReadonlySet<string>) => void;
  readonly onOpen: (id: string) => void;
  readonly onPeek: (id: string | undefined) => void;
  readonly onEnd: () => void;
}

interface Entry {
  readonly line?: CaseLine;
  readonly index?: number;
  readonly heading?: GroupHeading;
}

const columns = [
  ["c-box", ""],
  ["c-case", "Case"],
  ["c-exposed", "Exposed"],
  ["c-back", "Comes back"],
  ["c-because", "Because"],
  ["c-contain", "Contain"],
  ["c-lead", "Fix lead"],
  ["c-tier", "Tier"],
  ["c-due", "Due"],
] as const;

/** The list as a grid of which only what is seen is drawn; one tab stop, the rows by arrows. */
export function CaseGrid(props: CaseGridProps) {
  const { lines, headings, hidden, total, selected, peek, onSelected, onOpen, onPeek, onEnd } = props;
  const body = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const from = useRef(0);
  const [margin, setMargin] = useState(0);
  useEffect(() => setMargin(body.current?.offsetTop ?? 0), [lines.length]);
  const entries = useMemo(
    () =>
      lines.flatMap((line, index): readonly Entry[] => {
        const heading = headings.get(index);
        return heading === undefined ? [{ line, index }] : [{ heading }, { line, index }];
      }),
    [lines, headings],
  );
  const places = useMemo(
    () => entries.flatMap(({ line }, place) => (line === undefined ? [] : [place])),
    [entries],
  );
  const rows = useWindowVirtualizer({
    count: entries.length,
    estimateSize: (place) => (entries[place]?.heading === undefined ? 52 : 36),
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (place) =>
      entries[place]?.line?.id ?? `group ${entries[place]?.heading?.key ?? String(place)}`,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (entries.length > 0 && last >= entries.length - 20) onEnd();
  }, [last, entries.length, onEnd]);
  const at = Math.min(current, Math.max(0, lines.length - 1));
  // Looked up when a row is selected: a row that is handed another `onSelect` is drawn again, and so would all be.
  const shown = useRef({ lines, selected });
  useLayoutEffect(() => {
    shown.current = { lines, selected };
  }, [lines, selected]);
  const select = useCallback(
    (index: number, extend: boolean): void => {
      const { lines, selected } = shown.current;
      const ids = new Set(selected);
      const range = extend
        ? lines.slice(Math.min(from.current, index), Math.max(from.current, index) + 1)
        : lines.slice(index, index + 1);
      const on = extend || !ids.has(lines[index]?.id ?? "");
      for (const { id } of range)
        if (on) ids.add(id);
        else ids.delete(id);
      if (!extend) from.current = index;
      setCurrent(index);
      onSelected(ids);
    },
    [onSelected],
  );
  const move = (index: number): void => {
    const to = Math.max(0, Math.min(lines.length - 1, index));
    setCurrent(to);
    const place = places[to] ?? to;
    rows.scrollToIndex(place, { align: "auto" });
    // Drawn with the next frame, where it was out of sight.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-index="${String(place)}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[at];
    if (line === undefined) return;
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const to = step(at, lines.length);
      if (event.shiftKey) select(Math.max(0, Math.min(lines.length - 1, to)), true);
      move(to);
    } else if (event.key === "Enter") onOpen(line.id);
    else if (event.key === "o") onPeek(peek === line.id ? undefined : line.id);
    else if (event.key === "x" || event.key === " ") {
      event.preventDefault();
      select(at, false);
    }
  };
  return (
    <div
      role="grid"
      aria-label="Cases"
      aria-rowcount={total + headings.size + 1}
      aria-multiselectable
      data-no={hidden === "" ? undefined : hidden.replaceAll("|", " ")}
      className="case-grid"
    >
      <div role="row" aria-rowindex={1} className="case-head">
        {columns.map(([name, title]) => (
          <div key={name} role="columnheader" className={name}>
            {title === "" ? <span className="unseen">selected</span> : title}
          </div>
        ))}
      </div>
      <div
        role="rowgroup"
        ref={body}
        className="case-rows"
        style={{ height: `${String(rows.getTotalSize())}px` }}
        onKeyDown={onKeyDown}
      >
        {drawn.map(({ index: place, start, key }) => {
          const { line, index = 0, heading } = entries[place] ?? {};
          return line === undefined ? (
            <div
              key={key}
              role="row"
              aria-rowindex={place + 2}
              data-index={place}
              ref={rows.measureElement}
              className="case-group"
              style={{ transform: `translateY(${String(start - margin)}px)` }}
            >
              <div role="gridcell">
                <PlainText text={heading?.label ?? ""} /> <span className="meta">{heading?.count}</span>
              </div>
            </div>
          ) : (
            <CaseRow
              key={key}
              line={line}
              index={index}
              place={place}
              top={start - margin}
              current={index === at}
              selected={selected.has(line.id)}
              peeked={peek === line.id}
              measure={rows.measureElement}
              onSelect={select}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  j: (at) => at + 1,
  J: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  k: (at) => at - 1,
  K: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
  PageDown: (at) => at + 12,
  PageUp: (at) => at - 12,
};
