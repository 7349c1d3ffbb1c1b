import type { PathEdge } from "./path-graph.js";
import { nodeHeight, nodeWidth, type PathLayout } from "./path-layout.js";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the parts of a line go, in the coordinates of the layout. Texts are centred on their points. */
export interface EdgeDrawing {
  /** Of an SVG path, up to the arrow. */
  readonly d: string;
  /** Where the arrow begins; its point is 8 further to the right. */
  readonly tip: Point;
  readonly verb: Point;
  /** The line turns upwards right away: verb and right both stand below it. */
  readonly below: boolean;
  readonly right: Point;
  /** Of the mark `brings it back`. */
  readonly flag: Point;
  /** What the line's pattern says, in words, below the right. */
  readonly remarks: readonly (Point & { readonly text: string })[];
  /** Characters that the words at the line have room for. */
  readonly letters: number;
  /** Under the worst band, 3 wide; then 2.5; then 2. */
  readonly weight: "b0" | "b1" | "b2";
}

/** Lines leave on the right and arrive on the left, bent where the heights differ; undefined for a node that is not drawn. */
export function drawEdge(edge: PathEdge, layout: PathLayout): EdgeDrawing | undefined {
  const [from, to] = [layout.at.get(edge.from), layout.at.get(edge.to)];
  if (from === undefined || to === undefined) return undefined;
  const start = { x: from.x + nodeWidth, y: from.y + nodeHeight / 2 };
  const end = { x: to.x - 8, y: to.y + nodeHeight / 2 };
  const level = start.y === end.y;
  // A line that changes height runs level first, so that its label stands on a line and not across one.
  const bend = end.x - 44;
  const x = (start.x + (level ? end.x : bend)) / 2;
  // Above the line; below it where the line turns upwards and would run through the words.
  const rises = end.y < start.y;
  const right = { x, y: start.y + (rises ? 32 : 20) };
  return {
    d: level
      ? `M${start.x} ${start.y}H${end.x}`
      : `M${start.x} ${start.y}H${bend}C${bend + 26} ${start.y} ${end.x - 26} ${end.y} ${end.x} ${end.y}`,
    tip: end,
    verb: { x, y: start.y + (rises ? 16 : -9) },
    below: rises,
    right,
    flag: { x, y: start.y - (rises ? 12 : 30) },
    remarks: remarksOf(edge).map((text, index) => ({ text, x, y: right.y + 16 + index * 16 })),
    letters: level ? 19 : 12,
    weight: edge.band <= 0 ? "b0" : edge.band === 1 ? "b1" : "b2",
  };
}

function remarksOf(edge: PathEdge): readonly string[] {
  return [
    ...(edge.guard ? ["guard open"] : []),
    ...(edge.line === "unknown" ? ["unknown"] : edge.line === "conditional" ? ["only if"] : []),
    ...(edge.together ? ["only two together"] : []),
  ];
}
