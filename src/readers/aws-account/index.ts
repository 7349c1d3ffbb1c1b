export { accountKind, accountReader } from "./reader.js";
