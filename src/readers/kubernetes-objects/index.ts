export { kubernetesObjectsReader } from "./reader.js";
