export { accessAnalyzerReader } from "./reader.js";
