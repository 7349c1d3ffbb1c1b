export { accessKeysReader } from "./reader.js";
