export { applyCluster } from "./cluster.js";
export { eksReader } from "./reader.js";
