export { cutName, escapeMarkup } from "./markup.js";
export { drawEdge, type EdgeDrawing } from "./edge-drawing.js";
export { outlineShapes, type OutlineShape } from "./outline.js";
export {
  pathGraph,
  type GraphOptions,
  type NodeKind,
  type PathEdge,
  type PathGraph,
  type PathNode,
} from "./path-graph.js";
export {
  layOutPath,
  nameLetters,
  nodeHeight,
  nodeWidth,
  noteLetters,
  type PathLayout,
} from "./path-layout.js";
export { pathSvg, rightOf } from "./path-svg.js";
