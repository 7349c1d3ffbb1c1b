export { escapeMarkup } from "./markup.js";
export {
  pathGraph,
  type GraphOptions,
  type NodeKind,
  type PathEdge,
  type PathGraph,
  type PathNode,
} from "./path-graph.js";
export { layOutPath, type PathLayout } from "./path-layout.js";
export { pathSvg } from "./path-svg.js";
