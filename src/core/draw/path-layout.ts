import * as dagre from "@dagrejs/dagre";
import type { PathGraph } from "./path-graph.js";

export const nodeWidth = 152;
export const nodeHeight = 56;
/** Characters of a name, and of the note under it, that a node has room for. */
export const [nameLetters, noteLetters] = [17, 20];
const between = 148;
const margin = 16;

export interface PathLayout {
  readonly width: number;
  readonly height: number;
  /** Top left corners by node id. */
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

/** The part of dagre that is used; its own types do not resolve under every compiler of the project. */
interface Drawing {
  setGraph(label: object): void;
  setDefaultEdgeLabel(make: () => object): void;
  setNode(id: string, label: object): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  node(id: string): { readonly x: number; readonly y: number };
}
const { Graph, layout } = dagre as unknown as {
  readonly Graph: new (options: object) => Drawing;
  readonly layout: (drawing: Drawing) => void;
};

/** Left to right, one rank per hop. The same graph gives the same coordinates everywhere. */
export function layOutPath(graph: PathGraph): PathLayout {
  const drawing = new Graph({ multigraph: true });
  drawing.setGraph({ rankdir: "LR", ranksep: between, nodesep: 44, marginx: margin, marginy: 40 });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const node of graph.nodes) drawing.setNode(node.id, { width: nodeWidth, height: nodeHeight });
  graph.edges.forEach((edge, index) => {
    drawing.setEdge(edge.from, edge.to, { weight: graph.edges.length - index }, String(index));
  });
  layout(drawing);
  const at = new Map<string, { x: number; y: number }>();
  for (const node of graph.nodes) {
    const { x, y } = drawing.node(node.id);
    at.set(node.id, { x: Math.round(x - nodeWidth / 2), y: Math.round(y - nodeHeight / 2) });
  }
  worstOnTop(graph, at);
  const places = [...at.values()];
  return {
    at,
    width: Math.max(0, ...places.map(({ x }) => x + nodeWidth)) + margin,
    height: Math.max(0, ...places.map(({ y }) => y + nodeHeight)) + margin,
  };
}

/** dagre may put any route first; the first node of the graph starts the worst one, which belongs on top. */
function worstOnTop(graph: PathGraph, at: Map<string, { x: number; y: number }>): void {
  const ys = [...at.values()].map(({ y }) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const first = at.get(graph.nodes[0]?.id ?? "");
  if (first === undefined || first.y * 2 <= top + bottom) return;
  for (const [id, { x, y }] of at) at.set(id, { x, y: top + bottom - y });
}
