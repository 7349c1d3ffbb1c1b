export { rcpDocumentReader, scpDocumentReader } from "./reader.js";
