import { nodeHeight as h, nodeWidth as w } from "./path-layout.js";
import type { NodeKind } from "./path-graph.js";

/** A part of an outline as attributes of SVG; `class`: `node` filled and lined, `fill`, `line`, `hole`, `edge-bar`. */
export type OutlineShape =
  | { readonly tag: "path"; readonly class: string; readonly d: string }
  | {
      readonly tag: "rect";
      readonly class: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly rx: number;
    }
  | {
      readonly tag: "circle";
      readonly class: string;
      readonly cx: number;
      readonly cy: number;
      readonly r: number;
    };

/** The outline of a node by what it stands for, at 0,0: told apart without colour (screens.md 5). */
export function outlineShapes(kind: NodeKind): readonly OutlineShape[] {
  switch (kind) {
    case "credential":
      return [
        path("node", `M0 0H${w - 14}L${w} 14V${h}H0Z`),
        { tag: "circle", class: "hole", cx: w - 12, cy: 18, r: 2.5 },
      ];
    case "outside":
      return [path("fill", `M0 0H${w}V${h}H0Z`), path("line", `M0 0H${w}V${h}H0`)];
    case "person":
      return [rect("node", { rx: h / 2 })];
    case "subject":
      return [rect("node", { x: 4, y: -4, rx: 4 }), rect("node", { rx: 4 })];
    case "workload":
      return [path("node", `M12 0H${w - 12}L${w} ${h / 2}L${w - 12} ${h}H12L0 ${h / 2}Z`)];
    case "code":
      return [path("node", `M0 0H${w - 12}L${w} 12V${h}H0Z`), path("line", `M${w - 12} 0V12H${w}`)];
    case "resource":
      return [rect("node", {}), rect("edge-bar", { width: 5 })];
    case "identity":
      return [rect("node", { rx: 8 })];
  }
}

/** The same as markup. */
export const outlineOf = (kind: NodeKind): string =>
  outlineShapes(kind)
    .map(({ tag, ...attributes }) => {
      const said = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
      return `<${tag} ${said.join(" ")}/>`;
    })
    .join("");

const path = (name: string, d: string): OutlineShape => ({ tag: "path", class: name, d });

const rect = (
  name: string,
  { x = 0, y = 0, width = w, rx = 0 }: { x?: number; y?: number; width?: number; rx?: number },
): OutlineShape => ({ tag: "rect", class: name, x, y, width, height: h, rx });
