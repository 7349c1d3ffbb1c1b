export { parseCodeOwners, type ParsedCodeOwners } from "./parse.js";
export { codeOwnersReader } from "./reader.js";
