export { consoleAccessKind, consoleAccessReader } from "./reader.js";
