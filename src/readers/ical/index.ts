export { icalReader } from "./reader.js";
