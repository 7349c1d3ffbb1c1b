export { kmsReader } from "./reader.js";
