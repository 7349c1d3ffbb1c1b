export { backstageReader } from "./reader.js";
