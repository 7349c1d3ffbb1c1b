export { iamCollectStoreReader } from "./reader.js";
