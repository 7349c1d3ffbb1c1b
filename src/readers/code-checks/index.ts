export { codeDraft, type CodeCheck } from "./code-draft.js";
export { podSetting } from "./pod-setting.js";
export { sourcePath } from "./source-path.js";
