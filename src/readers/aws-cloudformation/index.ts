export { cloudFormationReader } from "./reader.js";
export { placeTemplates } from "./place-templates.js";
