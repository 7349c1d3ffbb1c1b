import type { Row, Section } from "./table.js";
import type { Opened, WebBench } from "./web.bench.js";

type RowOf = (what: string, value: number, unit: string, target?: number, more?: string) => Row;

/** `row` and `two`: how figures are written on the page of all benchmarks. */
export function webSection(web: WebBench, row: RowOf, two: (value: number) => string): Section {
  const first = (name: string, opened: Opened): Row =>
    row(
      `${name}: empty browser to the first row that can be clicked, the slowest of 7`,
      opened.worstMs / 1000,
      "s",
      1,
      `median ${two(opened.medianMs)} ms; processor time ${two(opened.serverCpuMs)} ms of the server, ${two(opened.pageCpuMs)} ms of the page; ${opened.requests} requests, ${two(opened.kilobytes)} KB`,
    );
  return {
    title: `Screens: ${web.cases} cases in the embedded database, Chromium on localhost`,
    rows: [
      first("My remit", web.remit),
      first("Cases", web.list),
      row("Cases at once after the start of the server", web.afterStartMs / 1000, "s"),
      row(
        `${web.acts} keys and clicks in the list and in a case, until the next paint, 95th percentile`,
        web.actP95Ms,
        "ms",
        100,
        `slowest, ${web.slowestAct}; as the browser tells it, ${two(web.eventP95Ms)} ms`,
      ),
      row(
        `a path of ${web.nodes} nodes, from its last byte to its paint, median of 5`,
        web.pathMs,
        "ms",
        300,
        `${two(web.pathCpuMs)} ms of processor time of the page`,
      ),
      row(`a path of ${web.longer} nodes, folded to ${web.longerNodes}`, web.longerMs, "ms", 300),
      row("JavaScript before anything is seen, gzipped", web.initialKb, "KB", 250),
    ],
    notes: [
      `Laying out ${web.rows} rows, as a list that draws every row would, takes ${two(web.everyRowMs)} ms; the list draws those in view.`,
    ],
  };
}
