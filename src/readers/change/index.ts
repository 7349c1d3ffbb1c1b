export { loadChanges, type LoadedChanges } from "./load-changes.js";
export { changeDocumentName, changeSchema } from "./schema.js";
