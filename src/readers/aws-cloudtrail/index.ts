export { callerOf, type Caller } from "./actor.js";
export { cloudTrailReader } from "./reader.js";
