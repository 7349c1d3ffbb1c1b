export { errorAnswer, errorDocument, type ErrorAnswer } from "./answer.js";
export { errorReader } from "./reader.js";
