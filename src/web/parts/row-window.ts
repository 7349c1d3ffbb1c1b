import { useState, type UIEvent } from "react";

/** Rows beyond the edge of the frame that are in the page too, so that a turn of the wheel shows no gap. */
const beyond = 12;

/** Which of many rows of one height are in view. `height`: of a row, in pixels. */
export function useRowWindow(count: number, height: number) {
  const [view, setView] = useState({ top: 0, frame: 900 });
  const first = Math.max(0, Math.floor(view.top / height) - beyond);
  const last = Math.min(count, Math.ceil((view.top + view.frame) / height) + beyond);
  return {
    rows: Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index),
    total: count * height,
    onScroll: (event: UIEvent<HTMLElement>) => {
      const { scrollTop, clientHeight } = event.currentTarget;
      setView({ top: scrollTop, frame: clientHeight });
    },
  };
}
