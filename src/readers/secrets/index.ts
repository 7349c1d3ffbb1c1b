export { isHidden, secretDrafts, type FoundSecret } from "./secret-draft.js";
export { withReuse } from "./reuse.js";
