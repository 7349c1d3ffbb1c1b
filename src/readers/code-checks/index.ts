export { codeDraft, type CodeCheck } from "./code-draft.js";
export { sourcePath } from "./source-path.js";
