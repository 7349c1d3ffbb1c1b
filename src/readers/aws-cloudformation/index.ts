export { cloudFormationReader } from "./reader.js";
