import { drawEdge } from "./edge-drawing.js";
import { cutName, escapeMarkup } from "./markup.js";
import { outlineOf } from "./outline.js";
import type { PathEdge, PathGraph, PathNode } from "./path-graph.js";
import { layOutPath, nameLetters, nodeWidth, noteLetters, type PathLayout } from "./path-layout.js";

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
    text(nodeWidth / 2, 25, "name", cutName(node.name, nameLetters)),
    text(nodeWidth / 2, 43, "note", cutName(node.note, noteLetters)),
    "</g>",
  ].join("");
}

function edgeMarkup(edge: PathEdge, layout: PathLayout): string {
  const drawn = drawEdge(edge, layout);
  if (drawn === undefined) return "";
  const { d, tip, verb, right, flag, letters, remarks, weight } = drawn;
  return [
    `<g class="hop ${edge.line}${edge.recurrence ? " recurrence" : ""}${edge.step === undefined ? "" : ` e${edge.step}`}">`,
    edge.recurrence
      ? `<path class="wire outer ${weight}" d="${d}"/><path class="wire inner ${weight}" d="${d}"/>`
      : `<path class="wire ${weight}" d="${d}"/>`,
    `<path class="tip" d="M${tip.x} ${tip.y - 6}L${tip.x + 8} ${tip.y}L${tip.x} ${tip.y + 6}Z"/>`,
    text(verb.x, verb.y, "verb", cutName(edge.verb, letters)),
    edge.right === "" ? "" : text(right.x, right.y, "right", rightOf(edge, letters)),
    edge.recurrence ? flagMarkup(flag.x, flag.y) : "",
    edge.guard ? `<path class="guard" d="M${tip.x - 14} ${tip.y - 6}l6 6l-6 6l-6 -6Z"/>` : "",
    ...remarks.map((remark) => text(remark.x, remark.y, "right", remark.text)),
    "</g>",
  ].join("");
}

/** What the hop needs, no wider than the gap between two nodes: `s3:PutBuc…tPolicy +1`. */
export const rightOf = ({ right, more }: PathEdge, letters: number): string => {
  const others = more === 0 ? "" : ` +${more}`;
  return `${cutName(right, letters - others.length)}${others}`;
};

/** A circling arrow and the words: exactly one per route. */
function flagMarkup(x: number, y: number): string {
  const left = x - 54;
  return `<path class="flag" d="M${left + 9} ${y - 7.5}a4.5 4.5 0 1 1 -4.2 -1.6M${left + 4.2} ${y - 12}l1.2 3.2l-3.4 1"/>${text(x + 10, y, "flag-text", "brings it back")}`;
}

/** A line that ends in a bar: somebody who came near, and what stands in the way. */
function stoppedMarkup(item: PathGraph["stopped"][number], y: number): string {
  return [
    `<g class="stopped" transform="translate(16 ${y})">`,
    `<rect class="node" width="${nodeWidth}" height="24" rx="6"/>`,
    text(nodeWidth / 2, 16, "note", cutName(item.who, noteLetters)),
    `<path class="wire b2" d="M${nodeWidth} 12H${nodeWidth + 44}"/><path class="bar" d="M${nodeWidth + 45} 3V21"/>`,
    `<text class="stop" x="${nodeWidth + 56}" y="16">${escapeMarkup(cutName(`stopped: ${item.by}`, 70))}</text>`,
    "</g>",
  ].join("");
}

const text = (x: number, y: number, name: string, content: string): string =>
  `<text class="${name}" x="${x}" y="${y}" text-anchor="middle">${escapeMarkup(content)}</text>`;
