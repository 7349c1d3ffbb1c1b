export { identityCenterReader } from "./reader.js";
