export { isHidden, secretDrafts, type FoundSecret } from "./secret-draft.js";
