export type { ParsedDocument } from "./document.js";
export type { EstateReadContext, EstateReader, EstateReading, Listing } from "./estate-reader.js";
export { estateReaders } from "./estate-registry.js";
export { expandInputPaths, type InputPath } from "./input-paths.js";
export {
  loadEstate,
  readInput,
  type EstateInput,
  type LoadedEstate,
  type LoadOptions,
} from "./load-estate.js";
export { mergeFacts } from "./merge-facts.js";
export {
  documentLimits,
  readDocument,
  type DocumentLimits,
  type RawDocument,
  type ReadDocument,
} from "./read-document.js";
