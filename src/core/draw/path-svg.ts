import { cutName, escapeMarkup } from "./markup.js";
import { outlineOf } from "./outline.js";
import type { PathEdge, PathGraph, PathNode } from "./path-graph.js";
import { layOutPath, nodeHeight, nodeWidth, type PathLayout } from "./path-layout.js";

const nameSize = 19;
const noteSize = 21;
const labelSize = 19;
const stoppedRow = 34;

/**
 * The access path as SVG: shapes and words carry the meaning, colours come from the classes of the page. `title` is what
 * a screen reader says; the list beside the drawing says the rest. `key` keeps ids of several drawings apart.
 */
export function pathSvg(graph: PathGraph, title: string, key: string): string {
  const layout = layOutPath(graph);
  const width = Math.max(layout.width, 560);
  const height = layout.height + graph.stopped.length * stoppedRow + (graph.stopped.length > 0 ? 12 : 0);
  const id = escapeMarkup(`path-${key}`);
  return [
    `<svg class="path" role="img" aria-labelledby="${id}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<title id="${id}">${escapeMarkup(title)}</title>`,
    ...graph.edges.map((edge) => edgeMarkup(edge, layout)),
    ...graph.nodes.map((node) => nodeMarkup(node, layout)),
    ...graph.stopped.map((item, index) => stoppedMarkup(item, layout.height + 8 + index * stoppedRow)),
    "</svg>",
  ].join("\n");
}

function nodeMarkup(node: PathNode, layout: PathLayout): string {
  const at = layout.at.get(node.id);
  if (at === undefined) return "";
  return [
    `<g transform="translate(${at.x} ${at.y})" class="${node.kind}">`,
    outlineOf(node.kind),
    text(nodeWidth / 2, 25, "name", cutName(node.name, nameSize)),
    text(nodeWidth / 2, 43, "note", cutName(node.note, noteSize)),
    "</g>",
  ].join("");
}

/** Lines leave on the right and arrive on the left, bent where the heights differ. */
function edgeMarkup(edge: PathEdge, layout: PathLayout): string {
  const [from, to] = [layout.at.get(edge.from), layout.at.get(edge.to)];
  if (from === undefined || to === undefined) return "";
  const start = { x: from.x + nodeWidth, y: from.y + nodeHeight / 2 };
  const end = { x: to.x - 8, y: to.y + nodeHeight / 2 };
  const level = start.y === end.y;
  // A line that changes height runs level first, so that its label stands on a line and not across one.
  const bend = end.x - 52;
  const d = level
    ? `M${start.x} ${start.y}H${end.x}`
    : `M${start.x} ${start.y}H${bend}C${bend + 30} ${start.y} ${end.x - 30} ${end.y} ${end.x} ${end.y}`;
  const middle = { x: (start.x + (level ? end.x : bend)) / 2, y: start.y };
  // Above the line; below it where the line turns upwards and would run through the words.
  const rises = end.y < start.y;
  const verbAt = rises ? middle.y + 16 : middle.y - 9;
  const rightAt = rises ? middle.y + 32 : middle.y + 20;
  const weight = edge.band <= 0 ? "b0" : edge.band === 1 ? "b1" : "b2";
  return [
    `<g class="hop ${edge.line}${edge.recurrence ? " recurrence" : ""}${edge.step === undefined ? "" : ` e${edge.step}`}">`,
    edge.recurrence
      ? `<path class="wire outer ${weight}" d="${d}"/><path class="wire inner ${weight}" d="${d}"/>`
      : `<path class="wire ${weight}" d="${d}"/>`,
    `<path class="tip" d="M${end.x} ${end.y - 6}L${end.x + 8} ${end.y}L${end.x} ${end.y + 6}Z"/>`,
    text(middle.x, verbAt, "verb", cutName(edge.verb, labelSize)),
    edge.right === ""
      ? ""
      : text(
          middle.x,
          rightAt,
          "right",
          `${cutName(edge.right, labelSize)}${edge.more === 0 ? "" : ` +${edge.more}`}`,
        ),
    edge.recurrence ? flag(middle.x, middle.y - (rises ? 12 : 30)) : "",
    edge.guard
      ? `<path class="guard" d="M${end.x - 14} ${end.y - 6}l6 6l-6 6l-6 -6Z"/>${text(middle.x, rightAt + 16, "right", "guard open")}`
      : "",
    ...remarksOf(edge).map((remark, index) =>
      text(middle.x, rightAt + (edge.guard ? 32 : 16) + index * 16, "right", remark),
    ),
    "</g>",
  ].join("");
}

/** What the line's pattern says, in words. */
function remarksOf(edge: PathEdge): readonly string[] {
  return [
    ...(edge.line === "unknown" ? ["unknown"] : edge.line === "conditional" ? ["only if"] : []),
    ...(edge.together ? ["only two together"] : []),
  ];
}

/** A circling arrow and the words: exactly one per route. */
function flag(x: number, y: number): string {
  const left = x - 54;
  return `<path class="flag" d="M${left + 9} ${y - 7.5}a4.5 4.5 0 1 1 -4.2 -1.6M${left + 4.2} ${y - 12}l1.2 3.2l-3.4 1"/>${text(x + 10, y, "flag-text", "brings it back")}`;
}

/** A line that ends in a bar: somebody who came near, and what stands in the way. */
function stoppedMarkup(item: PathGraph["stopped"][number], y: number): string {
  return [
    `<g class="stopped" transform="translate(16 ${y})">`,
    `<rect class="node" width="${nodeWidth}" height="24" rx="6"/>`,
    text(nodeWidth / 2, 16, "note", cutName(item.who, noteSize)),
    `<path class="wire b2" d="M${nodeWidth} 12H${nodeWidth + 44}"/><path class="bar" d="M${nodeWidth + 45} 3V21"/>`,
    `<text class="stop" x="${nodeWidth + 56}" y="16">${escapeMarkup(cutName(`stopped: ${item.by}`, 70))}</text>`,
    "</g>",
  ].join("");
}

const text = (x: number, y: number, name: string, content: string): string =>
  `<text class="${name}" x="${x}" y="${y}" text-anchor="middle">${escapeMarkup(content)}</text>`;
