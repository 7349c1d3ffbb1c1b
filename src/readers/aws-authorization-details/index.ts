export { authorizationDetailsReader } from "./reader.js";
