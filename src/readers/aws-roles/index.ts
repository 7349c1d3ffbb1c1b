export { identityListsReader, rolesReader } from "./reader.js";
