export { tagsReader } from "./reader.js";
