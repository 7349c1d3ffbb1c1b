export { newestDefinitions } from "./newest-definitions.js";
export { codeOf } from "./definition.js";
export { placeDefinitions } from "./place-definitions.js";
export { terraformPlanReader } from "./plan.js";
export { queueArn } from "./services.js";
export { sourceBlocks, type SourceBlock } from "./source-lines.js";
export { terraformSourceReader } from "./source.js";
export { terraformStateReader } from "./state.js";
export { wholeSourceFolders } from "./whole-folders.js";
