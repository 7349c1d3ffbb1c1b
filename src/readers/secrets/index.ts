export { isHidden, secretDrafts, type FoundSecret } from "./secret-draft.js";
export { withReuse, withoutHmac } from "./reuse.js";
export { secretKeyOf } from "./secret-key.js";
