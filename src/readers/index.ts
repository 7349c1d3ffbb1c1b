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
export type { FindingsInput, LoadFindingsOptions } from "./findings-input.js";
export { parsePurl, type ParsedPurl } from "./flaws/index.js";
export { formatsPage } from "./formats-page.js";
export { loadFindings, type FindingsSummary, type LoadedFindings } from "./load-findings.js";
export { secretKeyOf } from "./secrets/index.js";
export { decodeBytes } from "./decode-bytes.js";
export { maskSecrets } from "./drafting/index.js";
export { mergeFacts } from "./merge-facts.js";
export {
  documentLimits,
  readDocument,
  type DocumentLimits,
  type RawDocument,
  type ReadDocument,
} from "./read-document.js";
export {
  loadReferenceData,
  packageFile,
  type EscalationFact,
  type ReferenceData,
} from "./reference/index.js";
export { catalogueSchema, loadCatalogue, loadPolicy, policySchema } from "./catalogue/index.js";
export { nativeEstateSchema } from "./native-estate/index.js";
export { changeSchema, loadChanges, type LoadedChanges } from "./change/index.js";
