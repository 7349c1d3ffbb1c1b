export { nativeEstateReader } from "./reader.js";
export { nativeEstateSchema, nativeSchemaName } from "./schema.js";
