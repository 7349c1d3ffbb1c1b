import { nodeHeight as h, nodeWidth as w } from "./path-layout.js";
import type { NodeKind } from "./path-graph.js";

/** The outline of a node by what it stands for, at 0,0: told apart without colour (screens.md 5). */
export function outlineOf(kind: NodeKind): string {
  switch (kind) {
    case "credential":
      return path(`M0 0H${w - 14}L${w} 14V${h}H0Z`) + `<circle class="hole" cx="${w - 12}" cy="18" r="2.5"/>`;
    case "outside":
      return `<path class="fill" d="M0 0H${w}V${h}H0Z"/><path class="line" d="M0 0H${w}V${h}H0"/>`;
    case "person":
      return `<rect class="node" width="${w}" height="${h}" rx="${h / 2}"/>`;
    case "subject":
      return `<rect class="node" x="4" y="-4" width="${w}" height="${h}" rx="4"/><rect class="node" width="${w}" height="${h}" rx="4"/>`;
    case "workload":
      return path(`M12 0H${w - 12}L${w} ${h / 2}L${w - 12} ${h}H12L0 ${h / 2}Z`);
    case "code":
      return path(`M0 0H${w - 12}L${w} 12V${h}H0Z`) + `<path class="line" d="M${w - 12} 0V12H${w}"/>`;
    case "resource":
      return `<rect class="node" width="${w}" height="${h}"/><rect class="edge-bar" width="5" height="${h}"/>`;
    case "identity":
      return `<rect class="node" width="${w}" height="${h}" rx="8"/>`;
  }
}

const path = (d: string): string => `<path class="node" d="${d}"/>`;
