export { policyVersionsReader } from "./reader.js";
