export { identityProvidersReader } from "./reader.js";
