export { opsgenieReader } from "./reader.js";
