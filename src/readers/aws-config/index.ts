export { configReader } from "./reader.js";
