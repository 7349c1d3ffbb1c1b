export { scimReader } from "./reader.js";
