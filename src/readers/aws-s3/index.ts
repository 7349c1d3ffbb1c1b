export { applyBucket, bucketDraft } from "./apply.js";
export { s3Reader } from "./reader.js";
export { ownershipOf, publicGrants, setAccessBlock } from "./settings.js";
