export { openByteSource, type ByteSource, type SourceFault } from "./byte-source.js";
export { jsonStreamLimits, type JsonStreamLimits } from "./limits.js";
export {
  readJsonElements,
  type JsonElement,
  type JsonStreamOptions,
  type JsonStreamResult,
} from "./read-elements.js";
export type { RawElement, ScanFault } from "./scan-types.js";
