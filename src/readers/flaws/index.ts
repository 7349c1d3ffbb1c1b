export { packageUrls } from "./libraries.js";
export {
  clusterObject,
  ecrImage,
  imageArtifact,
  imageRepository,
  namedArtifact,
  own,
  type Artifact,
} from "./artifact.js";
export { scoreOf, scoreOfVector, severityOfScore } from "./cvss.js";
export { flawDraft, type Flaw } from "./flaw-draft.js";
export { flawIdIn, flawIds } from "./flaw-ids.js";
export { parsePurl, type ParsedPurl } from "./package-url.js";
export { weighFlaws, type Weighed } from "./statements.js";
export { statedDraft, type StatedProduct } from "./vex-row.js";
